package io.segue.bundles.store.rocksdb;

import static io.segue.bundles.store.rocksdb.CommittingProcess.bytes;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.store.rocksdb.database.DamagedStoreException;
import io.segue.bundles.store.rocksdb.database.Database.Family;
import io.segue.bundles.store.rocksdb.database.Pruning;
import io.segue.bundles.store.rocksdb.database.RawRows;
import io.segue.bundles.store.rocksdb.database.Rows;
import io.segue.bundles.store.rocksdb.database.StoreOptions;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import io.segue.kernel.api.store.StateStore.Change;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.api.store.StateView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in the folder of a store, and what is refused there. */
class StateFolderTest {
  private static final int KEEP_HEIGHTS = 3;

  @TempDir Path directory;

  private Path folder = Path.of("");

  @BeforeEach
  void chooseFolder() {
    folder = directory.resolve("data").resolve("state");
  }

  @Test
  void belongsToOneStoreAtATime() {
    try (RocksStateStore store = open()) {
      assertThat(store.height()).isEqualTo(-1);
      assertThatThrownBy(this::open)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("in use");
    }
    open().close();
  }

  @Test
  void mustBeAFolder() throws IOException {
    Files.createDirectories(folder.getParent());
    Files.writeString(folder, "a file");
    assertThatThrownBy(this::open)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(folder.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, Rows.FORMAT + 1})
  void mustHaveTheFormatOfTheStore(int format) {
    try (RocksStateStore store = open()) {
      commit(store, "a", "1");
    }
    RawRows.put(folder, Family.META, Rows.FORMAT_KEY, Rows.u32(format));
    assertThatIllegalStateException()
        .isThrownBy(this::open)
        .withMessageContaining("has format " + format)
        .withMessageContaining("reads format " + Rows.FORMAT)
        .withMessageContaining("start the distribution that wrote it")
        .withMessageContaining(folder.toString());
  }

  @Test
  void isFoundDamagedWhenItsRowsDoNotGiveTheRoot() {
    try (RocksStateStore store = open()) {
      commit(store, "a", "1");
    }
    RawRows.put(folder, Family.LATEST, Rows.row(1, bytes("a")), bytes("2"));
    assertThatThrownBy(this::open)
        .isInstanceOf(DamagedStoreException.class)
        .hasMessageContaining("bank")
        .hasMessageContaining("checkpoint");
  }

  @Test
  void isFoundDamagedWhenARowHasAWrongChecksum() {
    try (RocksStateStore store = open()) {
      commit(store, "a", "1");
      commit(store, "a", "2");
    }
    RawRows.put(folder, Family.CHANGES, Rows.changesKey(1, 2, 0), new byte[20]);
    try (RocksStateStore store = open();
        StateView view = store.view(1)) {
      assertThatThrownBy(() -> view.store("bank").get(bytes("a")))
          .isInstanceOf(DamagedStoreException.class)
          .hasMessageContaining("checksum");
    }
    RawRows.put(folder, Family.META, Rows.HEAD_KEY, new byte[3]);
    assertThatThrownBy(this::open).isInstanceOf(DamagedStoreException.class);
  }

