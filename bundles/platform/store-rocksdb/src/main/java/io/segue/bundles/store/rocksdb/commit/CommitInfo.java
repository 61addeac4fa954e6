package io.segue.bundles.store.rocksdb.commit;

import io.segue.bundles.store.rocksdb.database.Decoder;
import io.segue.bundles.store.rocksdb.database.Encoder;
import java.util.Map;

/**
 * What the last commit left.
 *
 * <pre>
 * height u64 || oldest height u64 || metadata as in {@link Metadata} || crc u32
 * </pre>
 *
 * @param height the last committed height
 * @param oldest the oldest height that can be read
 * @param metadata what the kernel keeps beside the state
 */
public record CommitInfo(long height, long oldest, Map<String, byte[]> metadata) {
  byte[] encode() {
    Encoder encoder = new Encoder(256).u64(height).u64(oldest);
    Metadata.write(encoder, metadata);
    return encoder.checksum().toBytes();
  }

  public static CommitInfo decode(byte[] row) {
    Decoder decoder = new Decoder("the row of the last commit", row);
    long height = decoder.u64();
    long oldest = decoder.u64();
    return new CommitInfo(height, oldest, Metadata.read(decoder));
  }
}
