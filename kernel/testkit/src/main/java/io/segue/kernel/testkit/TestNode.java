package io.segue.kernel.testkit;

import io.segue.kernel.admission.artifact.ArtifactSource;
import io.segue.kernel.api.abci.Abci.CommitInfo;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.FinalizeBlockRequest;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.InitChainRequest;
import io.segue.kernel.api.abci.Abci.InitChainResponse;
import io.segue.kernel.api.abci.Abci.QueryRequest;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.node.HoldingPart;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.Node.DeployOptions;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.upgrade.Sidecar;
import io.segue.kernel.core.block.BlockState;
import io.segue.kernel.core.generation.BundleSpace;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.node.Kernel;
import io.segue.kernel.core.node.KernelSettings;
import io.segue.kernel.core.node.SnapshotSettings;
import io.segue.kernel.core.snapshot.SnapshotLimits;
import io.segue.kernel.testkit.internal.JarBundleSpace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A node for tests: the production kernel on the state store and the bundles that the test gives,
 * whose block loop gets its turns from the test's own thread, at a time that the test sets.
 *
 * <pre>{@code
 * try (TestNode node = aNode(folder).withGenesis(genesis).start()) {
 *   node.block(PlainTx.of("/test.Inc", new byte[0]));
 *   assertThat(node.height()).isEqualTo(1);
 * }
 * }</pre>
 */
public final class TestNode implements AutoCloseable {
  /** The chain's identifier, where the test names no other. */
  public static final String CHAIN_ID = "test-1";

  /** Seconds between two blocks. */
  public static final long BLOCK_SECONDS = 1;

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final long LIMIT_MS = 60_000;

  /** Pause of a loop that has nothing to do, so that what it waits for gets the processor. */
  private static final long IDLE_NS = 50_000;

  private final Builder parts;
  private final Kernel kernel;
  private Duration skipped = Duration.ZERO;
  private long nowNs = START.getEpochSecond() * 1_000_000_000;

  private TestNode(Builder parts) throws IOException {
    this.parts = parts;
    try {
      this.kernel = Kernel.open(parts.ofKernel());
    } catch (GenerationException e) {
      throw new IllegalArgumentException(e.text(), e);
    }
  }

  /** Describes a node whose folder is {@code home}. */
  public static Builder aNode(Path home) {
    return new Builder(home);
  }

  /** What a node is made of. */
  public static final class Builder {
    private final Path home;
    private StateStore store = new InMemoryStore();
    private BundleSpace space = new FakeBundles().space();
    private byte[] genesis = {};
    private String appState = "{}";
    private String chainId = CHAIN_ID;
    private long initialHeight = 1;
    private ConsensusParams consensusParams = ConsensusParams.defaults(1);
    private Crypto crypto = new PlainPlatform();
    private @Nullable Sidecar sidecar;
    private List<HoldingPart> holding = List.of();
    private KernelSettings settings = KernelSettings.DEFAULT;
    private SnapshotLimits snapshotLimits = SnapshotLimits.DEFAULT;

    private Builder(Path home) {
      this.home = home;
    }

    /** A state store; an empty one in memory where this is not called. */
    public Builder withStore(StateStore given) {
      store = given;
      return this;
    }

    /** Parts of the node besides the kernel, which may hold. */
    public Builder withParts(HoldingPart... given) {
      holding = List.of(given);
      return this;
    }

    /** What declared the artifacts of this node. */
    public Builder withBundles(FakeBundles given) {
      return withSpace(given.space());
    }

    /** Where bundles become classes. */
    Builder withSpace(BundleSpace given) {
      space = given;
      return this;
    }

    /** The artifact of generation genesis. */
    public Builder withGenesis(byte[] artifact) {
      genesis = artifact.clone();
      return this;
    }

    /**
     * Generation genesis of all jars in a folder, as real bundles without a framework.
     *
     * @param modules jars of modules that the chain has besides, as if the genesis had named them
     */
    public Builder withGenesisOf(Path folder, Path... modules) throws IOException {
      space = new JarBundleSpace();
      return withGenesis(Bundles.genesis(folder, modules));
    }

    /** The {@code app_state} of the genesis file. */
    public Builder withAppState(String json) {
      appState = json;
      return this;
    }

    /** The first height; that of an exported genesis is above 1. */
    public Builder withInitialHeight(long height) {
      initialHeight = height;
      return this;
    }

    /** What the genesis says about consensus; CometBFT's defaults where this is not called. */
    public Builder withConsensusParams(ConsensusParams given) {
      consensusParams = given;
      return this;
    }

    /** The chain's identifier. */
    public Builder withChainId(String given) {
      chainId = given;
      return this;
    }

    /** Cryptography; without it no signature is right. */
    public Builder withCrypto(Crypto given) {
      crypto = given;
      return this;
    }

    /** The one sidecar there is. */
    public Builder withSidecar(Sidecar given) {
      sidecar = given;
      return this;
    }

    /**
     * Has the node make snapshots.
     *
     * @param interval heights that it divides have one; 0 for none
     * @param keepRecent how many are kept; 0 for all
     */
    public Builder withSnapshots(long interval, int keepRecent) {
      return withSettings(settings.withSnapshots(new SnapshotSettings(interval, keepRecent)));
    }

    /** The operator's settings at the start. */
    Builder withSettings(KernelSettings given) {
      settings = given;
      return this;
    }

    /** Other limits of snapshots than the format has: small chunks make many of a small state. */
    Builder withSnapshotLimits(SnapshotLimits given) {
      snapshotLimits = given;
      return this;
    }

    /**
     * Opens the node; a chain without state gets its genesis.
     *
     * @throws IllegalArgumentException where the node does not start with this genesis, or with
     *     what its folder has; the message says what is refused, why, and what to do
     */
    public TestNode start() throws IOException {
      TestNode node = open();
      if (store.height() < 0) {
        node.await(node.initChain(appState));
      }
      return node;
    }

