package io.segue.bundles.store.rocksdb;

import io.segue.bundles.store.rocksdb.database.StoreOptions;
import io.segue.kernel.api.abci.Abci.ApplySnapshotChunkRequest;
import io.segue.kernel.api.abci.Abci.ApplySnapshotChunkResult;
import io.segue.kernel.api.abci.Abci.LoadSnapshotChunkRequest;
import io.segue.kernel.api.abci.Abci.OfferSnapshotRequest;
import io.segue.kernel.api.abci.Abci.OfferSnapshotResult;
import io.segue.kernel.api.abci.Abci.Snapshot;
import io.segue.kernel.testkit.FakeBundles;
import io.segue.kernel.testkit.TestNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * Makes a chain with a snapshot, and restores it on the disk; says the height that the node on the
 * disk begins with, and its root at the end. A place in {@code segue.crashAt} ends it before.
 */
final class RestoringProcess {
  static final long HEIGHT = 2;
  private static final int KEYS = 5_000;

  private RestoringProcess() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    FakeBundles bundles = new FakeBundles();
    byte[] genesis =
        bundles
            .generation("genesis")
            .module(new LedgerModule(KEYS))
            .module(new LedgerModule.Scheduler(100))
            .artifact();
    String digest;
    Path scratch = Files.createTempDirectory(folder, "scratch");
    try (TestNode node = TestNode.aNode(scratch).withBundles(bundles).withGenesis(genesis).open()) {
      digest = node.node().status().generationDigest();
    }
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.createDirectories(home.resolve("config"));
    Files.writeString(
        home.resolve("config/genesis.json"), "{\"chain_id\":\"" + TestNode.CHAIN_ID + "\"}");
    try (RocksStateStore store =
            RocksStateStore.open(home.resolve("data/state"), StoreOptions.defaults());
        TestNode provider =
            TestNode.aNode(scratch)
                .withBundles(bundles)
                .withGenesis(genesis)
                .withAppState("{\"upgrade\":{\"generation\":\"" + digest + "\"}}")
                .withSnapshots(HEIGHT, 1)
                .start();
        TestNode node =
            TestNode.aNode(home)
                .withBundles(bundles)
                .withGenesis(genesis)
                .withStore(store)
                .open()) {
      System.out.println(store.height());
      provider.blocksUntil(HEIGHT);
      provider.until("a snapshot", () -> !provider.application().listSnapshots().isEmpty());
      if (store.height() < 0) {
        restore(provider, node);
      }
      provider.block();
      node.block();
      System.out.println(provider.root().equals(node.root()));
    }
    System.out.println(digest);
  }

  private static void restore(TestNode provider, TestNode node) {
    Snapshot snapshot = provider.application().listSnapshots().get(0);
    byte[] appHash = provider.application().info().lastBlockAppHash();
    if (node.application().offerSnapshot(new OfferSnapshotRequest(snapshot, appHash))
        != OfferSnapshotResult.ACCEPT) {
      throw new IllegalStateException("not accepted");
    }
    for (int i = 0; i < snapshot.chunks(); i++) {
      byte[] chunk =
          provider.application().loadSnapshotChunk(new LoadSnapshotChunkRequest(HEIGHT, 1, i));
      ApplySnapshotChunkRequest request = new ApplySnapshotChunkRequest(i, chunk, "");
      ApplySnapshotChunkResult result =
          node.await(
                  CompletableFuture.supplyAsync(
                      () -> node.application().applySnapshotChunk(request)))
              .result();
      if (result != ApplySnapshotChunkResult.ACCEPT) {
        throw new IllegalStateException("chunk " + i + " is not accepted");
      }
    }
  }
}
