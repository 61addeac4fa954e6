package io.segue.kernel.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.segue.kernel.admission.artifact.Sha256;
import io.segue.kernel.api.abci.Abci.ApplySnapshotChunkRequest;
import io.segue.kernel.api.abci.Abci.ApplySnapshotChunkResponse;
import io.segue.kernel.api.abci.Abci.ApplySnapshotChunkResult;
import io.segue.kernel.api.abci.Abci.LoadSnapshotChunkRequest;
import io.segue.kernel.api.abci.Abci.OfferSnapshotRequest;
import io.segue.kernel.api.abci.Abci.OfferSnapshotResult;
import io.segue.kernel.api.abci.Abci.Snapshot;
import io.segue.kernel.api.node.NodeHold;
import io.segue.kernel.api.node.StateInspection.SnapshotStatus;
import io.segue.kernel.api.store.HeightUnavailableException;
import io.segue.kernel.core.node.KernelSettings;
import io.segue.kernel.core.node.SnapshotSettings;
import io.segue.kernel.core.snapshot.SnapshotLimits;
import io.segue.kernel.core.snapshot.SnapshotMetadata;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that takes its first state from a snapshot of another one. */
class StateSyncTest {
  private static final long UPGRADE = 4;
  private static final long LAST = 6;

  private static final SnapshotLimits SMALL_CHUNKS =
      new SnapshotLimits(256, 4096, 1024, 1024, 1 << 20, 64, 1 << 20);

  @TempDir Path folder;

  private final CounterChain chain = new CounterChain();

  @Test
  void goesOnFromASnapshotOfAHeightAfterAnUpgradeItNeverSaw() throws Exception {
    try (TestNode provider = upgraded("provider");
        TestNode joiner = joiner().open()) {
      assertThat(offer(joiner, provider)).isEqualTo(OfferSnapshotResult.ACCEPT);
      applyAll(joiner, provider);
      assertThat(joiner.application().info())
          .usingRecursiveComparison()
          .isEqualTo(provider.application().info());
      assertThat(joiner.roots()).isEqualTo(provider.roots());
      assertThat(joiner.node().status().generation()).isEqualTo("v2");
      assertThat(joiner.node().status().appVersion()).isEqualTo(2);

      provider.block(CounterModule.tx());
      joiner.block(CounterModule.tx());
      assertThat(joiner.root()).isEqualTo(provider.root());
      assertThat(CounterChain.count(joiner)).isEqualTo("2:43");
      assertThatThrownBy(() -> joiner.roots(LAST - 1))
          .isInstanceOf(HeightUnavailableException.class)
          .hasMessageContaining("the oldest height that can be read is " + LAST);

      try (TestNode again = joiner.restart()) {
        again.block(CounterModule.tx());
        provider.block(CounterModule.tx());
        assertThat(again.root()).isEqualTo(provider.root());
        assertThat(again.node().status().generation()).isEqualTo("v2");
      }
    }
  }

  @Test
  void theSnapshotsOfTwoNodesAreTheSameBytes() throws Exception {
    try (TestNode one = upgraded("one");
        TestNode other = upgraded("other")) {
      assertThat(hashes(one)).isEqualTo(hashes(other)).hasSize(2);
      assertThat(Files.readAllBytes(chunks("one"))).isEqualTo(Files.readAllBytes(chunks("other")));
    }
  }

  @Test
  void aChunkWithAChangedByteIsFetchedFromAnotherPeer() throws Exception {
    try (TestNode provider = upgraded("provider");
        TestNode joiner = joiner().open()) {
      Snapshot snapshot = newest(provider);
      offer(joiner, provider);
      for (int i = 0; i < snapshot.chunks(); i++) {
        byte[] chunk = chunk(provider, snapshot, i);
        byte[] bad = chunk.clone();
        bad[i % bad.length] ^= 1;
        assertRetry(apply(joiner, i, bad), i);
        assertRetry(apply(joiner, i, Arrays.copyOf(chunk, chunk.length - 1)), i);
        assertRetry(apply(joiner, i, Arrays.copyOf(chunk, chunk.length + 1)), i);
        if (i > 0) {
          assertRetry(apply(joiner, i, chunk(provider, snapshot, i - 1)), i);
        }
        assertThat(apply(joiner, i, chunk).result()).isEqualTo(ApplySnapshotChunkResult.ACCEPT);
      }
      assertThat(joiner.root()).isEqualTo(provider.root());
    }
  }

