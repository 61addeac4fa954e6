package io.segue.bundles.consensus.solo.store;

import io.segue.bundles.consensus.solo.store.TxIndex.Row;
import io.segue.bundles.consensus.solo.wire.Merkle;
import io.segue.kernel.api.abci.Abci.Attribute;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
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

  /** What the key of a row begins with whose events are those of transactions. */
  static final byte TX_EVENT = 'e';

  /** What the key of a row begins with whose events are the block's own. */
  static final byte BLOCK_EVENT = 'E';

  private final byte kind;
  private final Map<String, Map<String, String>> keys = new HashMap<>();
  private final Map<Term, Postings> postings = new HashMap<>();

  /** An attribute that a row stands for; {@code key} is {@code <event type>.<attribute key>}. */
  private record Term(String key, String value) {}

  private IndexRows(byte kind) {
    this.kind = kind;
  }

  /**
   * The rows of a block.
   *
   * @param events whether there are rows for events
   */
  static List<Row> of(Block block, FinalizeBlockResponse results, boolean events) {
    long height = block.header().height();
    int count = block.txs().size();
    List<Row> rows = new ArrayList<>(count + 1);
    byte[] number = ByteBuffer.allocate(8).putLong(height).array();
    rows.add(new Row(TxIndex.blockKey(block.id().hash()), number));
    if (events) {
      IndexRows own = new IndexRows(BLOCK_EVENT);
      own.add(0, results.events());
      own.addTo(rows, height);
    }
    if (count == 0) {
      return rows;
    }
    rows.add(new Row(countKey(height), ByteBuffer.allocate(4).putInt(count).array()));
    IndexRows terms = new IndexRows(TX_EVENT);
    for (int tx = 0; tx < count; tx++) {
      byte[] hash = Merkle.sha256(block.txs().get(tx));
      byte[] location = ByteBuffer.allocate(12).putLong(height).putInt(tx).array();
      rows.add(new Row(TxIndex.hashKey(hash), location));
      if (events) {
        terms.add(tx, results.txResults().get(tx).events());
      }
    }
    terms.addTo(rows, height);
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

  static byte[] eventPrefix(byte kind, String termOrPrefix) {
    byte[] text = termOrPrefix.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + text.length).put(kind).put(text).array();
  }

  private void addTo(List<Row> rows, long height) {
    postings.forEach(
        (term, list) -> {
          byte[] prefix = eventPrefix(kind, term(term.key, term.value));
          byte[] key = ByteBuffer.allocate(prefix.length + 8).put(prefix).putLong(height).array();
          rows.add(new Row(key, list.encode()));
        });
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
