package io.segue.bundles.store.rocksdb;

import static io.segue.kernel.testkit.TestNode.aNode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.store.rocksdb.bulk.BulkFolder;
import io.segue.bundles.store.rocksdb.bulk.EntrySorter;
import io.segue.bundles.store.rocksdb.bulk.RocksBulkWriter;
import io.segue.bundles.store.rocksdb.database.RawRows;
import io.segue.bundles.store.rocksdb.database.StoreOptions;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.node.Node.UpgradeStatus;
import io.segue.kernel.api.node.NodeState;
import io.segue.kernel.api.node.StateInspection.StoreCheck;
import io.segue.kernel.api.upgrade.Rewriter;
import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.StoreLoader;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.testkit.FakeBundles;
import io.segue.kernel.testkit.TestNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong while an upgrade loads stores, on the production kernel and a real disk. */
class UpgradeOnDiskTest {
  private static final int KEYS = 20_000;
  private static final long HEIGHT = 3;

  /** Where trouble begins: behind the second point that is saved. */
  private static final int TROUBLE_AT = 13_000;

  private static final int SAVED_BEFORE_TROUBLE = 3 * RocksBulkWriter.FIRST_SAVE;

  @TempDir Path directory;

  private final FakeBundles bundles = new FakeBundles();
  private final byte[] genesis =
      bundles
          .generation("genesis")
          .module(new LedgerModule(KEYS))
          .module(new LedgerModule.Scheduler(HEIGHT))
          .artifact();