  @Test
  void chunksMayComeInAnyOrder() throws Exception {
    try (TestNode provider = upgraded("provider");
        TestNode joiner = joiner().open()) {
      Snapshot snapshot = newest(provider);
      offer(joiner, provider);
      for (int i = snapshot.chunks() - 1; i >= 0; i--) {
        byte[] chunk = chunk(provider, snapshot, i);
        assertThat(apply(joiner, i, chunk).result()).isEqualTo(ApplySnapshotChunkResult.ACCEPT);
      }
      assertThat(joiner.root()).isEqualTo(provider.root());
    }
  }

  @Test
  void everyByteOfASnapshotThatIsMadeUpIsRefusedAndTheRightOneIsTakenThen() throws Exception {
    try (TestNode provider = upgraded("provider");
        TestNode joiner = joiner().open()) {
      byte[] right = Files.readAllBytes(chunks("provider"));
      byte[] appHash = provider.application().info().lastBlockAppHash();
      int time = "segue snapshot 1\n".length() + Long.BYTES;
      int params = time + 12 + Integer.BYTES;
      int stores = params + ByteBuffer.wrap(right).getInt(params - Integer.BYTES);
      for (int at = 0; at < right.length; at += at < 700 ? 1 : 37) {
        if (at >= time && at < time + 12 || at >= params && at < stores) {
          continue; // nobody vouches for the time, and for parameters within their bounds
        }
        byte[] forged = right.clone();
        forged[at] ^= 0x41;
        assertRefused(joiner, forged, appHash);
      }
      assertRefused(joiner, Arrays.copyOf(right, right.length - 1), appHash);
      assertRefused(joiner, Arrays.copyOf(right, right.length + 1), appHash);
      assertRefused(joiner, right, new byte[32]);
      byte[] otherApp = right.clone();
      String text = new String(right, params, stores - params, US_ASCII);
      otherApp[params + text.indexOf(" 2 ed25519") + 1] = '1';
      assertRefused(joiner, otherApp, appHash);
      byte[] noBytes = right.clone();
      noBytes[params] = '-';
      assertRefused(joiner, noBytes, appHash);
      assertThat(joiner.application().info().lastBlockHeight()).isZero();
      assertThat(joiner.node().generations()).hasSize(1);

      assertThat(takes(joiner, right, appHash)).isEqualTo(ApplySnapshotChunkResult.ACCEPT);
      assertThat(joiner.root()).isEqualTo(provider.root());
    }
  }

  @Test
  void hostileMetadataAreRefusedBeforeAnythingIsFetched() throws Exception {
    try (TestNode provider = upgraded("provider");
        TestNode joiner = joiner().open()) {
      Snapshot good = newest(provider);
      byte[] hash = provider.application().info().lastBlockAppHash();
      for (byte[] metadata :
          List.of(
              new byte[0],
              new byte[7],
              Arrays.copyOf(good.metadata(), good.metadata().length + 1),
              Arrays.copyOf(good.metadata(), good.metadata().length + 32),
              sized(good, Long.MAX_VALUE),
              sized(good, -1),
              sized(good, 0),
              sized(good, 1L << 40),
              new byte[SMALL_CHUNKS.metadataBytes() + 32])) {
        assertThat(offer(joiner, hashed(good.height(), metadata, good.chunks()), hash))
            .isEqualTo(OfferSnapshotResult.REJECT);
      }
      assertThat(offer(joiner, hashed(good.height(), good.metadata(), good.chunks() + 1), hash))
          .isEqualTo(OfferSnapshotResult.REJECT);
      assertThat(offer(joiner, hashed(0, good.metadata(), good.chunks()), hash))
          .isEqualTo(OfferSnapshotResult.REJECT);
      assertThat(offer(joiner, hashed(-1, good.metadata(), good.chunks()), hash))
          .isEqualTo(OfferSnapshotResult.REJECT);
      assertThat(offer(joiner, good, new byte[31])).isEqualTo(OfferSnapshotResult.REJECT);
      Snapshot other = new Snapshot(good.height(), 1, good.chunks(), new byte[32], good.metadata());
      assertThat(offer(joiner, other, hash)).isEqualTo(OfferSnapshotResult.REJECT);
      Snapshot later = new Snapshot(good.height(), 2, good.chunks(), good.hash(), good.metadata());
      assertThat(offer(joiner, later, hash)).isEqualTo(OfferSnapshotResult.REJECT_FORMAT);
      assertThat(apply(joiner, 0, new byte[1]).result()).isEqualTo(ApplySnapshotChunkResult.ABORT);
    }
  }

