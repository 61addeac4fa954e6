package io.segue.kernel.core.snapshot;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.segue.kernel.admission.artifact.GenerationManifest;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.api.store.StoreReader;
import io.segue.kernel.core.content.ContentStore;
import io.segue.kernel.core.hold.GenerationException;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Writes a snapshot: the same bytes on every node that has the height. Numbers are big endian; all
 * chunks one after the other are
 *
 * <pre>
 * "segue snapshot 1\n"
 * height 8, time of the block: seconds since the epoch 8, nanoseconds 4
 * consensus parameters after the block, as the kernel keeps them: length 4, text
 * number of stores 4; each, by name:
 *   length 2, name; number of entries 8; each, by key: length 4, key; length 4, value
 * number of generations 4; each, the first one first: length 4, manifest
 * number of bundles of all of them 4; each, by SHA-256: length 4, bytes
 * </pre>
 *
 * The stores come first: what may come behind them follows from their state. Nothing is compressed,
 * for a library that compresses better would give other bytes.
 */
public final class SnapshotWriter {
  static final byte[] MAGIC = "segue snapshot 1\n".getBytes(US_ASCII);

  private static final int BUFFER_BYTES = 1 << 16;

  private final SnapshotLimits limits;

  /** A writer within these limits. */
  public SnapshotWriter(SnapshotLimits limits) {
    this.limits = limits;
  }

  /**
   * Writes all chunks of a height, one after the other.
   *
   * @param time of the height's block
   * @param params consensus parameters after it
   * @param generations digests of the generations that ran the chain up to the height, in order
   * @return the metadata
   * @throws GenerationException where the content store lacks something of a generation
   */
  public byte[] write(
      StateView view,
      Instant time,
      String params,
      List<String> generations,
      ContentStore contents,
      OutputStream file)
      throws IOException, GenerationException {
    ChunkedOutput chunks = new ChunkedOutput(file, limits);
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(chunks, BUFFER_BYTES));
    out.write(MAGIC);
    out.writeLong(view.height());
    out.writeLong(time.getEpochSecond());
    out.writeInt(time.getNano());
    write(params.getBytes(UTF_8), SnapshotLimits.PARAMS_BYTES, out);
    SortedSet<String> stores = new TreeSet<>(view.stores());
    out.writeInt(stores.size());
    for (String store : stores) {
      out.writeUTF(store);
      write(view.store(store), out);
    }
    SortedSet<String> bundles = new TreeSet<>();
    out.writeInt(generations.size());
    for (String digest : generations) {
      GenerationManifest manifest = contents.manifest(digest);
      manifest.lines().forEach(line -> bundles.add(line.sha256()));
      write(manifest.text().getBytes(UTF_8), limits.bundleBytes(), out);
    }
    out.writeInt(bundles.size());
    for (String bundle : bundles) {
      write(contents.get(bundle).bytes(), limits.bundleBytes(), out);
    }
    out.flush();
    return chunks.metadata();
  }

  private void write(StoreReader store, DataOutputStream out) throws IOException {
    out.writeLong(store.size());
    try (KVIterator entries = store.iterate(new byte[0], null, false)) {
      while (entries.next()) {
        write(entries.key(), limits.keyBytes(), out);
        write(entries.value(), limits.valueBytes(), out);
      }
    }
  }

  private static void write(byte[] bytes, int limit, DataOutputStream out) throws IOException {
    if (bytes.length > limit) {
      throw new IOException(
          bytes.length + " bytes in one piece are above a snapshot's limit of " + limit);
    }
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
