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

  private IndexRows() {}

  static List<Row> of(Block block, List<ExecTxResult> results, boolean events) {
    long height = block.header().height();
    int count = block.txs().size();
    List<Row> rows = new ArrayList<>(count);
    if (count == 0) {
      return rows;
    }
    rows.add(new Row(countKey(height), ByteBuffer.allocate(4).putInt(count).array()));
    Map<String, Postings> postings = new HashMap<>();
    for (int tx = 0; tx < count; tx++) {
      byte[] hash = Merkle.sha256(block.txs().get(tx));
      byte[] location = ByteBuffer.allocate(12).putLong(height).putInt(tx).array();
      rows.add(new Row(TxIndex.hashKey(hash), location));
      if (events) {
        addEvents(postings, tx, results.get(tx).events());
      }
    }
    postings.forEach((term, list) -> rows.add(new Row(eventKey(term, height), list.encode())));
    return rows;
  }

  static byte[] countKey(long height) {
    return ByteBuffer.allocate(9).put((byte) 't').putLong(height).array();
  }

  /** What stands before the value in the key of an event's row. */
  static String keyPrefix(String compositeKey) {
    return compositeKey + '\0';
  }

  /** What stands before the height in the key of an event's row. */
  static String term(String compositeKey, String value) {
    String cut = value.length() > MAX_VALUE_CHARS ? value.substring(0, MAX_VALUE_CHARS) : value;
    return keyPrefix(compositeKey) + cut + '\0';
  }

  static byte[] eventPrefix(String termOrPrefix) {
    byte[] text = termOrPrefix.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + text.length).put((byte) 'e').put(text).array();
  }

  private static byte[] eventKey(String term, long height) {
    byte[] text = term.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(9 + text.length).put((byte) 'e').put(text).putLong(height).array();
  }

  private static void addEvents(Map<String, Postings> postings, int tx, List<Event> events) {
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      for (Attribute attribute : event.attributes()) {
        if (attribute.index() && !event.type().isEmpty()) {
          String term = term(event.type() + "." + attribute.key(), attribute.value());
          postings.computeIfAbsent(term, t -> new Postings()).add(tx, i);
        }
      }
    }
  }
}
