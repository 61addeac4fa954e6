package io.segue.bundles.store.rocksdb.bulk;

import static io.segue.bundles.store.rocksdb.CommittingProcess.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.store.rocksdb.database.Cursor;
import io.segue.kernel.api.store.DuplicateKeyException;
import io.segue.kernel.api.store.StoreFullException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntrySorterTest {
  private static final long FEW_BYTES = 10_000;
  private static final long MANY_BYTES = 100_000_000;

  @TempDir Path folder;

  @Test
  void sortsMoreThanFitsIntoMemory() throws Exception {
    TreeMap<byte[], byte[]> expected = new TreeMap<>(Arrays::compareUnsigned);
    Random random = new Random(4);
    try (EntrySorter sorter = new EntrySorter(folder, "test", FEW_BYTES, false, List.of())) {
      for (int i = 0; i < 5000; i++) {
        byte[] key = new byte[1 + random.nextInt(20)];
        random.nextBytes(key);
        byte[] value = new byte[random.nextInt(10) == 0 ? 200_000 / (i + 1) : 5];
        if (expected.putIfAbsent(key, value) == null) {
          sorter.add(key, value);
        }
      }
      try (Cursor sorted = sorter.sorted()) {
        for (Map.Entry<byte[], byte[]> entry : expected.entrySet()) {
          assertThat(sorted.next()).isTrue();
          assertThat(sorted.key()).isEqualTo(entry.getKey());
          assertThat(sorted.value()).isEqualTo(entry.getValue());
        }
        assertThat(sorted.next()).isFalse();
      }
      assertThat(folder).isNotEmptyDirectory();
    }
    assertThat(folder).isEmptyDirectory();
  }

  /** Keys that share nothing, some bytes, and the first eight bytes, in random order. */
  @Test
  void sortsAnyKeysAsComparingThemDoes() {
    Random random = new Random(5);
    for (int shared : new int[] {0, 3, 8, 12}) {
      for (int count : new int[] {2, 100, 5_000}) {
        EntrySorter.Entry[] entries = new EntrySorter.Entry[count];
        for (int i = 0; i < count; i++) {
          byte[] key = new byte[shared + 1 + random.nextInt(12)];
          random.nextBytes(key);
          Arrays.fill(key, 0, shared, (byte) -7);
          entries[i] = new EntrySorter.Entry(key, new byte[0]);
        }
        byte[][] expected = Arrays.stream(entries).map(e -> e.key()).toArray(byte[][]::new);
        Arrays.sort(expected, Arrays::compareUnsigned);
        for (int sorted = 0; sorted < 2; sorted++) {
          EntryOrder.sort(entries);
          assertThat(Arrays.stream(entries).map(e -> e.key()).toArray(byte[][]::new))
              .as("%d keys that share %d bytes", count, shared)
              .isDeepEqualTo(expected);
        }
      }
    }
  }

  @Test
  void needsNoFileForFewEntries() throws Exception {
    try (EntrySorter sorter = new EntrySorter(folder, "test", MANY_BYTES, false, List.of())) {
      sorter.add(bytes("b"), bytes("2"));
      sorter.add(bytes("a"), bytes("1"));
      try (Cursor sorted = sorter.sorted()) {
        assertThat(sorted.next()).isTrue();
        assertThat(sorted.key()).isEqualTo(bytes("a"));
      }
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void namesAKeyThatIsThereTwiceHoweverFarApart() {
    for (int distance : new int[] {1, 20, 60, 3000}) {
      for (long memory : new long[] {FEW_BYTES, MANY_BYTES}) {
        Path own = folder.resolve(distance + "-" + memory);
        assertThat(own.toFile().mkdir()).isTrue();
        try (EntrySorter sorter = new EntrySorter(own, "test", memory, false, List.of())) {
          assertThatThrownBy(
                  () -> {
                    for (int i = 0; i < 4000; i++) {
                      sorter.add(bytes("key" + (i == 100 + distance ? 100 : i)), bytes("value"));
                    }
                    try (Cursor sorted = sorter.sorted()) {
                      while (sorted.next()) {
                        assertThat(sorted.key()).isNotEmpty();
                      }
                    }
                  })
              .isInstanceOfSatisfying(
                  DuplicateKeyException.class,
                  twice -> assertThat(twice.key()).isEqualTo(bytes("key100")));
        }
      }
    }
  }

  @Test
  void doesNotForgetThatAFileCouldNotBeWritten() throws Exception {
    Files.createSymbolicLink(folder.resolve(EntrySorter.fileName("test", 1)), Path.of("/dev/full"));
    try (EntrySorter sorter = new EntrySorter(folder, "test", MANY_BYTES, true, List.of())) {
      sorter.add(bytes("a"), bytes("1"));
      sorter.cut();
      sorter.add(bytes("b"), bytes("1"));
      sorter.cut();
      for (int asked = 0; asked < 2; asked++) {
        assertThatThrownBy(sorter::files)
            .isInstanceOf(StoreFullException.class)
            .hasMessageContaining("the disk is full");
      }
    }
    Files.delete(folder.resolve(EntrySorter.fileName("test", 1)));
  }
}
