package io.segue.kernel.core.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.segue.kernel.admission.artifact.Content;
import io.segue.kernel.admission.artifact.GenerationManifest;
import io.segue.kernel.admission.artifact.RefusedException;
import io.segue.kernel.admission.artifact.Sha256;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what {@link SnapshotWriter} writes, from front to back, and takes nothing else for it. No
 * length is trusted: at most the limit of its kind is read at a time.
 */
public final class SnapshotReader {
  private final DataInputStream in;
  private final SnapshotLimits limits;

  /** A reader of all chunks one after the other. */
  public SnapshotReader(InputStream in, SnapshotLimits limits) {
    this.in = new DataInputStream(in);
    this.limits = limits;
  }

  /** Something that reads. */
  @FunctionalInterface
  private interface Read<T> {
    T read() throws IOException, SnapshotException;
  }

  /**
   * What the snapshot says of the height's block.
   *
   * @param params consensus parameters after it, as the kernel keeps them
   */
  public record Block(Instant time, String params) {}

  /**
   * The beginning.
   *
   * @param height that the snapshot has to be of
   */
  public Block begin(long height) throws IOException, SnapshotException {
    return whole(
        () -> {
          if (!Arrays.equals(in.readNBytes(SnapshotWriter.MAGIC.length), SnapshotWriter.MAGIC)) {
            throw new SnapshotException("the snapshot does not begin as format 1 does");
          }
          long actual = in.readLong();
          if (actual != height) {
            throw new SnapshotException(
                "the snapshot is of height " + actual + ", and was offered as " + height);
          }
          try {
            Instant time = Instant.ofEpochSecond(in.readLong(), count(999_999_999, "nanoseconds"));
            byte[] params = piece(1, SnapshotLimits.PARAMS_BYTES, "text of parameters");
            return new Block(time, new String(params, UTF_8));
          } catch (DateTimeException e) {
            throw new SnapshotException("the time in the snapshot is none: " + e.getMessage());
          }
        });
  }

  /** Number of stores. */
  public int stores() throws IOException, SnapshotException {
    return whole(() -> count(limits.stores(), "stores"));
  }

  /** Name of the next store. */
  public String store() throws IOException, SnapshotException {
    return whole(in::readUTF);
  }

  /** Gives the entries of the store whose name was read. */
  public void entries(BulkWriter writer) throws IOException, SnapshotException {
    long entries = whole(in::readLong);
    byte[] before = {};
    for (long i = 0; i < entries; i++) {
      byte[] key = whole(() -> piece(1, limits.keyBytes(), "key"));
      if (Arrays.compareUnsigned(before, key) >= 0) {
        throw new SnapshotException("the keys of a store in the snapshot are out of order");
      }
      writer.put(key, whole(() -> piece(1, limits.valueBytes(), "value")));
      before = key;
    }
  }

  /**
   * The manifests of the generations.
   *
   * @param digests that they must have, in order
   */
  public List<GenerationManifest> generations(List<String> digests)
      throws IOException, SnapshotException {
    requireCount(digests.size(), "generations");
    List<GenerationManifest> manifests = new ArrayList<>();
    for (String digest : digests) {
      byte[] text = whole(() -> piece(1, limits.bundleBytes(), "manifest"));
      if (!Sha256.of(text).equals(digest)) {
        throw new SnapshotException(
            "the snapshot has another manifest than generation " + digest + " of its state");
      }
      try {
        manifests.add(GenerationManifest.parse(new String(text, UTF_8)));
      } catch (RefusedException e) {
        throw new SnapshotException("generation " + digest + " in the snapshot: " + e.text());
      }
    }
    return manifests;
  }

  /** The number of bundles has to be this one. */
  public void requireBundles(int count) throws IOException, SnapshotException {
    requireCount(count, "bundles");
  }

  /**
   * The next bundle.
   *
   * @param sha256 that it must have
   */
  public Content bundle(String sha256) throws IOException, SnapshotException {
    byte[] bytes = whole(() -> piece(1, limits.bundleBytes(), "bundle"));
    Content content = Content.of(bytes);
    if (!content.sha256().equals(sha256)) {
      throw new SnapshotException(
          "the snapshot has other bytes than bundle " + sha256 + " of its generations");
    }
    return content;
  }

  /** Nothing may follow. */
  public void end() throws IOException, SnapshotException {
    if (in.read() >= 0) {
      throw new SnapshotException("the snapshot goes on behind its end");
    }
  }

  private void requireCount(int expected, String what) throws IOException, SnapshotException {
    int actual = whole(in::readInt);
    if (actual != expected) {
      throw new SnapshotException(
          "the snapshot has " + actual + " " + what + ", and its state names " + expected);
    }
  }

  private int count(int most, String what) throws IOException, SnapshotException {
    int count = in.readInt();
    if (count < 0 || count > most) {
      throw new SnapshotException(
          "the snapshot says " + count + " " + what + "; the limit is " + most);
    }
    return count;
  }

  private byte[] piece(int least, int most, String what) throws IOException, SnapshotException {
    int length = in.readInt();
    if (length < least || length > most) {
      throw new SnapshotException(
          "a " + what + " in the snapshot has " + length + " bytes; legal is 1 to " + most);
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private static <T> T whole(Read<T> read) throws IOException, SnapshotException {
    try {
      return read.read();
    } catch (EOFException e) {
      throw new SnapshotException("the snapshot ends in the middle");
    } catch (UTFDataFormatException e) {
      throw new SnapshotException("the name of a store in the snapshot is no text");
    }
  }
}
