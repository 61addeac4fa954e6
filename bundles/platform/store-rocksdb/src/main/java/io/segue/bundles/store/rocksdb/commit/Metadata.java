package io.segue.bundles.store.rocksdb.commit;

import io.segue.bundles.store.rocksdb.database.Decoder;
import io.segue.bundles.store.rocksdb.database.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the kernel keeps beside the state of one height.
 *
 * <pre>
 * count u32 || count * (name, value) || crc u32
 * name, value: length varint || bytes
 * </pre>
 */
public final class Metadata {
  private Metadata() {}

  static byte[] encode(Map<String, byte[]> metadata) {
    Encoder encoder = new Encoder(256);
    write(encoder, metadata);
    return encoder.checksum().toBytes();
  }

  static Map<String, byte[]> decode(byte[] row) {
    return read(new Decoder("the metadata of a height", row));
  }

  static void write(Encoder encoder, Map<String, byte[]> metadata) {
    encoder.u32(metadata.size());
    new TreeMap<>(metadata)
        .forEach(
            (name, value) -> encoder.string(name.getBytes(StandardCharsets.UTF_8)).string(value));
  }

  static Map<String, byte[]> read(Decoder decoder) {
    Map<String, byte[]> metadata = new TreeMap<>();
    for (int rest = decoder.u32(); rest > 0; rest--) {
      metadata.put(decoder.text(), decoder.string());
    }
    return metadata;
  }
}
