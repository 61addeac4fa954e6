package io.segue.bundles.store.rocksdb;

import io.segue.kernel.api.store.StateStore.BulkIdentity;
import io.segue.kernel.api.store.StateStore.BulkStore;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import io.segue.kernel.api.store.StateStore.IndexChange;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes one store in bulk, goes on where the process before was killed, and commits it. Says at
 * which entry it begins, and the root at the end.
 */
final class BulkWritingProcess {
  static final int ENTRIES = 40_000;
  static final BulkIdentity IDENTITY = new BulkIdentity(1, 0, "ab");

  private static final int SAVE_EVERY = 256;
  private static final long STEP_NS = 1_000_000;

  private BulkWritingProcess() {}

  public static void main(String[] args) {
    try (RocksStateStore store =
        RocksStateStore.open(Path.of(args[0]), CommittingProcess.OPTIONS)) {
      if (store.height() < 0) {
        store.commit(store.stage(List.of(), new TreeMap<>()), 0, Map.of());
      }
      BulkStore bulk = write(store);
      store.commit(
          store.stage(List.of(new IndexChange.Adopt("bulk", bulk)), new TreeMap<>()), 1, Map.of());
      System.out.println(HexFormat.of().formatHex(bulk.root()));
    }
  }

  static BulkStore write(RocksStateStore store) {
    try (BulkWriter writer = store.bulkWriter(IDENTITY)) {
      byte[] cursor = writer.cursor();
      int begin = cursor.length == 0 ? 0 : ByteBuffer.wrap(cursor).getInt();
      System.out.println(writer.filled() ? ENTRIES : begin);
      for (int i = begin; i < ENTRIES && !writer.filled(); i++) {
        int scattered = (int) (i * 7919L % ENTRIES);
        writer.put(
            CommittingProcess.bytes("key" + scattered),
            CommittingProcess.bytes("a value of the key " + scattered));
        if ((i + 1) % SAVE_EVERY == 0) {
          writer.save(ByteBuffer.allocate(Integer.BYTES).putInt(i + 1).array());
        }
      }
      Optional<BulkStore> bulk = writer.finish(STEP_NS);
      while (bulk.isEmpty()) {
        bulk = writer.finish(STEP_NS);
      }
      return bulk.get();
    }
  }
}
