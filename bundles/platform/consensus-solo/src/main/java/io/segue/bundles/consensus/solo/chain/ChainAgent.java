package io.segue.bundles.consensus.solo.chain;

import io.segue.bundles.consensus.solo.agent.Agent;
import io.segue.bundles.consensus.solo.agent.AgentHold;
import io.segue.bundles.consensus.solo.chain.BlockMaker.Decided;
import io.segue.bundles.consensus.solo.chain.BlockMaker.Made;
import io.segue.bundles.consensus.solo.mempool.Mempool;
import io.segue.bundles.consensus.solo.store.BlockStore;
import io.segue.bundles.consensus.solo.wire.CommitCodec;
import io.segue.kernel.api.abci.Abci.CommitResponse;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.InfoResponse;
import io.segue.kernel.api.abci.Abci.InitChainResponse;
import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.engine.Engine.Block;
import io.segue.kernel.api.engine.Engine.Commit;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the blocks of a chain that one validator decides, and drives the application through them.
 *
 * <p>For each height, in this order: the block is written; FinalizeBlock; its results are written;
 * all of it is forced to disk; Commit; and then others hear of it. So a restart finds in the store
 * whatever the application lacks and replays it: it never makes another block of a height of which
 * it has stored one.
 *
 * <p>One thread calls {@link #doWork}. No call of it waits: while the application executes a block,
 * loads data for an upgrade, or holds, {@code doWork} returns 0 and the mempool and queries go on.
 * {@link #state}, {@link #head} and {@link #hold} may be read from any thread.
 *
 * <p>Whatever fails holds the chain, and is tried again. A disk that fails: the same step, with the
 * same block and the same results, so that nothing is decided or executed twice. Anything else: the
 * agent connects to the application as after a restart.
 */
public final class ChainAgent implements Agent {
  /** CheckTx is shut out for at most about this long by one slice of a re-check. */
  private static final long RECHECK_SLICE_NS = 5_000_000;

  /** A block that is due waits so long at most for transactions that are to be checked again. */
  private static final long RECHECK_PATIENCE_NS = 50_000_000;

  /**
   * While the genesis time is to come, the clock is looked at so often. As in CometBFT, the chain
   * waits for it; block times would else begin in the future and go on by a millisecond a block.
   */
  private static final long GENESIS_TIME_LOOK_NS = 1_000_000_000;

  private static final String RETRY =
      "remove the cause; upgrade:retry asks the application again, and so does a restart";
  private static final String MEMORY =
      "look into the log, and give the node more memory where it lacks some; the node tries again by"
          + " itself, upgrade:retry does it at once";

  private static final Logger log = LoggerFactory.getLogger(ChainAgent.class);

  private final Application application;
  private final Handshake handshake;
  private final BlockResults outcomes;
  private final BlockStore store;
  private final Mempool mempool;
  private final Proposer proposer;
  private final BlockMaker maker;
  private final Instant genesisTime;
  private final InstantSource clock;
  private final long blockIntervalNs;
  private final ChainListener listener;
  private final PendingCall pending;
  private final AgentHold hold;

  private volatile SoloState state = SoloState.CONNECT;
  private volatile @Nullable Head head;
  private volatile boolean stopping;

  private @Nullable ChainState chain;
  private @Nullable Made made;
  private @Nullable Decided decided;
  private @Nullable Executed executed;

  /** What the agent was at when it could not go on. */
  private SoloState interrupted = SoloState.CONNECT;

  private boolean scheduled;
  private long nextBlockNs;

  /** A decided block that is executed. */
  private record Executed(Decided decided, FinalizeBlockResponse results, ChainState next) {}

  public ChainAgent(
      Application application,
      BlockStore store,
      Mempool mempool,
      Genesis genesis,
      VoteSigner signer,
      InstantSource clock,
      long blockIntervalNs,
      ChainListener listener) {
    this.application = application;
    this.store = store;
    this.mempool = mempool;
    this.proposer = new Proposer(genesis.chainId(), signer);
    this.outcomes = new BlockResults(store);
    this.handshake = new Handshake(application, store, genesis, proposer.address());
    this.genesisTime = genesis.time();
    this.clock = clock;
    this.maker = new BlockMaker(application, mempool, proposer, clock);
    this.blockIntervalNs = blockIntervalNs;
    this.listener = listener;
    this.pending = new PendingCall(listener::wake);
    this.hold = new AgentHold("engine", true, listener::wake);
  }

  /** Where the engine is. */
  public SoloState state() {
    return state;
  }

  /** The newest committed block; empty before the first. */
  public Optional<Head> head() {
    return Optional.ofNullable(head);
  }

  /** What the application said of itself when it was asked at start. */
  public InfoResponse applicationInfo() {
    return handshake.info();
  }

  /** What the chain waits for where it can't go on. */
  public AgentHold hold() {
    return hold;
  }

  @Override
  public void stop() {
    stopping = true;
  }

  @Override
  public boolean isDone() {
    return state == SoloState.CLOSED;
  }

  @Override
  public int doWork(long nowNs) {
    try {
      return switch (state) {
        case CONNECT -> connect();
        case INFO -> connecting();
        case GENESIS -> genesis();
        case READY -> ready(nowNs);
        case FINALIZE -> finalizing();
        case COMMIT -> committing();
        case HELD -> held(nowNs);
        case CLOSED -> 0;
      };
    } catch (IOException | UncheckedIOException e) {
      SoloState at = state;
      hold.disk("data/blocks can't be read or written, and nothing is lost", e, nowNs);
      return held(at);
    } catch (ChainException e) {
      String why = Objects.requireNonNullElse(e.getMessage(), "unknown");
      hold.hold("ENGINE", why, RETRY, e.getCause() != null, nowNs, e.getCause());
      return reconnectLater();
    } catch (RuntimeException e) {
      hold.hold("ENGINE", "unexpected failure: " + FailureText.of(e), RETRY, true, nowNs, e);
      return reconnectLater();
    } catch (VirtualMachineError | LinkageError e) {
      hold.hold(
          "MACHINE", "the virtual machine failed: " + FailureText.of(e), MEMORY, true, nowNs, e);
      return reconnectLater();
    }
  }

  @Override
  public long wakeAtNs() {
    return switch (state) {
      case READY -> nextBlockNs;
      case HELD -> hold.wakeAtNs();
      default -> Long.MAX_VALUE;
    };
  }

  private int connect() {
    if (stopping) {
      return close();
    }
    made = null;
    decided = null;
    executed = null;
    pending.await("Info", handshake.connect());
    return state(SoloState.INFO);
  }

  private int connecting() {
    if (!pending.isAnswered()) {
      return stopping ? close() : 0;
    }
    Optional<ChainState> known = handshake.connected(pending.answer(InfoResponse.class));
    if (known.isPresent()) {
      resume(known.get());
      return 1;
    }
    pending.await("InitChain", handshake.initChain());
    return state(SoloState.GENESIS);
  }

  private int genesis() throws IOException {
    if (!pending.isAnswered()) {
      return stopping ? close() : 0;
    }
    resume(handshake.started(pending.answer(InitChainResponse.class)));
    return 1;
  }

  private void resume(ChainState from) {
    chain = from;
    mempool.startWith(proposer.space(from));
    Optional<Commit> seen = store.seenCommit(from.height());
    seen.ifPresent(commit -> head = new Head(from, commit));
    log.info("the chain goes on after height {}", from.height());
    listener.resumed(seen.isPresent() ? from.height() : 0);
    hold.over();
    state(SoloState.READY);
  }

  private int ready(long nowNs) throws IOException {
    if (stopping) {
      return close();
    }
    long next = chain().height() + 1;
    if (store.lastBlock().orElse(0L) >= next) {
      return replay(next);
    }
    if (made != null) {
      return propose(made);
    }
    if (head == null && genesisTime.isAfter(clock.instant())) {
      hold.await(
          "GENESIS_TIME",
          "genesis_time " + genesisTime + " is to come; the first block is made then",
          "wait; where that time is over, fix the clock of this machine");
      nextBlockNs = nowNs + GENESIS_TIME_LOOK_NS;
      return 0;
    }
    if (!scheduled) {
      scheduled = true;
      nextBlockNs = nowNs;
    }
    int rechecked = mempool.recheck(RECHECK_SLICE_NS);
    long lateNs = nowNs - nextBlockNs;
    if (lateNs < 0 || rechecked > 0 && lateNs < RECHECK_PATIENCE_NS) {
      return rechecked;
    }
    nextBlockNs = (lateNs < blockIntervalNs ? nextBlockNs : nowNs) + blockIntervalNs;
    Commit lastCommit = head().map(Head::seen).orElse(CommitCodec.NONE);
    return propose(maker.make(chain(), lastCommit));
  }

  private int replay(long height) {
    log.info("replaying block {} of {}", height, store.lastBlock().orElseThrow());
    Block block = store.block(height).orElseThrow();
    return execute(Decided.before(block, store.seenCommit(height).orElseThrow()));
  }

  /** A block that is signed stays the block of its height, however often it has to be written. */
  private int propose(Made block) throws IOException {
    made = block;
    store.putBlock(block.encoded(), block.decided().seen());
    made = null;
    hold.over();
    return execute(block.decided());
  }

  private int execute(Decided next) {
    decided = next;
    pending.await(
        "FinalizeBlock", application.finalizeBlock(chain().request(next.block(), List.of())));
    return state(SoloState.FINALIZE);
  }

  private int finalizing() throws IOException {
    if (!pending.isAnswered()) {
      return stopping ? close() : mempool.recheck(RECHECK_SLICE_NS);
    }
    FinalizeBlockResponse results = pending.answer(FinalizeBlockResponse.class);
    Decided block = Objects.requireNonNull(decided);
    ChainState next = handshake.checked(stateAfter(block.block(), results));
    outcomes.keep(next, results);
    hold.over();
    executed = new Executed(block, results, next);
    mempool.beginCommit();
    try {
      pending.await("Commit", application.commit());
    } catch (RuntimeException | Error e) {
      mempool.dropCommit();
      throw e;
    }
    return state(SoloState.COMMIT);
  }

  private ChainState stateAfter(Block block, FinalizeBlockResponse results) {
    try {
      return chain().after(block, results);
    } catch (IllegalArgumentException e) {
      throw new ChainException(
          "the application's answer for block "
              + block.header().height()
              + " is refused: "
              + e.getMessage()
              + "; nothing of the block is kept, start code that answers as CometBFT demands");
    }
  }

  private int committing() {
    if (!pending.isAnswered()) {
      return 0;
    }
    CommitResponse response;
    try {
      response = pending.answer(CommitResponse.class);
    } catch (ChainException e) {
      mempool.dropCommit();
      throw e;
    }
    Executed done = Objects.requireNonNull(executed);
    Block block = done.decided().block();
    mempool.endCommit(
        done.decided().txHashes(), done.results().txResults(), proposer.space(done.next()));
    chain = done.next();
    head = new Head(done.next(), done.decided().seen());
    decided = null;
    executed = null;
    log.debug("committed block {}, {} transactions", block.header().height(), block.txs().size());
    listener.committed(block, done.results(), response.retainHeight());
    return state(SoloState.READY);
  }

  private int held(long nowNs) {
    if (stopping) {
      return close();
    }
    return hold.due(nowNs) ? state(interrupted) : 0;
  }

  /** Waits, and goes on with the same step. */
  private int held(SoloState at) {
    interrupted = at;
    return state(SoloState.HELD);
  }

  /** Waits, and begins as after a restart. */
  private int reconnectLater() {
    return held(SoloState.CONNECT);
  }

  private int close() {
    decided = null;
    return state(SoloState.CLOSED);
  }

  private int state(SoloState next) {
    log.debug("{} -> {}", state, next);
    state = next;
    return 1;
  }

  private ChainState chain() {
    return Objects.requireNonNull(chain);
  }
}
