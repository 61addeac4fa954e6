package io.segue.kernel.testkit;

import static io.segue.kernel.testkit.CounterModule.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.abci.Abci.AbciParams;
import io.segue.kernel.api.abci.Abci.CommitInfo;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.ExtendVoteRequest;
import io.segue.kernel.api.abci.Abci.ExtendedCommitInfo;
import io.segue.kernel.api.abci.Abci.ExtendedVoteInfo;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.PrepareProposalRequest;
import io.segue.kernel.api.abci.Abci.ProposalStatus;
import io.segue.kernel.api.abci.Abci.VerifyVoteExtensionRequest;
import io.segue.kernel.api.abci.Abci.VoteInfo;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.VoteExtension;
import io.segue.kernel.core.block.BlockState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Votes of a node carry what its generation gives, from one upgrade to the next. */
class VoteExtensionTest {
  private static final byte[] VALIDATOR = {1};
  private static final String NOTHING = "";

  /** Of the plan that brings the module, of the one that changes it, and of the one without it. */
  private static final long V2 = 4;

  private static final long V3 = 8;
  private static final long V4 = 12;

  @TempDir Path folder;

  private final FakeBundles bundles = new FakeBundles();
  private final byte[] genesis =
      bundles
          .generation("genesis")
          .module(CounterModule.one())
          .module(new PlanningModule())
          .artifact();
  private final byte[] v2 = bundles.generation("v2").module("1.0.0", new Witness("two")).artifact();
  private final byte[] v3 =
      bundles.generation("v3").module("2.0.0", new Witness("three")).artifact();
  private final byte[] v4 = bundles.generation("v4").removed("witness").artifact();

  @Test
  void theyAreThoseOfTheCodeOfTheBlockAndThereAreNoneWhereItChanges() throws Exception {
    try (TestNode node =
        TestNode.aNode(folder)
            .withBundles(bundles)
            .withGenesis(genesis)
            .withConsensusParams(extendedFromTheFirstHeight())
            .start()) {
      node.block(PlanningModule.schedule("v2", V2, ""));
      node.deploy(v2);
      until(node, V2 + 1, NOTHING, "odd", NOTHING);
      node.deploy(v3);
      assertThat(votes(node)).isEqualTo("two");
      assertThat(block(node, NOTHING, PlanningModule.schedule("v3", V3, ""))).isEqualTo(NOTHING);
      until(node, V3, "two", "two", "two");
      until(node, V3 + 1, NOTHING, "two", NOTHING);
      node.block(PlanningModule.schedule("v4", V4, ""));
      node.deploy(v4);
      until(node, V4, "three", "three", "three");
      until(node, V4 + 3, NOTHING, "three", NOTHING);
    }
  }

  @Test
  void aNodeThatHoldsVotesWithoutThem() throws Exception {
    try (TestNode node =
        TestNode.aNode(folder)
            .withBundles(bundles)
            .withGenesis(
                bundles
                    .generation("genesis")
                    .module(CounterModule.one())
                    .module(new PlanningModule())
                    .module(new Witness("one"))
                    .artifact())
            .withConsensusParams(extendedFromTheFirstHeight())
            .start()) {
      node.block(PlanningModule.schedule("v2", V2, ""));
      assertThat(votes(node)).isEqualTo("one");
      node.blocksUntil(V2 - 1);
      CompletableFuture<FinalizeBlockResponse> held = node.finalizeBlock();
      node.until("held", () -> node.state() == BlockState.HELD);
      assertThat(votes(node)).isEqualTo(NOTHING);
      assertThat(verified(node, "one")).isEqualTo(ProposalStatus.REJECT);
      assertThat(verified(node, NOTHING)).isEqualTo(ProposalStatus.ACCEPT);
      assertThat(held).isNotDone();
    }
  }

  /**
   * Makes the blocks below a height.
   *
   * @param votes what the votes for them must carry
   * @param before what the votes for the block before carry, as its proposer has them
   * @param entries what each of them must have in front
   */
  private static void until(
      TestNode node, long height, String votes, String before, String entries) {
    while (node.height() + 1 < height) {
      assertThat(votes(node)).as("for block " + (node.height() + 1)).isEqualTo(votes);
      assertThat(block(node, before)).as("in block " + node.height()).isEqualTo(entries);
    }
  }

  /** Makes the next block as its proposer, where the votes before had an extension. */
  private static String block(TestNode node, String extension, byte[]... txs) {
    List<byte[]> proposed =
        node.application()
            .prepareProposal(
                new PrepareProposalRequest(
                    1 << 20,
                    List.of(txs),
                    new ExtendedCommitInfo(
                        0,
                        List.of(
                            new ExtendedVoteInfo(
                                VALIDATOR, 10, bytes(extension), new byte[64], VoteInfo.COMMIT))),
                    List.of(),
                    node.height() + 1,
                    Instant.EPOCH,
                    new byte[32],
                    new byte[20]));
    FinalizeBlockResponse response = node.block(proposed.toArray(byte[][]::new));
    assertThat(response.txResults()).extracting(ExecTxResult::code).allMatch(code -> code == 0);
    return response.txResults().stream()
        .flatMap(result -> result.events().stream())
        .filter(event -> event.type().equals("delivered"))
        .map(event -> event.attributes().get(0).value())
        .findFirst()
        .orElse(NOTHING);
  }

  private static String votes(TestNode node) {
    byte[] extension =
        node.application()
            .extendVote(
                new ExtendVoteRequest(
                    new byte[32],
                    node.height() + 1,
                    Instant.EPOCH,
                    List.of(),
                    CommitInfo.EMPTY,
                    List.of(),
                    new byte[32],
                    new byte[20]))
            .voteExtension();
    String text = new String(extension, StandardCharsets.US_ASCII);
    assertThat(verified(node, text)).isEqualTo(ProposalStatus.ACCEPT);
    return text;
  }

  private static ProposalStatus verified(TestNode node, String extension) {
    return node.application()
        .verifyVoteExtension(
            new VerifyVoteExtensionRequest(
                new byte[32], VALIDATOR, node.height() + 1, bytes(extension)));
  }

  private static ConsensusParams extendedFromTheFirstHeight() {
    ConsensusParams params = ConsensusParams.defaults(1);
    return new ConsensusParams(
        params.block(),
        params.evidence(),
        params.validator(),
        params.version(),
        Optional.of(new AbciParams(1)));
  }

  /** Says its word in every vote, and proposes what others said. */
  private record Witness(String word) implements Module, VoteExtension {
    @Override
    public String name() {
      return "witness";
    }

    @Override
    public List<String> stores() {
      return List.of();
    }

    @Override
    public long consensusVersion() {
      return 1;
    }

    @Override
    public Optional<VoteExtension> voteExtension() {
      return Optional.of(this);
    }

    @Override
    public byte[] extend(Context context, ExtendVoteRequest block) {
      return bytes(word);
    }

    @Override
    public boolean verify(Context context, VerifyVoteExtensionRequest vote) {
      return new String(vote.voteExtension(), StandardCharsets.US_ASCII).equals(word);
    }

    @Override
    public byte[] propose(Context context, ExtendedCommitInfo lastCommit) {
      return lastCommit.votes().get(0).voteExtension();
    }

    @Override
    public boolean accept(Context context, byte[] entry) {
      return new String(entry, StandardCharsets.US_ASCII).equals(word);
    }

    @Override
    public void deliver(Context context, byte[] entry) {
      context.emit(Event.of("delivered", "word", new String(entry, StandardCharsets.US_ASCII)));
    }
  }
}
