package io.segue.kernel.core.snapshot;

import io.segue.kernel.admission.artifact.Sha256;
import io.segue.kernel.api.abci.Abci.Snapshot;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a snapshot says of itself before it is fetched.
 *
 * <pre>
 * metadata   size BE8, then SHA-256 of each chunk, in order
 * hash       SHA-256(height BE8 || format BE4 || metadata)
 * </pre>
 *
 * All chunks have the size that the format says, but the last, which has 1 byte at least.
 */
public final class SnapshotMetadata {
  /** The one format there is. */
  public static final int FORMAT = 1;

  private static final int HASH_BYTES = 32;

  private final long height;
  private final int chunkBytes;
  private final byte[] metadata;

  private SnapshotMetadata(long height, int chunkBytes, byte[] metadata) {
    this.height = height;
    this.chunkBytes = chunkBytes;
    this.metadata = metadata;
  }

  /** Bytes of the metadata of so many chunks. */
  static int bytes(int chunks) {
    return Long.BYTES + chunks * HASH_BYTES;
  }

  /**
   * Reads metadata.
   *
   * @throws SnapshotException where they do not fit each other, or break a limit
   */
  public static SnapshotMetadata read(long height, byte[] metadata, SnapshotLimits limits)
      throws SnapshotException {
    if (height < 1) {
      throw new SnapshotException("the snapshot has height " + height + "; legal is 1 and above");
    }
    if (metadata.length < bytes(1) || metadata.length > limits.metadataBytes()) {
      throw new SnapshotException(
          "the metadata of the snapshot have "
              + metadata.length
              + " bytes; legal is "
              + bytes(1)
              + " to "
              + limits.metadataBytes());
    }
    SnapshotMetadata read = new SnapshotMetadata(height, limits.chunkBytes(), metadata.clone());
    long size = read.size();
    long chunks = size < 1 ? 0 : (size - 1) / limits.chunkBytes() + 1;
    if (chunks < 1 || chunks > limits.chunks() || bytes((int) chunks) != metadata.length) {
      throw new SnapshotException(
          "the snapshot says it has "
              + size
              + " bytes, and has "
              + metadata.length
              + " bytes of metadata, which do not fit each other");
    }
    return read;
  }

  /**
   * Reads what a peer offers.
   *
   * @throws SnapshotException where it does not fit itself, or breaks a limit
   */
  public static SnapshotMetadata read(Snapshot offered, SnapshotLimits limits)
      throws SnapshotException {
    SnapshotMetadata read = read(offered.height(), offered.metadata(), limits);
    if (offered.chunks() != read.chunks()) {
      throw new SnapshotException(
          "the snapshot is offered with "
              + offered.chunks()
              + " chunks, and its metadata have "
              + read.chunks());
    }
    if (!Arrays.equals(offered.hash(), read.hash())) {
      throw new SnapshotException("the hash of the snapshot is not that of its metadata");
    }
    return read;
  }

  /** The height. */
  public long height() {
    return height;
  }

  /** Bytes of all chunks. */
  public long size() {
    return ByteBuffer.wrap(metadata).getLong();
  }

  /** Number of chunks. */
  public int chunks() {
    return (metadata.length - Long.BYTES) / HASH_BYTES;
  }

  /** Where a chunk begins. */
  public long offset(int chunk) {
    return (long) chunk * chunkBytes;
  }

  /** Size of a chunk. */
  public int length(int chunk) {
    return (int) Math.min(chunkBytes, size() - offset(chunk));
  }

  /** Whether a chunk's bytes are those that the metadata name. */
  public boolean fits(int chunk, byte[] bytes) {
    int at = bytes(chunk);
    return bytes.length == length(chunk)
        && Arrays.equals(
            Sha256.newDigest().digest(bytes), Arrays.copyOfRange(metadata, at, at + HASH_BYTES));
  }

  /** The hash over everything; 32 bytes. */
  public byte[] hash() {
    ByteBuffer place = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
    place.putLong(height).putInt(FORMAT);
    var digest = Sha256.newDigest();
    digest.update(place.array());
    return digest.digest(metadata);
  }

  /** The bytes. */
  public byte[] metadata() {
    return metadata.clone();
  }

  /** As ABCI has it. */
  public Snapshot snapshot() {
    return new Snapshot(height, FORMAT, chunks(), hash(), metadata());
  }
}
