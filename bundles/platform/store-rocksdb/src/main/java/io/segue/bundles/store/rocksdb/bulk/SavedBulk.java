package io.segue.bundles.store.rocksdb.bulk;

import io.segue.bundles.store.rocksdb.database.DamagedStoreException;
import io.segue.bundles.store.rocksdb.database.Decoder;
import io.segue.bundles.store.rocksdb.database.Encoder;
import io.segue.kernel.api.store.StateStore.BulkIdentity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a bulk write is: all that is needed to go on with it in another process.
 *
 * <pre>
 * format u8 || height u64 || position u32 || digest || phase u8 || cursor
 *   || runs u32 || runs * (entries u32 || bytes u64) || number u32 || size u64 || root || crc u32
 * digest, cursor, root: length varint || bytes
 * </pre>
 *
 * @param cursor behind which the caller goes on
 * @param runs the files with the entries up to the cursor, in order of their numbers; none once the
 *     store is complete
 * @param number the store's number, once it is complete; else 0
 * @param size its entries, once it is complete
 * @param root its root, once it is complete
 */
record SavedBulk(
    BulkIdentity identity,
    Phase phase,
    byte[] cursor,
    List<Run> runs,
    int number,
    long size,
    byte[] root) {
  private static final int FORMAT = 1;
  private static final byte[] NOTHING = {};

  /** What is done. */
  enum Phase {
    /** EntryRules are put. */
    FILLING,
    /** All entries were put. */
    FILLED,
    /** All rows are in the database. */
    COMPLETE
  }

  /** A {@link RunFile}. */
  record Run(int entries, long bytes) {}

  /** A bulk write that has saved nothing. */
  static SavedBulk start(BulkIdentity identity) {
    return new SavedBulk(identity, Phase.FILLING, NOTHING, List.of(), 0, 0, NOTHING);
  }

  SavedBulk with(Phase next, byte[] behind, List<Run> files) {
    return new SavedBulk(identity, next, behind, List.copyOf(files), 0, 0, NOTHING);
  }

  SavedBulk complete(RocksBulkStore store) {
    return new SavedBulk(
        identity, Phase.COMPLETE, cursor, List.of(), store.number(), store.size(), store.root());
  }

  byte[] encode() {
    Encoder encoder =
        new Encoder(256)
            .u8(FORMAT)
            .u64(identity.height())
            .u32(identity.position())
            .string(identity.digest().getBytes(StandardCharsets.UTF_8))
            .u8(phase.ordinal())
            .string(cursor)
            .u32(runs.size());
    runs.forEach(run -> encoder.u32(run.entries()).u64(run.bytes()));
    return encoder.u32(number).u64(size).string(root).checksum().toBytes();
  }

  /**
   * @throws DamagedStoreException where it is not what {@link #encode} gave
   */
  static SavedBulk decode(byte[] bytes) {
    Decoder decoder = new Decoder("the record of a bulk write", bytes);
    if (decoder.u8() != FORMAT) {
      throw new DamagedStoreException("the record of a bulk write has another format");
    }
    BulkIdentity identity = new BulkIdentity(decoder.u64(), decoder.u32(), decoder.text());
    Phase phase = Phase.values()[decoder.u8()];
    byte[] cursor = decoder.string();
    List<Run> runs = new ArrayList<>();
    for (int rest = decoder.u32(); rest > 0; rest--) {
      runs.add(new Run(decoder.u32(), decoder.u64()));
    }
    return new SavedBulk(
        identity, phase, cursor, runs, decoder.u32(), decoder.u64(), decoder.string());
  }
}
