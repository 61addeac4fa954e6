package io.segue.kernel.core.snapshot;

import io.segue.kernel.admission.artifact.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.concurrent.locks.LockSupport;

/**
 * Digests what is written chunk by chunk, and goes no faster than the limit, so that blocks have
 * the disk when they want it.
 */
final class ChunkedOutput extends OutputStream {
  private final OutputStream out;
  private final SnapshotLimits limits;
  private final MessageDigest digest = Sha256.newDigest();
  private final ByteArrayOutputStream hashes = new ByteArrayOutputStream();
  private final long startNs = System.nanoTime();
  private long written;
  private int inChunk;

  ChunkedOutput(OutputStream out, SnapshotLimits limits) {
    this.out = out;
    this.limits = limits;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    int at = from;
    while (at < from + count) {
      int some = Math.min(from + count - at, limits.chunkBytes() - inChunk);
      digest.update(bytes, at, some);
      at += some;
      inChunk += some;
      if (inChunk == limits.chunkBytes()) {
        endChunk();
      }
    }
    out.write(bytes, from, count);
    written += count;
    if (written > limits.snapshotBytes()) {
      throw new IOException(
          "the snapshot is larger than the limit of " + limits.snapshotBytes() + " bytes");
    }
    pause();
  }

  /** The metadata of all that was written; nothing may be written afterwards. */
  byte[] metadata() {
    if (inChunk > 0) {
      endChunk();
    }
    byte[] all = hashes.toByteArray();
    return ByteBuffer.allocate(Long.BYTES + all.length).putLong(written).put(all).array();
  }

  private void endChunk() {
    hashes.writeBytes(digest.digest());
    inChunk = 0;
  }

  private void pause() throws InterruptedIOException {
    double dueNs = 1e9 * written / limits.bytesPerSecond();
    long early = (long) dueNs - (System.nanoTime() - startNs);
    if (early > 0) {
      LockSupport.parkNanos(early);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("the node stops");
    }
  }
}
