package io.segue.bundles.consensus.solo.replay;

import io.segue.bundles.consensus.solo.agent.Agent;
import io.segue.bundles.consensus.solo.blockfile.BlockFileItem;
import io.segue.bundles.consensus.solo.blockfile.BlockFileItem.Executed;
import io.segue.bundles.consensus.solo.blockfile.BlockFileReader;
import io.segue.bundles.consensus.solo.chain.ChainException;
import io.segue.bundles.consensus.solo.chain.ChainState;
import io.segue.bundles.consensus.solo.chain.Genesis;
import io.segue.bundles.consensus.solo.chain.PendingCall;
import io.segue.kernel.api.abci.Abci.CommitResponse;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.InfoResponse;
import io.segue.kernel.api.abci.Abci.InitChainResponse;
import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives an empty application through the blocks of a file, from genesis to the last one, and
 * compares what each block gives with what it gave before. Before the first block of a generation
 * that generation is brought; where it can't be had the replay holds, and goes on when it can.
 *
 * <p>One thread calls {@link #doWork}; no call of it waits for the application. {@link #state} may
 * be read by any thread.
 */
final class ReplayAgent implements Agent {
  /** Between two looks at what a replay waits for. */
  static final long LOOK_NS = 250_000_000;

  private static final Logger log = LoggerFactory.getLogger(ReplayAgent.class);

  private final Application application;
  private final Genesis genesis;
  private final Path file;
  private final GenerationSupply supply;
  private final ReplayReport report;
  private final PendingCall pending;

  private volatile ReplayState state = ReplayState.CONNECT;
  private volatile boolean stopping;
  private InfoResponse info = new InfoResponse("", "", 0, 0, new byte[0]);
  private BlockFileItem.@Nullable Generation wanted;
  private @Nullable BlockFileReader reader;
  private @Nullable ChainState chain;
  private @Nullable Executed executed;
  private @Nullable ChainState next;
  private String difference = "";
  private long lookAtNs;

  /**
   * A replay that has not begun.
   *
   * @param wake wakes the thread that calls {@link #doWork}; called from any thread
   */
  ReplayAgent(
      Application application,
      Genesis genesis,
      Path file,
      GenerationSupply supply,
      ReplayReport report,
      Runnable wake) {
    this.application = application;
    this.genesis = genesis;
    this.file = file;
    this.supply = supply;
    this.report = report;
    this.pending = new PendingCall(wake);
  }

  ReplayState state() {
    return state;
  }

  @Override
  public void stop() {
    stopping = true;
  }

  @Override
  public boolean isDone() {
    return state == ReplayState.CLOSED;
  }

  @Override
  public long wakeAtNs() {
    return lookAtNs;
  }

  @Override
  public int doWork(long nowNs) {
    try {
      if (stopping && state != ReplayState.COMMIT) {
        return close(nowNs);
      }
      return switch (state) {
        case CONNECT -> connect(nowNs);
        case GENESIS -> genesis(nowNs);
        case NEXT -> next(nowNs);
        case BUNDLES, HELD -> bundles(nowNs);
        case FINALIZE -> finalizing(nowNs);
        case COMMIT -> committing(nowNs);
        case DONE, FAILED, CLOSED -> 0;
      };
    } catch (ChainException | IOException e) {
      return fail(String.valueOf(e.getMessage()), nowNs);
    } catch (RuntimeException e) {
      log.error("the replay fails", e);
      return fail("unexpected failure: " + FailureText.of(e), nowNs);
    }
  }

  private int connect(long nowNs) throws IOException {
    info = application.info();
    if (info.lastBlockHeight() != 0) {
      throw new ChainException(
          "this home is at height "
              + info.lastBlockHeight()
              + " already, and a replay begins with nothing; name an empty --home");
    }
    reader = new BlockFileReader(file);
    reader.genesisTo(OutputStream.nullOutputStream());
    report.started(reader.chain(), nowNs);
    pending.await("InitChain", application.initChain(genesis.request()));
    return state(ReplayState.GENESIS, "", nowNs);
  }

  private int genesis(long nowNs) throws IOException {
    if (!pending.isAnswered()) {
      return 0;
    }
    chain = genesis.started(info, pending.answer(InitChainResponse.class));
    return state(ReplayState.NEXT, "", nowNs);
  }

  private int next(long nowNs) throws IOException {
    Optional<BlockFileItem> item = Objects.requireNonNull(reader).next();
    if (item.isEmpty()) {
      return state(ReplayState.DONE, "", nowNs);
    }
    if (item.get() instanceof BlockFileItem.Generation generation) {
      wanted = generation;
      return state(ReplayState.BUNDLES, "", nowNs);
    }
    if (item.get() instanceof BlockFileItem.Skipped skipped) {
      log.info("plan {} was skipped at height {}", skipped.name(), skipped.height());
      return 1;
    }
    executed = (Executed) item.get();
    HeaderCheck.require(chain(), executed.block().header());
    pending.await(
        "FinalizeBlock",
        application.finalizeBlock(chain().request(executed.block(), executed.misbehavior())));
    return state(ReplayState.FINALIZE, "", nowNs);
  }

  private int bundles(long nowNs) throws IOException {
    if (nowNs < lookAtNs) {
      return 0;
    }
    BlockFileItem.Generation generation = Objects.requireNonNull(wanted);
    GenerationSupply.Answer answer = supply.bring(generation);
    switch (answer.progress()) {
      case READY -> {
        lookAtNs = 0;
        report.brought(generation);
        return state(ReplayState.NEXT, "", nowNs);
      }
      case WORKING -> lookAtNs = nowNs + LOOK_NS / 10;
      case MISSING -> {
        lookAtNs = nowNs + LOOK_NS;
        state(ReplayState.HELD, answer.what(), nowNs);
      }
    }
    return 0;
  }

  private int finalizing(long nowNs) throws IOException {
    if (!pending.isAnswered()) {
      if (nowNs >= lookAtNs) {
        lookAtNs = nowNs + LOOK_NS;
        report.state(ReplayState.FINALIZE, supply.heldFor().orElse(""), nowNs);
      }
      return 0;
    }
    lookAtNs = 0;
    Executed block = Objects.requireNonNull(executed);
    next = chain().after(block.block(), pending.answer(FinalizeBlockResponse.class));
    difference = HeaderCheck.difference(next, block);
    pending.await("Commit", application.commit());
    return state(ReplayState.COMMIT, "", nowNs);
  }

  private int committing(long nowNs) throws IOException {
    if (!pending.isAnswered()) {
      return 0;
    }
    pending.answer(CommitResponse.class);
    Executed block = Objects.requireNonNull(executed);
    if (!difference.isEmpty()) {
      report.roots(supply.roots(block.block().header().height()));
      return fail(difference, nowNs);
    }
    chain = next;
    report.committed(block, nowNs);
    return state(ReplayState.NEXT, "", nowNs);
  }

  private int close(long nowNs) throws IOException {
    if (reader != null) {
      reader.close();
    }
    boolean ended = state == ReplayState.DONE || state == ReplayState.FAILED;
    if (ended) {
      state = ReplayState.CLOSED;
      return 1;
    }
    return state(ReplayState.CLOSED, "", nowNs);
  }

  private int fail(String why, long nowNs) {
    OptionalLong height = chain == null ? OptionalLong.empty() : OptionalLong.of(chain.height());
    log.error("the replay stops after height {}: {}", height.orElse(0), why);
    try {
      return state(ReplayState.FAILED, why, nowNs);
    } catch (IOException e) {
      log.error("its report can't be written", e);
      state = ReplayState.FAILED;
      return 1;
    }
  }

  private int state(ReplayState now, String what, long nowNs) throws IOException {
    if (now != state && (now == ReplayState.HELD || state == ReplayState.HELD)) {
      log.info("replay: {} -> {} {}", state, now, what);
    }
    state = now;
    report.state(now, what, nowNs);
    return 1;
  }

  private ChainState chain() {
    return Objects.requireNonNull(chain);
  }
}
