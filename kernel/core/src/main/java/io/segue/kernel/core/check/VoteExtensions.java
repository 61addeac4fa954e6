package io.segue.kernel.core.check;

import io.segue.kernel.api.abci.Abci.CommitInfo;
import io.segue.kernel.api.abci.Abci.ExtendVoteRequest;
import io.segue.kernel.api.abci.Abci.ExtendedCommitInfo;
import io.segue.kernel.api.abci.Abci.ExtendedVoteInfo;
import io.segue.kernel.api.abci.Abci.Misbehavior;
import io.segue.kernel.api.abci.Abci.PrepareProposalRequest;
import io.segue.kernel.api.abci.Abci.ProcessProposalRequest;
import io.segue.kernel.api.abci.Abci.VerifyVoteExtensionRequest;
import io.segue.kernel.api.guard.Guard;
import io.segue.kernel.api.guard.LimitError;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ExecMode;
import io.segue.kernel.api.module.VoteExtension;
import io.segue.kernel.core.exec.BlockHeader;
import io.segue.kernel.core.exec.ExecutionContext;
import io.segue.kernel.core.exec.ProposedEntry;
import io.segue.kernel.core.module.MessageRouter.ExtensionRoute;
import io.segue.kernel.core.module.ModuleSet;
import io.segue.kernel.core.overlay.Branch;
import io.segue.kernel.core.plan.PlanState;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the module that extends votes, before a block is decided; see {@link VoteExtension}. What
 * this node adds, an extension or an entry, is left out where the module fails, gives too much or
 * takes too long. What others add is checked by the committed state and the request alone.
 *
 * <p>Thread safety: any thread.
 */
public final class VoteExtensions implements AutoCloseable {
  /** Most time for what this node adds: half of what CometBFT waits for votes by default. */
  public static final long TIME_MS = 500;

  private static final byte[] NONE = {};
  private static final Logger LOG = LoggerFactory.getLogger(VoteExtensions.class);

  private final CheckState checkState;
  private final TimeLimit time;

  /** Extensions with what the last commit made visible. */
  public VoteExtensions(CheckState checkState) {
    this(checkState, TIME_MS);
  }

  VoteExtensions(CheckState checkState, long timeMs) {
    this.checkState = checkState;
    this.time = new TimeLimit(timeMs, "segue-votes");
  }

  /** The extension of this node's vote; empty for none. */
  public byte[] extend(ExtendVoteRequest block) {
    return inTime(
        "The vote for block " + block.height() + " has no extension",
        () -> checkState.look(now -> extension(now, block), () -> NONE));
  }

  /** Whether another validator's extension is acceptable. */
  public boolean verify(VerifyVoteExtensionRequest vote) {
    return vote.voteExtension().length == 0
        || checkState.look(now -> verified(now, vote), () -> false);
  }

  /** The entry of this node's proposal; empty for none. */
  byte[] propose(PrepareProposalRequest request) {
    boolean extended =
        request.localLastCommit().votes().stream().anyMatch(v -> v.voteExtension().length > 0);
    return extended
        ? inTime(
            "The proposal for height " + request.height() + " has no entry",
            () -> checkState.look(now -> entry(now, request), () -> NONE))
        : NONE;
  }

  /** Whether another proposer's entry belongs where it is. */
  boolean accepts(ProcessProposalRequest request) {
    return checkState.look(now -> accepted(now, request), () -> false);
  }

  @Override
  public void close() {
    time.close();
  }

  private static byte[] extension(QueryState now, ExtendVoteRequest block) {
    ExtensionRoute route = route(now, block.height(), block.height());
    if (route == null) {
      return NONE;
    }
    BlockHeader header =
        header(
            now,
            block.time(),
            block.proposerAddress(),
            block.proposedLastCommit(),
            block.misbehavior());
    byte[] extension = ask(now, header, route, (module, context) -> module.extend(context, block));
    return atMost(now.rules.limits().voteExtensionBytes(), extension);
  }

  private static boolean verified(QueryState now, VerifyVoteExtensionRequest vote) {
    ExtensionRoute route = route(now, vote.height(), vote.height());
    if (route == null || vote.voteExtension().length > now.rules.limits().voteExtensionBytes()) {
      return false;
    }
    try {
      return ask(now, now.next, route, (module, context) -> module.verify(context, vote));
    } catch (RuntimeException | LimitError e) {
      LOG.warn("Module {} failed to verify a vote's extension", route.owner().name, e);
      return false;
    } catch (Error e) {
      // Says nothing about the vote, which must not be lost by it.
      LOG.error("A vote's extension can't be verified, and is accepted", e);
      return true;
    }
  }