  @Test
  void aNodeThatWasKilledBeforeCometBftKnewOfItsStateTakesTheSameSnapshotAgain() throws Exception {
    try (TestNode provider = upgraded("provider");
        TestNode joiner = joiner().open()) {
      offer(joiner, provider);
      applyAll(joiner, provider);
      try (TestNode again = joiner.restart()) {
        assertThat(offer(again, newest(provider), new byte[32]))
            .isEqualTo(OfferSnapshotResult.REJECT);
        assertThat(offer(again, provider)).isEqualTo(OfferSnapshotResult.ACCEPT);
        applyAll(again, provider);
        provider.block(CounterModule.tx());
        again.block(CounterModule.tx());
        assertThat(again.root()).isEqualTo(provider.root());
        assertThat(folder.resolve("joiner/data/snapshots/offered")).doesNotExist();
      }
    }
  }

  @Test
  void aNodeWithOtherBlocksOrWithoutItsGenesisTakesNone() throws Exception {
    try (TestNode provider = upgraded("provider");
        TestNode joiner = joiner().open()) {
      byte[] appHash = provider.application().info().lastBlockAppHash();
      provider.block(CounterModule.tx());
      assertThat(offer(provider, newest(provider), appHash)).isEqualTo(OfferSnapshotResult.REJECT);
      Files.delete(folder.resolve("joiner/config/genesis.json"));
      assertThat(offer(joiner, provider)).isEqualTo(OfferSnapshotResult.REJECT);
    }
  }

  @Test
  void makesThemAtTheIntervalAndKeepsTheNewest() throws Exception {
    try (TestNode node = upgraded("provider")) {
      assertThat(heights(node)).containsExactly(6L, 4L);
      node.settings(provider(new SnapshotSettings(7, 1)));
      node.block();
      node.until("a snapshot", () -> heights(node).equals(List.of(7L)));
      node.settings(provider(SnapshotSettings.OFF));
      node.blocksUntil(14);
      assertThat(heights(node)).containsExactly(7L);
      assertThat(node.application().loadSnapshotChunk(new LoadSnapshotChunkRequest(6, 1, 0)))
          .isEmpty();
      assertThat(node.application().loadSnapshotChunk(new LoadSnapshotChunkRequest(7, 2, 0)))
          .isEmpty();
    }
  }

  @Test
  void whatWasLeftHalfWrittenIsRemovedAtTheStartAndTheRestStays() throws Exception {
    TestNode node = upgraded("provider");
    Path snapshots = folder.resolve("provider/data/snapshots");
    Files.createDirectories(snapshots.resolve("incoming-half"));
    Files.write(snapshots.resolve("incoming-half/chunks"), new byte[100]);
    Files.write(snapshots.resolve("4/metadata"), new byte[100]);
    try (TestNode again = node.restart()) {
      assertThat(snapshots.resolve("incoming-half")).doesNotExist();
      assertThat(snapshots.resolve("4")).doesNotExist();
      assertThat(heights(again)).containsExactly(6L);
    }
  }

  @Test
  void aSnapshotOfABlockThatIsTakenBackIsRemoved() throws Exception {
    try (TestNode again = upgraded("provider").rollback()) {
      assertThat(again.height()).isEqualTo(LAST - 1);
      assertThat(heights(again)).containsExactly(4L);
    }
  }

  @Test
  void aDamagedChunkIsNeverHandedOut() throws Exception {
    try (TestNode node = upgraded("provider")) {
      byte[] bytes = Files.readAllBytes(chunks("provider"));
      bytes[300] ^= 1;
      Files.write(chunks("provider"), bytes);
      assertThat(node.application().loadSnapshotChunk(new LoadSnapshotChunkRequest(6, 1, 1)))
          .isEmpty();
      assertThat(heights(node)).containsExactly(4L);
    }
  }

  @Test
  void aDiskThatRefusesIsToldAndBlocksGoOn() throws Exception {
    try (TestNode node = upgraded("provider")) {
      Path snapshots = folder.resolve("provider/data/snapshots");
      Path incoming = snapshots.resolve("incoming-made");
      Files.createDirectories(incoming.resolve("in the way/of it"));
      node.blocksUntil(8);
      node.until("the hold", () -> !node.node().holds().isEmpty());
      assertThat(node.node().holds().get(0).part()).isEqualTo("snapshots");
      assertThat(node.node().holds().get(0).stopsBlocks()).isFalse();
      assertThat(node.node().status().heldFor()).isEmpty();
      Files.delete(incoming.resolve("in the way/of it"));
      Files.delete(incoming.resolve("in the way"));
      node.blocksUntil(10);
      node.until("a snapshot", () -> heights(node).equals(List.of(10L, 6L)));
      assertThat(node.node().holds()).isEmpty();
    }
  }