  @Test
  void waitsForRoomOnAFullDiskAndGoesOnFromWhereItWas() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    AtomicBoolean full = new AtomicBoolean(true);
    Path bulk = state("full").resolve("bulk").resolve(HEIGHT + "-0");
    Path next = bulk.resolve(EntrySorter.fileName(BulkFolder.BY_KEY, 2));
    byte[] v2 =
        v2(
            rewrite(
                (key, value, sink) -> {
                  calls.incrementAndGet();
                  if (full.get() && Arrays.equals(key, LedgerModule.key(TROUBLE_AT))) {
                    link(next, Path.of("/dev/full"));
                  }
                  SWAP.rewrite(key, value, sink);
                }));
    try (RocksStateStore store = store("full");
        TestNode node = node("full", store)) {
      CompletableFuture<FinalizeBlockResponse> block = untilHeld(node, v2);
      assertThat(status(node).hold().orElseThrow().reason()).isEqualTo("DISK_FULL");
      assertThat(status(node).hold().orElseThrow().message())
          .contains("the disk is full", "No space left on device");
      assertThat(status(node).hold().orElseThrow().nextStep()).contains("make room");
      assertThat(calls.get()).isEqualTo(KEYS);
      node.turn(5_000);
      node.until("a second hold", () -> held(node));
      full.set(false);
      calls.set(0);
      node.turn(5_000);
      node.await(block);
      node.commit();
      assertThat(calls.get()).isBetween(1, KEYS - SAVED_BEFORE_TROUBLE);
      assertSameAsWithoutTrouble(node, rewrite(SWAP));
    }
    assertNothingIsLeftBehind("full");
  }

  @Test
  void goesOnWithARewriteAfterARestart() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    AtomicBoolean trouble = new AtomicBoolean(true);
    byte[] v2 =
        v2(
            rewrite(
                (key, value, sink) -> {
                  if (calls.incrementAndGet() == TROUBLE_AT && trouble.get()) {
                    throw new StackOverflowError("as good as a kill");
                  }
                  SWAP.rewrite(key, value, sink);
                }));
    try (RocksStateStore store = store("killed");
        TestNode node = node("killed", store)) {
      untilHeld(node, v2);
    }
    trouble.set(false);
    calls.set(0);
    try (RocksStateStore store = store("killed");
        TestNode node = node("killed", store)) {
      node.deploy(v2);
      node.block();
      assertThat(calls.get()).isBetween(1, KEYS - SAVED_BEFORE_TROUBLE);
      assertSameAsWithoutTrouble(node, rewrite(SWAP));
    }
    assertNothingIsLeftBehind("killed");
  }

  @Test
  void holdsForALoaderThatThrowsAndLeavesNothingOfIt() throws Exception {
    StoreLoader broken =
        (cursor, budget, source, sink) -> {
          Optional<byte[]> next = new Reversed().step(cursor, budget, source, sink);
          if (Arrays.compare(cursor, LedgerModule.key(KEYS / 2)) > 0) {
            throw new IllegalStateException("no such account");
          }
          return next;
        };
    List<StoreLoad> fixed = List.of(new StoreLoad.Custom("reversed", new Reversed()));
    try (RocksStateStore store = store("loader");
        TestNode node = node("loader", store)) {
      String before = node.root();
      CompletableFuture<FinalizeBlockResponse> block =
          untilHeld(node, v2(List.of(new StoreLoad.Custom("reversed", broken))));
      assertThat(status(node).hold().orElseThrow().reason()).isEqualTo("LOADER");
      assertThat(status(node).hold().orElseThrow().message())
          .contains("loading store reversed", "in the step from", "no such account");
      assertThat(state("loader").resolve("bulk")).isEmptyDirectory();
      assertThat(node.root()).isNotEqualTo(before);
      node.deploy(v2(fixed));
      node.await(block);
      node.commit();
      assertThat(node.roots()).containsKey("reversed");
      assertSameAsWithoutTrouble(node, fixed);
    }
    assertNothingIsLeftBehind("loader");
  }

  @Test
  void namesBothSourcesOfAKeyThatIsGivenTwice() throws Exception {
    try (RocksStateStore store = store("twice");
        TestNode node = node("twice", store)) {
      CompletableFuture<FinalizeBlockResponse> block =
          untilHeld(
              node,
              v2(
                  rewrite(
                      (key, value, sink) ->
                          sink.put(
                              Arrays.equals(key, LedgerModule.key(19_999))
                                  ? LedgerModule.key(5)
                                  : key,
                              value))));
      assertThat(status(node).hold().orElseThrow().reason()).isEqualTo("LOADER");
      assertThat(status(node).hold().orElseThrow().message())
          .contains(hex(LedgerModule.key(5)) + " and " + hex(LedgerModule.key(19_999)));
      assertThat(state("twice").resolve("bulk")).isEmptyDirectory();
      node.deploy(v2(rewrite(SWAP)));
      node.await(block);
      node.commit();
      assertSameAsWithoutTrouble(node, rewrite(SWAP));
    }
    assertNothingIsLeftBehind("twice");
  }

  @Test
  void refusesALoadOfAStoreThatIsNotThere() throws Exception {
    try (RocksStateStore store = store("refused");
        TestNode node = node("refused", store)) {
      untilHeld(node, v2(List.of(new StoreLoad.Rename("nft", "art"))));
      assertThat(status(node).hold().orElseThrow().reason()).isEqualTo("LOADER");
      assertThat(status(node).hold().orElseThrow().message())
          .contains("rename nft to art", "there is no store nft");
    }
  }

  @Test
  void copiesTheStateOfARunningNodeForAnotherOne() throws Exception {
    try (RocksStateStore store = store("first");
        TestNode node = node("first", store)) {
      node.block();
      node.node().checkpoint(state("copy"));
      node.deploy(v2(rewrite(SWAP)));
      node.block();
      node.block();
      copyArtifacts("first", "copy");
      try (RocksStateStore copied = store("copy");
          TestNode second = node("copy", copied)) {
        assertThat(second.height()).isEqualTo(1);
        assertThat(second.node().verifyStores(0, (name, read, total) -> {}))
            .isNotEmpty()
            .allMatch(StoreCheck::sound);
        second.deploy(v2(rewrite(SWAP)));
        second.block();
        second.block();
        assertThat(second.roots().get("ledger")).isEqualTo(node.roots().get("ledger"));
      }
    }
  }

  private static boolean held(TestNode node) {
    return node.node().status().state() == NodeState.HELD;
  }

  /** Runs up to the plan's height, where the node holds; gives the block's answer to come. */
  private static CompletableFuture<FinalizeBlockResponse> untilHeld(TestNode node, byte[] v2)
      throws Exception {
    node.block();
    node.deploy(v2);
    node.block();
    CompletableFuture<FinalizeBlockResponse> block = node.finalizeBlock();
    node.until("a hold", () -> held(node));
    return block;
  }

  /** Compares the stores that the loads wrote with those of a node that had no trouble. */
  private void assertSameAsWithoutTrouble(TestNode node, List<StoreLoad> loads) throws Exception {
    try (RocksStateStore store = store("smooth");
        TestNode smooth = node("smooth", store)) {
      smooth.block();
      smooth.deploy(v2(loads));
      smooth.block();
      smooth.block();
      for (String name : node.roots().keySet()) {
        if (!name.equals("upgrade")) {
          assertThat(node.roots().get(name))
              .as("root of %s", name)
              .isEqualTo(smooth.roots().get(name));
        }
      }
      assertThat(node.node().verifyStores(0, (name, read, total) -> {}))
          .allMatch(StoreCheck::sound);
      assertThat(node.height()).isEqualTo(HEIGHT);
    }
  }

  /** No files of bulk writes, and rows of no number that no height refers to. */
  private void assertNothingIsLeftBehind(String home) {
    assertThat(state(home).resolve("bulk")).isEmptyDirectory();
    int numbers = RawRows.numbers(state(home)).size();
    store(home).close();
    assertThat(RawRows.numbers(state(home))).hasSize(numbers);
  }

  private RocksStateStore store(String home) {
    return RocksStateStore.open(state(home), StoreOptions.defaults());
  }

  private Path state(String home) {
    return directory.resolve(home).resolve("data").resolve("state");
  }

  private TestNode node(String home, RocksStateStore store) throws Exception {
    return aNode(directory.resolve(home))
        .withStore(store)
        .withBundles(bundles)
        .withGenesis(genesis)
        .start();
  }

  private void copyArtifacts(String from, String to) throws IOException {
    Path source = directory.resolve(from).resolve("data").resolve("artifacts");
    Path target = directory.resolve(to).resolve("data").resolve("artifacts");
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(source.relativize(file).toString()));
      }
    }
  }

  private byte[] v2(List<StoreLoad> loads) {
    return bundles
        .generation("v2")
        .handler(
            () ->
                new UpgradeHandler() {
                  @Override
                  public List<StoreLoad> prepare(UpgradeContext context) {
                    return loads;
                  }
                })
        .module("2.0.0", new LedgerModule(0))
        .artifact();
  }

  private static UpgradeStatus status(TestNode node) {
    return node.node().upgrade().orElseThrow();
  }

  private static List<StoreLoad> rewrite(Rewriter rewriter) {
    return List.of(new StoreLoad.Rewrite("ledger", rewriter));
  }

  /** Another key and another value for every entry. */
  private static final Rewriter SWAP = (key, value, sink) -> sink.put(value, key);

  private static void link(Path path, Path target) {
    try {
      Files.createSymbolicLink(path, target);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Fills a store with the keys of the ledger turned around; the cursor is the next key. */
  private static final class Reversed implements StoreLoader {
    @Override
    public Optional<byte[]> step(byte[] cursor, int budget, Source source, Rewriter.Sink sink) {
      int left = budget;
      try (KVIterator entries = source.store("ledger").iterate(cursor, null, false)) {
        while (entries.next()) {
          if (left-- == 0) {
            return Optional.of(entries.key());
          }
          String reversed =
              new StringBuilder(new String(entries.key(), UTF_8)).reverse().toString();
          sink.put(reversed.getBytes(UTF_8), entries.value());
        }
      }
      return Optional.empty();
    }
  }
}