  private static byte[] entry(QueryState now, PrepareProposalRequest request) {
    ExtensionRoute route = route(now, request.height(), request.height() - 1);
    if (route == null) {
      return NONE;
    }
    ExtendedCommitInfo commit =
        bounded(request.localLastCommit(), now.rules.limits().voteExtensionBytes());
    BlockHeader header =
        header(
            now,
            request.time(),
            request.proposerAddress(),
            commit.withoutExtensions(),
            request.misbehavior());
    byte[] content = ask(now, header, route, (module, context) -> module.propose(context, commit));
    if (content.length == 0) {
      return NONE;
    }
    atMost(now.rules.limits().proposedEntryBytes(), content);
    if (!ask(now, header, route, (module, context) -> module.accept(context, content))) {
      throw new IllegalStateException(
          "module " + route.owner().name + " does not accept the entry that it proposes");
    }
    return ProposedEntry.of(content);
  }

  private static boolean accepted(QueryState now, ProcessProposalRequest request) {
    ExtensionRoute route = route(now, request.height(), request.height() - 1);
    byte[] content = ProposedEntry.content(request.txs().get(0));
    if (route == null
        || content.length == 0
        || content.length > now.rules.limits().proposedEntryBytes()) {
      return false;
    }
    BlockHeader header =
        header(
            now,
            request.time(),
            request.proposerAddress(),
            request.proposedLastCommit(),
            request.misbehavior());
    try {
      return ask(now, header, route, (module, context) -> module.accept(context, content));
    } catch (RuntimeException | Error e) {
      LOG.warn("Module {} failed to check a proposal's entry", route.owner().name, e);
      return false;
    }
  }

  /**
   * The module to ask about a block; null where the module of the block's generation has no say.
   *
   * @param height of the block, which is the next one
   * @param voted height of the block that the votes are for
   */
  private static @Nullable ExtensionRoute route(QueryState now, long height, long voted) {
    ExtensionRoute route = now.modules.voteExtension(now.next.consensusParams(), voted);
    boolean next = height == now.next.height();
    return route != null && next && !planDue(now, height) ? route : null;
  }

  private static boolean planDue(QueryState now, long height) {
    return new PlanState(new Branch(now.view).store(ModuleSet.UPGRADE), height, now.rules.plans())
        .plan()
        .filter(plan -> plan.height() <= height)
        .isPresent();
  }

  private static <T> T ask(
      QueryState now,
      BlockHeader header,
      ExtensionRoute route,
      BiFunction<VoteExtension, Context, T> question) {
    try (ExecutionContext run =
        new ExecutionContext(
            now.modules, now.rules, new Branch(now.view), header, ExecMode.PROPOSAL, "")) {
      run.begin(now.rules.limits().proposalGas());
      int opened = Guard.open();
      try {
        T answer = question.apply(route.extension(), run.context(route.owner()));
        run.gas.requireLeft();
        return answer;
      } finally {
        Guard.close(opened);
      }
    }
  }

  private byte[] inTime(String otherwise, Callable<byte[]> work) {
    try {
      return time.call(work);
    } catch (TimeoutException e) {
      LOG.warn("{}: {}", otherwise, e.getMessage());
    } catch (ExecutionException e) {
      LOG.warn("{}", otherwise, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return NONE;
  }

  private static byte[] atMost(int limit, byte[] given) {
    if (given.length > limit) {
      throw new IllegalStateException(
          "the module gives " + given.length + " bytes, the limit is " + limit);
    }
    return given;
  }

  /** Votes that came late were not verified: what is too large counts as none. */
  private static ExtendedCommitInfo bounded(ExtendedCommitInfo commit, int limit) {
    return new ExtendedCommitInfo(
        commit.round(),
        commit.votes().stream()
            .map(
                vote ->
                    vote.voteExtension().length <= limit
                        ? vote
                        : new ExtendedVoteInfo(
                            vote.validatorAddress(), vote.power(), NONE, NONE, vote.blockIdFlag()))
            .toList());
  }

  private static BlockHeader header(
      QueryState now,
      Instant time,
      byte[] proposer,
      CommitInfo lastCommit,
      List<Misbehavior> misbehavior) {
    return new BlockHeader(
        now.next.chainId(),
        now.next.height(),
        time,
        proposer,
        now.next.consensusParams(),
        lastCommit,
        misbehavior);
  }
}
