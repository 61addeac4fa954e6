package io.segue.bundles.store.rocksdb.bulk;

import io.segue.bundles.store.rocksdb.database.Cursor;
import io.segue.bundles.store.rocksdb.database.MergingCursor;
import io.segue.kernel.api.store.DuplicateKeyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/**
 * Sorts entries by key in a bounded amount of memory: whenever half of it is used up, what was
 * collected is sorted and written to a {@link RunFile} by another thread, while the other half
 * fills; at the end the files are merged.
 *
 * <p>Thread safety: one thread at a time.
 */
public final class EntrySorter implements AutoCloseable {
  /** What an entry takes in memory beside its bytes: two arrays, an object, a reference. */
  private static final int ENTRY_OVERHEAD = 72;

  private final Path folder;
  private final String name;
  private final long runBytes;
  private final boolean durable;
  private final List<RunFile> files = new ArrayList<>();
  private @Nullable ForkJoinTask<RunFile> writing;
  private List<Entry> entries = new ArrayList<>();
  private long bytes;
  private int runs;

  /**
   * @param folder where files go
   * @param name what their names begin with
   * @param maxBytes memory to use
   * @param durable whether the files stay when this is closed, for another sorter to go on with
   * @param before files of an earlier sorter whose entries count here, too
   */
  EntrySorter(Path folder, String name, long maxBytes, boolean durable, List<RunFile> before) {
    this.folder = folder;
    this.name = name;
    this.runBytes = maxBytes / 2;
    this.durable = durable;
    this.files.addAll(before);
    this.runs = before.size();
  }

  /** Name of the file with a number, counted from 0. */
  public static String fileName(String name, int number) {
    return name + "-" + number + ".run";
  }

  /**
   * Takes an entry; the arrays must not be changed.
   *
   * @throws DuplicateKeyException where a key is there twice among earlier ones
   */
  void add(byte[] key, byte[] value) {
    entries.add(new Entry(key, value));
    bytes += key.length + value.length + ENTRY_OVERHEAD;
    if (bytes > runBytes) {
      cut();
    }
  }

  /** How full the memory is that is used before a file is written, from 0 to 1. */
  double full() {
    return (double) bytes / runBytes;
  }

  /** Has what was collected written to a file, after the file before. */
  void cut() {
    files();
    if (entries.isEmpty()) {
      return;
    }
    List<Entry> run = entries;
    Path path = folder.resolve(fileName(name, runs++));
    writing = ForkJoinPool.commonPool().submit(() -> RunFile.write(path, sorted(run), durable));
    entries = new ArrayList<>(run.size());
    bytes = 0;
  }

  /** How many files there are, the one that is being written included. */
  int runs() {
    return runs;
  }

  /** Whether no file is being written. */
  boolean settled() {
    ForkJoinTask<RunFile> task = writing;
    return task == null || task.isDone();
  }

  /** The files that are written; waits for the last one. */
  List<RunFile> files() {
    ForkJoinTask<RunFile> task = writing;
    if (task != null) {
      task.quietlyJoin();
      Throwable failure = task.getException();
      if (failure instanceof DuplicateKeyException twice) {
        throw new DuplicateKeyException(twice.key());
      }
      // Throws what went wrong, now and whenever it is asked again.
      files.add(task.join());
      writing = null;
    }
    return files;
  }

  /** EntryRules taken so far. */
  long count() {
    long count = entries.size();
    for (RunFile file : files()) {
      count += file.count();
    }
    return count;
  }

  /**
   * All entries in order of their keys; to be closed. The sorter takes no more.
   *
   * @throws DuplicateKeyException from here or from the cursor where a key is there twice
   */
  Cursor sorted() {
    List<Cursor> cursors = new ArrayList<>();
    cursors.add(new MemoryRun(sorted(entries)));
    entries = List.of();
    try {
      for (RunFile file : files()) {
        cursors.add(file.read());
      }
    } catch (UncheckedIOException e) {
      cursors.forEach(Cursor::close);
      throw e;
    }
    return new MergingCursor(
        cursors,
        false,
        key -> {
          throw new DuplicateKeyException(key);
        });
  }

  private static Entry[] sorted(List<Entry> entries) {
    Entry[] sorted = entries.toArray(Entry[]::new);
    EntryOrder.sort(sorted);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i - 1].compareTo(sorted[i]) == 0) {
        throw new DuplicateKeyException(sorted[i].key);
      }
    }
    return sorted;
  }

  /** Removes the files that do not stay. */
  @Override
  public void close() {
    ForkJoinTask<RunFile> task = writing;
    writing = null;
    if (task != null) {
      task.quietlyJoin();
    }
    entries = List.of();
    if (durable) {
      return;
    }
    for (int run = 0; run < runs; run++) {
      Path path = folder.resolve(fileName(name, run));
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw new UncheckedIOException("a bulk writer's file can't be removed: " + path, e);
      }
    }
  }

  /** An entry, with the first eight bytes of its key as a number: they decide most comparisons. */
  static final class Entry implements Comparable<Entry> {
    private final long prefix;
    private final byte[] key;
    private final byte[] value;

    Entry(byte[] key, byte[] value) {
      long first = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        first = first << 8 | (i < key.length ? key[i] & 0xff : 0);
      }
      this.prefix = first;
      this.key = key;
      this.value = value;
    }

    byte[] key() {
      return key;
    }

    byte[] value() {
      return value;
    }

    long prefix() {
      return prefix;
    }

    @Override
    public int compareTo(Entry other) {
      int order = Long.compareUnsigned(prefix, other.prefix);
      return order == 0 ? Arrays.compareUnsigned(key, other.key) : order;
    }
  }

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
}
