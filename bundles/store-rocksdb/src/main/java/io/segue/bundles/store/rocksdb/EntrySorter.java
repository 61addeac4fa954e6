package io.segue.bundles.store.rocksdb;

import io.segue.kernel.api.store.DuplicateKeyException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sorts entries by key in a bounded amount of memory: whenever it is used up, what was collected is
 * sorted and written to a file; at the end the files are merged.
 *
 * <pre>
 * file: entries one behind the other: key length u32 || value length u32 || key || value
 * </pre>
 *
 * <p>Thread safety: one thread at a time.
 */
final class EntrySorter implements AutoCloseable {
  /** What an entry takes in memory beside its bytes: two arrays, an object, a reference. */
  private static final int ENTRY_OVERHEAD = 72;

  private static final int FILE_BUFFER = 1 << 17;

  private final Path folder;
  private final String name;
  private final long maxBytes;
  private final List<Path> files = new ArrayList<>();
  private List<Entry> entries = new ArrayList<>();
  private long bytes;

  /**
   * @param folder where files go
   * @param name what their names begin with
   * @param maxBytes memory to use
   */
  EntrySorter(Path folder, String name, long maxBytes) {
    this.folder = folder;
    this.name = name;
    this.maxBytes = maxBytes;
  }

  /** Takes an entry; the arrays must not be changed. */
  void add(byte[] key, byte[] value) {
    entries.add(new Entry(key, value));
    bytes += key.length + value.length + ENTRY_OVERHEAD;
    if (bytes > maxBytes) {
      writeFile();
    }
  }

  /**
   * All entries in order of their keys; to be closed. The sorter takes no more.
   *
   * @throws DuplicateKeyException from here or from the cursor where a key is there twice
   */
  Cursor sorted() {
    List<Cursor> runs = new ArrayList<>();
    runs.add(new MemoryRun(sortedEntries()));
    try {
      for (Path file : files) {
        runs.add(new FileRun(file));
      }
    } catch (IOException e) {
      runs.forEach(Cursor::close);
      throw new UncheckedIOException("sorted entries can't be read in " + folder, e);
    }
    return new MergingCursor(
        runs,
        false,
        key -> {
          throw new DuplicateKeyException(key);
        });
  }

  private Entry[] sortedEntries() {
    Entry[] sorted = entries.toArray(Entry[]::new);
    entries = new ArrayList<>();
    bytes = 0;
    Arrays.parallelSort(sorted, (a, b) -> Arrays.compareUnsigned(a.key, b.key));
    for (int i = 1; i < sorted.length; i++) {
      if (Arrays.equals(sorted[i - 1].key, sorted[i].key)) {
        throw new DuplicateKeyException(sorted[i].key);
      }
    }
    return sorted;
  }

  private void writeFile() {
    Path file = folder.resolve(name + "-" + files.size() + ".run");
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), FILE_BUFFER))) {
      files.add(file);
      for (Entry entry : sortedEntries()) {
        out.writeInt(entry.key.length);
        out.writeInt(entry.value.length);
        out.write(entry.key);
        out.write(entry.value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "a bulk writer can't write " + file + "; see that the disk has room", e);
    }
  }

  /** Removes the files. */
  @Override
  public void close() {
    entries = new ArrayList<>();
    for (Path file : files) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException("a bulk writer's file can't be removed: " + file, e);
      }
    }
  }

  private record Entry(byte[] key, byte[] value) {}

  /** The entries that were never written to a file. */
  private static final class MemoryRun implements Cursor {
    private final Entry[] entries;
    private int index = -1;

    MemoryRun(Entry[] entries) {
      this.entries = entries;
    }

    @Override
    public boolean next() {
      return ++index < entries.length;
    }

    @Override
    public byte[] key() {
      return entries[index].key;
    }

    @Override
    public byte[] value() {
      return entries[index].value;
    }
  }

  private static final class FileRun implements Cursor {
    private final DataInputStream in;
    private byte[] key = new byte[0];
    private byte[] value = new byte[0];

    FileRun(Path file) throws IOException {
      in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), FILE_BUFFER));
    }

    @Override
    public boolean next() {
      try {
        in.mark(1);
        if (in.read() < 0) {
          return false;
        }
        in.reset();
        int keyLength = in.readInt();
        int valueLength = in.readInt();
        key = in.readNBytes(keyLength);
        value = in.readNBytes(valueLength);
        return true;
      } catch (IOException e) {
        throw new UncheckedIOException("a bulk writer's file can't be read", e);
      }
    }

    @Override
    public byte[] key() {
      return key;
    }

    @Override
    public byte[] value() {
      return value;
    }

    @Override
    public void close() {
      try {
        in.close();
      } catch (IOException e) {
        throw new UncheckedIOException("a bulk writer's file can't be closed", e);
      }
    }
  }
}
