package io.segue.kernel.core.snapshot;

/**
 * Limits of a snapshot, checked before anything of that size is kept in memory or on the disk. The
 * size of a chunk belongs to the format: with another one a snapshot has other bytes.
 *
 * @param chunkBytes size of every chunk but the last
 * @param chunks most chunks of a snapshot
 * @param keyBytes longest key
 * @param valueBytes longest value
 * @param bundleBytes largest bundle, and largest manifest of a generation
 * @param stores most stores
 * @param bytesPerSecond how fast a snapshot is written at most
 */
public record SnapshotLimits(
    int chunkBytes,
    int chunks,
    int keyBytes,
    int valueBytes,
    int bundleBytes,
    int stores,
    long bytesPerSecond) {
  /** 8 MiB: half of CometBFT's largest message with a chunk. */
  public static final int CHUNK_BYTES = 8 << 20;

  /** 16,384: snapshots have 128 GiB at most. */
  public static final int CHUNKS = 1 << 14;

  /** 1 MiB. */
  public static final int KEY_BYTES = 1 << 20;

  /** 64 MiB: what a whole block may change. */
  public static final int VALUE_BYTES = 64 << 20;

  /** 64 MiB, as artifacts have it. */
  public static final int BUNDLE_BYTES = 64 << 20;

  /** 4,096. */
  public static final int STORES = 1 << 12;

  /** 32 MiB. */
  public static final long BYTES_PER_SECOND = 32 << 20;

  /** 4 KiB: consensus parameters as the kernel writes them are some hundred bytes. */
  static final int PARAMS_BYTES = 1 << 12;

  /** The limits of format 1. */
  public static final SnapshotLimits DEFAULT =
      new SnapshotLimits(
          CHUNK_BYTES, CHUNKS, KEY_BYTES, VALUE_BYTES, BUNDLE_BYTES, STORES, BYTES_PER_SECOND);

  /** Bytes of a snapshot at most, all chunks together. */
  public long snapshotBytes() {
    return (long) chunkBytes * chunks;
  }

  /** Bytes of a snapshot's metadata at most. */
  public int metadataBytes() {
    return SnapshotMetadata.bytes(chunks);
  }
}