  /** The head of a record of another kind, and records after it. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void isOpenedWhereItsLogGoesOnWithWhatRocksDbReadsForEver() throws IOException {
    try (RocksStateStore store = open()) {
      commit(store, "a", "1");
    }
    Path log;
    try (Stream<Path> files = Files.list(folder)) {
      log = files.filter(file -> file.toString().endsWith(".log")).findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(log);
    Files.write(log, new byte[] {0, 0, 0, 1, 1, 'm', 8, 0, 0, 0, 0, 0, 0, 0, 4}, APPEND);
    Files.write(log, whole, APPEND);
    try (RocksStateStore store = open()) {
      assertThat(store.height()).isEqualTo(1);
      commit(store, "a", "2");
    }
  }

  @Test
  void forgetsWhatAnUnfinishedCommitWrote() {
    try (RocksStateStore store = open()) {
      commit(store, "a", "1");
      try (BulkWriter writer = store.bulkWriter()) {
        writer.put(bytes("x"), bytes("1"));
        writer.finish();
      }
      store.bulkWriter().put(bytes("y"), bytes("1"));
    }
    assertThat(RawRows.numbers(folder)).containsExactly(1, 2);
    assertThat(folder.resolve("bulk").resolve("number-3")).isDirectory();
    open().close();
    assertThat(RawRows.numbers(folder)).containsExactly(1);
    assertThat(folder.resolve("bulk")).isEmptyDirectory();
  }

  @Test
  void neverUsesAStoreNumberAgain() {
    try (RocksStateStore store = open()) {
      commit(store, "a", "1");
      store.bulkWriter().close();
    }
    try (RocksStateStore store = open()) {
      store.commit(
          store.stage(
              List.of(new IndexChange.Add("gov")),
              new TreeMap<>(Map.of("gov", List.of(change("p", "1"))))),
          2,
          Map.of());
    }
    assertThat(RawRows.numbers(folder)).containsExactly(1, 3);
  }

  @Test
  void losesTheRowsOfADeletedStoreWhenNoHeightNeedsThem() {
    try (RocksStateStore store = open()) {
      commit(store, "a", "1");
      store.commit(
          store.stage(List.of(new IndexChange.Delete("bank")), new TreeMap<>()), 2, Map.of());
      store.commit(store.stage(List.of(), new TreeMap<>()), 3, Map.of());
    }
    assertThat(RawRows.numbers(folder)).containsExactly(1);
    try (RocksStateStore store = open()) {
      store.commit(store.stage(List.of(), new TreeMap<>()), 4, Map.of());
      assertThat(store.oldestHeight()).isEqualTo(2);
    }
    assertThat(RawRows.numbers(folder)).isEmpty();
  }

  @Test
  void keepsFewerHeightsFromTheNextCommitOnWhenItIsOpenedSo() {
    try (RocksStateStore store = RocksStateStore.open(folder, StoreOptions.defaults())) {
      for (int height = 1; height <= 20; height++) {
        commit(store, "a", String.valueOf(height));
      }
      assertThat(store.oldestHeight()).isEqualTo(1);
    }
    try (RocksStateStore store = open()) {
      assertThat(store.oldestHeight()).isEqualTo(1);
      commit(store, "a", "21");
      assertThat(store.oldestHeight()).isEqualTo(21 - KEEP_HEIGHTS + 1);
      try (StateView view = store.view(19)) {
        assertThat(view.store("bank").get(bytes("a"))).isEqualTo(bytes("19"));
      }
    }
  }

  @Test
  void writesAGenesisThatIsLargerThanABatch() {
    List<Change> genesis = new ArrayList<>();
    for (int i = 100_000; i < 220_000; i++) {
      genesis.add(new Change(bytes("key" + i), bytes("v".repeat(100)), true, null));
    }
    try (RocksStateStore store = open()) {
      store.commit(
          store.stage(
              List.of(new IndexChange.Add("bank"), new IndexChange.Add("acc")),
              new TreeMap<>(Map.of("bank", genesis, "acc", List.of(change("a", "1"))))),
          1,
          Map.of());
      commit(store, "key100000", "new");
    }
    try (RocksStateStore store = open();
        StateView view = store.view(1)) {
      assertThat(view.store("bank").size()).isEqualTo(120_000);
      assertThat(view.store("bank").get(bytes("key100000"))).hasSize(100);
      assertThat(store.prove("bank", bytes("absent"), 1)).hasSize(2);
    }
  }

  @Test
  void isCopiedByACheckpoint() throws IOException {
    Path copy = directory.resolve("copies").resolve("at2");
    byte[] appHash;
    try (RocksStateStore store = open()) {
      commit(store, "a", "1");
      commit(store, "b", "2");
      appHash = store.appHash(2);
      store.checkpoint(copy);
      commit(store, "a", "3");
      assertThatThrownBy(() -> store.checkpoint(copy))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(copy.toString());
    }
    try (RocksStateStore store = RocksStateStore.open(copy, StoreOptions.defaults());
        StateView first = store.view(1)) {
      assertThat(store.height()).isEqualTo(2);
      assertThat(store.appHash(2)).isEqualTo(appHash);
      assertThat(first.store("bank").get(bytes("b"))).isNull();
      commit(store, "a", "4");
    }
  }

  @Test
  void isNotClearedUnderAnOpenView() {
    try (RocksStateStore store = open()) {
      commit(store, "a", "1");
      try (StateView view = store.view(1)) {
        assertThatIllegalStateException().isThrownBy(store::clear).withMessageContaining("open");
        assertThat(view.store("bank").get(bytes("a"))).isEqualTo(bytes("1"));
      }
      store.clear();
    }
    assertThat(RawRows.numbers(folder)).isEmpty();
  }

  @Test
  void refusesWhatIsAskedAfterItWasClosed() {
    RocksStateStore store = open();
    commit(store, "a", "1");
    store.close();
    store.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> store.view(1))
        .withMessageContaining("closed");
    assertThatIllegalStateException().isThrownBy(() -> store.stage(List.of(), new TreeMap<>()));
    assertThatIllegalStateException().isThrownBy(() -> store.prove("bank", bytes("a"), 1));
    assertThatIllegalStateException().isThrownBy(store::bulkWriter);
  }

  private RocksStateStore open() {
    return RocksStateStore.open(
        folder, StoreOptions.defaults().with(Pruning.exactly(KEEP_HEIGHTS)));
  }

  private static void commit(RocksStateStore store, String key, String value) {
    boolean first = store.height() == -1;
    store.commit(
        store.stage(
            first ? List.of(new IndexChange.Add("bank")) : List.of(),
            new TreeMap<>(Map.of("bank", List.of(change(key, value))))),
        first ? 1 : store.height() + 1,
        Map.of());
  }

  private static Change change(String key, String value) {
    return new Change(bytes(key), bytes(value), false, null);
  }
}