    /**
     * Opens the node and does nothing more.
     *
     * @throws IllegalArgumentException as {@link #start}
     */
    public TestNode open() throws IOException {
      return new TestNode(this);
    }

    private Kernel.Parts ofKernel() {
      return new Kernel.Parts(
          home,
          store,
          crypto,
          space,
          () -> ArtifactSource.archive(genesis),
          name -> Optional.ofNullable(sidecar).filter(s -> s.name().equals(name)),
          settings,
          () -> holding,
          List::of,
          snapshotLimits,
          () -> {});
    }
  }

  /** Asks for the chain's start; the caller gives the loop its turns. */
  public CompletableFuture<InitChainResponse> initChain(String appState) {
    return application()
        .initChain(
            new InitChainRequest(
                START,
                parts.chainId,
                parts.consensusParams,
                List.of(),
                appState.getBytes(StandardCharsets.UTF_8),
                parts.initialHeight))
        .toCompletableFuture();
  }

  /**
   * Stops this node and starts another one on the same folder and state.
   *
   * @throws IllegalArgumentException as {@link Builder#start}
   */
  public TestNode restart() throws IOException {
    close();
    return parts.start();
  }

  /**
   * Stops this node, takes its state back by one height, and starts another one on it.
   *
   * @throws IllegalArgumentException as {@link Builder#start}
   */
  public TestNode rollback() throws IOException {
    close();
    parts.store.rollback();
    return parts.start();
  }

  /** What engines call. */
  public Application application() {
    return kernel.application();
  }

  /** What operators see. */
  public Node node() {
    return kernel.node();
  }

  /** The state at a height as a genesis document; 0 for the last height. */
  public String export(long height) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      kernel.export().write(height, out);
      return out.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Last committed height. */
  public long height() {
    return kernel.store().height();
  }

  /** Roots of the stores at the last committed height, hex, by name. */
  public SortedMap<String, String> roots() {
    return roots(height());
  }

  /** Roots of the stores at a height, hex, by name. */
  public SortedMap<String, String> roots(long height) {
    SortedMap<String, String> roots = new TreeMap<>();
    kernel
        .store()
        .roots(height)
        .forEach((name, root) -> roots.put(name, HexFormat.of().formatHex(root)));
    return roots;
  }

  /** App hash of the last committed height, hex. */
  public String root() {
    return HexFormat.of().formatHex(kernel.store().appHash(height()));
  }

  /** What the block loop is doing. */
  BlockState state() {
    return kernel.loop().state();
  }

  /** Executes and commits the next block. */
  public FinalizeBlockResponse block(byte[]... txs) {
    FinalizeBlockResponse response = await(finalizeBlock(txs));
    commit();
    return response;
  }

  /** Executes and commits empty blocks up to a height. */
  public void blocksUntil(long height) {
    while (height() < height) {
      block();
    }
  }

  /** Makes the time of the blocks to come so much later. */
  public void skip(Duration time) {
    skipped = skipped.plus(time);
  }

  /** Asks for the next block; the caller gives the loop its turns. */
  public CompletableFuture<FinalizeBlockResponse> finalizeBlock(byte[]... txs) {
    long height = height() + 1;
    return application()
        .finalizeBlock(
            new FinalizeBlockRequest(
                List.of(txs),
                CommitInfo.EMPTY,
                List.of(),
                new byte[32],
                height,
                START.plusSeconds(height * BLOCK_SECONDS).plus(skipped),
                new byte[32],
                new byte[20]))
        .toCompletableFuture();
  }

  /** Commits the finalized block. */
  public void commit() {
    await(application().commit().toCompletableFuture());
  }

  /** Gives the loop one turn, {@code ms} milliseconds after the last. */
  public int turn(long ms) {
    nowNs += ms * 1_000_000;
    return kernel.loop().doWork(nowNs);
  }

  /** Gives the loop turns, a millisecond apart, until the condition holds; fails after a minute. */
  public void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT_MS * 1_000_000;
    while (!condition.getAsBoolean()) {
      if (turn(1) == 0) {
        LockSupport.parkNanos(IDLE_NS);
      }
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "waited for " + what + " in vain; the loop is " + state() + ", " + node().upgrade());
      }
    }
  }

  /** Gives the loop turns until the answer is there. */
  public <T> T await(CompletableFuture<T> answer) {
    until("an answer", answer::isDone);
    try {
      return answer.get(0, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** Asks at the last committed height. */
  public QueryResponse query(String path, byte[] data) {
    return query(path, data, 0);
  }

  /** Asks at a height. */
  public QueryResponse query(String path, byte[] data, long height) {
    return application().query(new QueryRequest(data, path, height, false));
  }

  /** Has other settings count in the running node, as a changed file in {@code etc/} does. */
  void settings(KernelSettings next) {
    kernel.settings(next);
  }

  /** Deploys an artifact as an operator does. */
  public Node.Deployed deploy(byte[] artifact) throws Node.DeployException {
    return deploy(artifact, DeployOptions.NONE);
  }

  /** Deploys an artifact in place of the bytes with the digest in the plan. */
  public Node.Deployed deployInsteadOf(String digest, byte[] artifact) throws Node.DeployException {
    return deploy(artifact, new DeployOptions(Optional.of(digest)));
  }

  private Node.Deployed deploy(byte[] artifact, DeployOptions options) throws Node.DeployException {
    try {
      Path file = Files.createTempFile(parts.home, "deployed", ".zip");
      Files.write(file, artifact);
      try {
        return node().deploy(file, options);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kernel.loop().close();
    kernel.close();
  }
}