  @Test
  void aFullDiskHoldsTheRestorationUntilThereIsRoom() throws Exception {
    FullDisk disk = new FullDisk(new InMemoryStore());
    try (TestNode provider = upgraded("provider");
        TestNode joiner = joiner().withStore(disk.store).open()) {
      Snapshot snapshot = newest(provider);
      offer(joiner, provider);
      int last = snapshot.chunks() - 1;
      for (int i = 0; i < last; i++) {
        apply(joiner, i, chunk(provider, snapshot, i));
      }
      disk.fill("bulkWriter");
      CompletableFuture<ApplySnapshotChunkResponse> answer =
          applyAsync(joiner, last, chunk(provider, snapshot, last));
      assertHeld(joiner, answer);

      disk.free();
      joiner.node().retry();
      assertThat(joiner.await(answer).result()).isEqualTo(ApplySnapshotChunkResult.ACCEPT);
      assertThat(joiner.root()).isEqualTo(provider.root());
      assertThat(joiner.node().holds()).isEmpty();
    }
  }

  @Test
  void aDiskTooSmallForTheSnapshotHoldsItsFirstChunk() throws Exception {
    assumeTrue(SmallDisk.permitted(), "skipped: this process may not mount a small disk");
    try (SmallDisk disk = SmallDisk.at(folder.resolve("joiner/data/snapshots"), 1 << 20);
        TestNode provider = upgraded("provider");
        TestNode joiner = joiner().open()) {
      Snapshot snapshot = newest(provider);
      assertThat(offer(joiner, provider)).isEqualTo(OfferSnapshotResult.ACCEPT);
      disk.fill();
      CompletableFuture<ApplySnapshotChunkResponse> answer =
          applyAsync(joiner, 0, chunk(provider, snapshot, 0));
      assertHeld(joiner, answer);

      disk.free();
      joiner.node().retry();
      assertThat(joiner.await(answer).result()).isEqualTo(ApplySnapshotChunkResult.ACCEPT);
      assertThat(joiner.node().holds()).isEmpty();
    }
  }

  private static void assertHeld(TestNode joiner, CompletableFuture<?> answer) throws Exception {
    joiner.until("the hold", () -> !joiner.node().holds().isEmpty());
    NodeHold hold = joiner.node().holds().get(0);
    assertThat(hold.part()).isEqualTo("state sync");
    assertThat(hold.reason()).isEqualTo("DISK_FULL");
    assertThat(hold.message()).contains("the snapshot of height " + LAST + " can't be taken");
    assertThat(answer).isNotDone();
  }

  /** A chain that was upgraded, with a snapshot of its last height. */
  private TestNode upgraded(String name) throws Exception {
    TestNode node = bound(name, provider(new SnapshotSettings(2, 2))).start();
    node.deploy(chain.v2);
    node.block(CounterModule.tx(), PlanningModule.schedule("v2", UPGRADE, ""));
    for (long height = 2; height <= LAST; height++) {
      node.block(CounterModule.tx());
      if (height % 2 == 0) {
        long made = height;
        node.until("a snapshot", () -> heights(node).contains(made));
      }
    }
    // The one that is too many goes after the new one is there.
    node.until("two snapshots", () -> heights(node).equals(List.of(LAST, LAST - 2)));
    return node;
  }

  private static KernelSettings provider(SnapshotSettings snapshots) {
    return KernelSettings.DEFAULT.withSnapshots(snapshots);
  }

  private TestNode.Builder joiner() throws Exception {
    Path config = Files.createDirectories(folder.resolve("joiner/config"));
    Files.writeString(
        config.resolve("genesis.json"), "{\"chain_id\":\"" + TestNode.CHAIN_ID + "\"}");
    return bound("joiner", KernelSettings.DEFAULT);
  }

  private TestNode.Builder bound(String name, KernelSettings settings) throws Exception {
    Path home = Files.createDirectories(folder.resolve(name));
    return chain
        .node(home)
        .withSettings(settings)
        .withSnapshotLimits(SMALL_CHUNKS)
        .withAppState("{\"upgrade\":{\"generation\":\"" + genesisDigest() + "\"}}");
  }

  private String genesisDigest() throws Exception {
    try (TestNode node = chain.node(Files.createDirectories(folder.resolve("unbound"))).open()) {
      return node.node().status().generationDigest();
    }
  }

