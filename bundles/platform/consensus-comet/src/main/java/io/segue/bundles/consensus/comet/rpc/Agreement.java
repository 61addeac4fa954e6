package io.segue.bundles.consensus.comet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.kernel.api.abci.Abci.InfoResponse;
import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.engine.Engine.UnavailableException;
import io.segue.kernel.api.node.HoldingPart;
import io.segue.kernel.api.node.NodeHold;
import io.segue.kernel.api.node.RepeatedWork;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out that the network goes on without this node: CometBFT then stops its consensus for good,
 * while its process and its RPC stay up. Where no block has come for a while, though the node waits
 * for one, CometBFT's round state is looked at: the block that is proposed there has another app
 * hash than this node computed, or the peers are at later heights.
 *
 * <p>A thread of its own looks; any thread asks for what it found.
 */
public final class Agreement implements HoldingPart, AutoCloseable {
  /** So long without a block, before the round state is looked at. */
  static final long QUIET_MS = 4_000;

  /** So long without a block, before peers that are ahead are a reason. */
  static final long STILL_MS = 30_000;

  private static final long LOOK_MS = 1_000;
  private static final Logger log = LoggerFactory.getLogger(Agreement.class);

  private final RpcClient rpc;
  private final Application application;
  private final BooleanSupplier waits;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Agreement::daemon);
  private volatile Optional<NodeHold> found = Optional.empty();
  private long height = -1;
  private long sinceMs;

  /**
   * Looks at nothing before {@link #start}.
   *
   * @param waits whether CometBFT drives the node, and it is at no block
   */
  Agreement(RpcClient rpc, Application application, BooleanSupplier waits) {
    this.rpc = rpc;
    this.application = application;
    this.waits = waits;
  }

  /** Begins to look, every second. */
  public Agreement start() {
    // It says itself why it fails, and goes on.
    Future<?> unused =
        thread.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    return this;
  }

  @Override
  public Optional<NodeHold> hold() {
    return found;
  }

  @Override
  public void retry() {
    // It looks again by itself, and CometBFT has to be started again.
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void look() {
    RepeatedWork.once(
        () -> look(System.nanoTime() / 1_000_000),
        e -> log.warn("whether the network goes on is not known", e));
  }

  /** One look; by one thread at a time. */
  void look(long nowMs) {
    InfoResponse info = application.info();
    boolean moved = info.lastBlockHeight() != height;
    if (moved || !waits.getAsBoolean()) {
      if (moved && found.isPresent()) {
        log.info("Blocks come again");
      }
      height = info.lastBlockHeight();
      sinceMs = nowMs;
      found = Optional.empty();
      return;
    }
    long quietMs = nowMs - sinceMs;
    if (quietMs < QUIET_MS) {
      return;
    }
    try {
      JsonNode dump = rpc.call("dump_consensus_state", RpcClient.params());
      found(reason(dump, info.lastBlockAppHash(), quietMs));
    } catch (RpcErrorException | UnavailableException e) {
      log.debug("CometBFT does not show its round state: {}", e.getMessage());
    }
  }

  private Optional<NodeHold> reason(JsonNode dump, byte[] appHash, long quietMs) {
    JsonNode round = dump.path("round_state");
    long next = round.path("height").asLong();
    JsonNode header = round.path("proposal_block").path("header");
    if (next == height + 1 && header.path("app_hash").isTextual()) {
      byte[] agreed = CometJson.hex(header.path("app_hash"));
      if (!Arrays.equals(agreed, appHash)) {
        return Optional.of(refused(agreed, appHash));
      }
    }
    long ahead = 0;
    for (JsonNode peer : dump.path("peers")) {
      ahead = Math.max(ahead, peer.at("/peer_state/round_state/height").asLong());
    }
    return quietMs >= STILL_MS && ahead > next + 1 ? Optional.of(left(next)) : Optional.empty();
  }

  private NodeHold refused(byte[] agreed, byte[] appHash) {
    HexFormat hex = HexFormat.of();
    return new NodeHold(
        "engine",
        "DISAGREES",
        "no block comes after height "
            + height
            + ": the proposed one says that its app hash is "
            + hex.formatHex(agreed)
            + ", and this node computed "
            + hex.formatHex(appHash),
        "find what differs with segue diverge --with <RPC of a healthy node>; then remove the cause, go"
            + " back with segue rollback and cometbft rollback, and start again, or take the state"
            + " of a healthy node",
        true);
  }

  private NodeHold left(long next) {
    return new NodeHold(
        "engine",
        "STANDS_STILL",
        "CometBFT is at height " + next + " and does not go on, while peers are further",
        "read the end of CometBFT's log; after a CONSENSUS FAILURE start it again",
        true);
  }

  private void found(Optional<NodeHold> hold) {
    if (!hold.equals(found)) {
      hold.ifPresent(why -> log.error("{} ({})", why.text(), why.reason()));
      found = hold;
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "segue-comet-agreement");
    thread.setDaemon(true);
    return thread;
  }
}
