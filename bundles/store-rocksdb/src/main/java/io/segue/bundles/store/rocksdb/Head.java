package io.segue.bundles.store.rocksdb;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the last commit left.
 *
 * <pre>
 * height u64 || oldest height u64 || count u32 || count * (name, value) || crc u32
 * name, value: length varint || bytes
 * </pre>
 *
 * @param height the last committed height
 * @param oldest the oldest height that can be read
 * @param metadata what the kernel keeps beside the state
 */
record Head(long height, long oldest, Map<String, byte[]> metadata) {
  byte[] encode() {
    Encoder encoder = new Encoder(256).u64(height).u64(oldest).u32(metadata.size());
    new TreeMap<>(metadata)
        .forEach(
            (name, value) -> encoder.string(name.getBytes(StandardCharsets.UTF_8)).string(value));
    return encoder.checksum().toBytes();
  }

  static Head decode(byte[] row) {
    Decoder decoder = new Decoder("the row of the last commit", row);
    long height = decoder.u64();
    long oldest = decoder.u64();
    Map<String, byte[]> metadata = new TreeMap<>();
    for (int rest = decoder.u32(); rest > 0; rest--) {
      metadata.put(decoder.text(), decoder.string());
    }
    return new Head(height, oldest, metadata);
  }
}