  private Path chunks(String name) {
    return folder.resolve(name + "/data/snapshots/" + LAST + "/chunks");
  }

  private static List<Long> heights(TestNode node) {
    return node.node().snapshots().stream().map(SnapshotStatus::height).toList();
  }

  private static List<String> hashes(TestNode node) {
    return node.application().listSnapshots().stream()
        .map(snapshot -> HexFormat.of().formatHex(snapshot.hash()))
        .toList();
  }

  private static Snapshot newest(TestNode provider) {
    return provider.application().listSnapshots().get(0);
  }

  private static OfferSnapshotResult offer(TestNode joiner, TestNode provider) {
    return offer(joiner, newest(provider), provider.application().info().lastBlockAppHash());
  }

  private static OfferSnapshotResult offer(TestNode joiner, Snapshot snapshot, byte[] appHash) {
    return joiner.application().offerSnapshot(new OfferSnapshotRequest(snapshot, appHash));
  }

  private static byte[] chunk(TestNode provider, Snapshot snapshot, int index) {
    return provider
        .application()
        .loadSnapshotChunk(new LoadSnapshotChunkRequest(snapshot.height(), 1, index));
  }

  private static void applyAll(TestNode joiner, TestNode provider) {
    Snapshot snapshot = newest(provider);
    for (int i = 0; i < snapshot.chunks(); i++) {
      assertThat(apply(joiner, i, chunk(provider, snapshot, i)).result())
          .isEqualTo(ApplySnapshotChunkResult.ACCEPT);
    }
  }

  /** The last chunk waits for the block loop, which has its turns from this thread. */
  private static ApplySnapshotChunkResponse apply(TestNode joiner, int index, byte[] chunk) {
    return joiner.await(applyAsync(joiner, index, chunk));
  }

  private static CompletableFuture<ApplySnapshotChunkResponse> applyAsync(
      TestNode joiner, int index, byte[] chunk) {
    ApplySnapshotChunkRequest request = new ApplySnapshotChunkRequest(index, chunk, "peer" + index);
    return CompletableFuture.supplyAsync(() -> joiner.application().applySnapshotChunk(request));
  }

  private static void assertRetry(ApplySnapshotChunkResponse response, int index) {
    assertThat(response.result()).isEqualTo(ApplySnapshotChunkResult.RETRY);
    assertThat(response.refetchChunks()).containsExactly(index);
    assertThat(response.rejectSenders()).containsExactly("peer" + index);
  }

  private static void assertRefused(TestNode joiner, byte[] body, byte[] appHash) throws Exception {
    assertThat(takes(joiner, body, appHash)).isEqualTo(ApplySnapshotChunkResult.REJECT_SNAPSHOT);
  }

  /** Offers a snapshot that somebody made up, with the right hash of every chunk. */
  private static ApplySnapshotChunkResult takes(TestNode joiner, byte[] body, byte[] appHash)
      throws Exception {
    List<byte[]> chunks = new ArrayList<>();
    for (int at = 0; at < body.length; at += SMALL_CHUNKS.chunkBytes()) {
      chunks.add(
          Arrays.copyOfRange(body, at, Math.min(body.length, at + SMALL_CHUNKS.chunkBytes())));
    }
    ByteBuffer metadata = ByteBuffer.allocate(Long.BYTES + 32 * chunks.size()).putLong(body.length);
    for (byte[] chunk : chunks) {
      metadata.put(HexFormat.of().parseHex(Sha256.of(chunk)));
    }
    Snapshot snapshot = SnapshotMetadata.read(LAST, metadata.array(), SMALL_CHUNKS).snapshot();
    assertThat(offer(joiner, snapshot, appHash)).isEqualTo(OfferSnapshotResult.ACCEPT);
    ApplySnapshotChunkResult last = ApplySnapshotChunkResult.UNKNOWN;
    for (int i = 0; i < chunks.size(); i++) {
      last = apply(joiner, i, chunks.get(i)).result();
    }
    return last;
  }

  private static byte[] sized(Snapshot snapshot, long size) {
    byte[] metadata = snapshot.metadata();
    ByteBuffer.wrap(metadata).putLong(size);
    return metadata;
  }

  /** A snapshot whose hash is right. */
  private static Snapshot hashed(long height, byte[] metadata, int chunks) {
    byte[] all =
        ByteBuffer.allocate(12 + metadata.length).putLong(height).putInt(1).put(metadata).array();
    byte[] hash = HexFormat.of().parseHex(Sha256.of(all));
    return new Snapshot(height, 1, chunks, hash, metadata);
  }
}
