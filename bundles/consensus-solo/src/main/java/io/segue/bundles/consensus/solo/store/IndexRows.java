package io.segue.bundles.consensus.solo.store;

import io.segue.bundles.consensus.solo.store.TxIndex.Row;
import io.segue.bundles.consensus.solo.wire.Merkle;
import io.segue.kernel.api.abci.Abci.Attribute;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.engine.Engine.Block;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows that a block has in a {@link TxIndex}: a pure function of the block and its results. */
final class IndexRows {
  /** Longer values are cut, as no query is long enough to name them. */
  static final int MAX_VALUE_CHARS = 512;

  private final Map<String, Map<String, String>> keys = new HashMap<>();
  private final Map<Term, Postings> postings = new HashMap<>();

  /** An attribute that a row stands for; {@code key} is {@code <event type>.<attribute key>}. */
  private record Term(String key, String value) {}

  private IndexRows() {}

  /**
   * The rows of a block.
   *
   * @param events whether there are rows for events
   */
  static List<Row> of(Block block, List<ExecTxResult> results, boolean events) {
    long height = block.header().height();
    int count = block.txs().size();
    List<Row> rows = new ArrayList<>(count);
    if (count == 0) {
      return rows;
    }
    rows.add(new Row(countKey(height), ByteBuffer.allocate(4).putInt(count).array()));
    IndexRows terms = new IndexRows();
    for (int tx = 0; tx < count; tx++) {
      byte[] hash = Merkle.sha256(block.txs().get(tx));
      byte[] location = ByteBuffer.allocate(12).putLong(height).putInt(tx).array();
      rows.add(new Row(TxIndex.hashKey(hash), location));
      if (events) {
        terms.add(tx, results.get(tx).events());
      }
    }
    terms.postings.forEach(
        (term, list) -> {
          byte[] prefix = eventPrefix(term(term.key, term.value));
          byte[] key = ByteBuffer.allocate(prefix.length + 8).put(prefix).putLong(height).array();
          rows.add(new Row(key, list.encode()));
        });
    return rows;
  }

  static byte[] countKey(long height) {
    return ByteBuffer.allocate(9).put((byte) 't').putLong(height).array();
  }

  /** What stands before the value in the key of an event's row. */
  static String keyPrefix(String key) {
    return key + '\0';
  }

  /** What stands before the height in the key of an event's row. */
  static String term(String key, String value) {
    return keyPrefix(key) + cut(value) + '\0';
  }

  static byte[] eventPrefix(String termOrPrefix) {
    byte[] text = termOrPrefix.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + text.length).put((byte) 'e').put(text).array();
  }

  private void add(int tx, List<Event> events) {
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      if (event.type().isEmpty()) {
        continue;
      }
      Map<String, String> keysOfType = keys.computeIfAbsent(event.type(), t -> new HashMap<>());
      for (Attribute attribute : event.attributes()) {
        if (attribute.index()) {
          String key =
              keysOfType.computeIfAbsent(attribute.key(), name -> event.type() + "." + name);
          Term term = new Term(key, cut(attribute.value()));
          postings.computeIfAbsent(term, t -> new Postings()).add(tx, i);
        }
      }
    }
  }

  private static String cut(String value) {
    return value.length() > MAX_VALUE_CHARS ? value.substring(0, MAX_VALUE_CHARS) : value;
  }
}
