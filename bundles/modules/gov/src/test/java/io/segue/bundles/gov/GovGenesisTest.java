package io.segue.bundles.gov;

import static io.segue.bundles.gov.GovChain.A;
import static io.segue.bundles.gov.GovChain.B;
import static io.segue.bundles.gov.GovChain.GOV;
import static io.segue.bundles.gov.GovChain.deposit;
import static io.segue.bundles.gov.GovChain.proposal;
import static io.segue.bundles.gov.GovChain.upgradeTo;
import static io.segue.bundles.gov.GovChain.yes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.segue.bundles.gov.genesis.GovGenesis;
import io.segue.bundles.gov.proposal.ProposalLifecycle;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.proto.gov.Deposit;
import io.segue.bundles.sdk.proto.gov.GenesisState;
import io.segue.bundles.sdk.proto.gov.MsgCancelProposal;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.proto.gov.ProposalStatus;
import io.segue.bundles.sdk.proto.gov.QueryConstitutionRequest;
import io.segue.bundles.sdk.proto.gov.QueryConstitutionResponse;
import io.segue.bundles.sdk.proto.gov.Vote;
import io.segue.bundles.sdk.proto.upgrade.MsgCancelUpgrade;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GovGenesisTest {
  @Test
  void theDefaultIsEnoughToGovernWith() {
    String genesis = new String(GovGenesis.defaults(), StandardCharsets.UTF_8);
    try (GovChain chain = GovChain.startedWith(genesis, Coins.NONE)) {
      chain.succeed(proposal("100000stake", upgradeTo("v2", 1000)).build());
      chain.pass(1);
      assertThat(chain.proposal(1).getStatus())
          .isEqualTo(ProposalStatus.PROPOSAL_STATUS_DEPOSIT_PERIOD);
    }
  }

  @Test
  void whatIsExportedGivesTheSameState() {
    try (GovChain chain = GovChain.started()) {
      chain.succeed(
          proposal("10stake", upgradeTo("v2", 1000)).build(),
          proposal("1stake", upgradeTo("v2", 1000)).setMetadata("ipfs://x").build(),
          proposal("20stake", upgradeTo("v3", 1000)).setExpedited(true).build());
      chain.succeed(yes(A, 3), yes(B, 3), deposit(B, 2, "3stake"));
      chain.pass(3);
      chain.succeed(yes(B, 1));
      String exported = chain.chain().exportGenesis("gov");
      assertThat(exported).contains("\"starting_proposal_id\":\"4\"");
      try (GovChain copy = GovChain.startedWith(exported, Coins.parse("14stake"))) {
        assertThat(copy.chain().dump("gov")).isEqualTo(chain.chain().dump("gov"));
        copy.pass(GovChain.PERIOD_SECONDS + 1);
        assertThat(copy.proposal(1).getStatus()).isEqualTo(ProposalStatus.PROPOSAL_STATUS_PASSED);
        assertThat(copy.balance(B)).isEqualTo(GovChain.BALANCE + 3);
      }
    }
  }

  /** Chains that are older than proposers have such proposals. */
  @Test
  void aProposalWithoutProposerIsNobodysToCancel() {
    try (GovChain chain = GovChain.started()) {
      chain.succeed(proposal("1stake", upgradeTo("v2", 1000)).build());
      String exported =
          chain
              .chain()
              .exportGenesis("gov")
              .replaceAll("\"proposer\":\"[^\"]*\"", "\"proposer\":\"\"");
      try (GovChain copy = GovChain.startedWith(exported, Coins.parse("1stake"))) {
        ExecTxResult result =
            copy.run(MsgCancelProposal.newBuilder().setProposer(A).setProposalId(1).build());
        assertThat(result.code()).isEqualTo(21);
        assertThat(result.log())
            .contains("proposal 1 doesn't have proposer " + A + ", so cannot be canceled");
      }
    }
  }

  @Test
  void messagesThatJsonCanNotCarryAreExportedAsBytes() {
    try (GovChain chain = GovChain.started()) {
      Any unordered =
          Any.newBuilder()
              .setTypeUrl("/cosmos.upgrade.v1beta1.MsgCancelUpgrade")
              .setValue(authorityTwice())
              .build();
      chain.succeed(
          proposal("1stake", upgradeTo("v2", 1000)).build(),
          proposal("1stake").addMessages(unordered).build());
      String before = chain.chain().exportGenesis("gov");
      chain.removeUpgradeModule();
      String exported = chain.chain().exportGenesis("gov");

      assertThat(before)
          .contains("{\"@type\":\"/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade\",\"authority\":")
          .contains(
              "{\"@type\":\"/segue.gov.v1.OpaqueMessage\",\"type_url\":"
                  + "\"/cosmos.upgrade.v1beta1.MsgCancelUpgrade\",\"value\":");
      assertThat(exported)
          .contains("\"type_url\":\"/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade\",\"value\":");
      for (String genesis : List.of(before, exported)) {
        try (GovChain copy = GovChain.startedWith(genesis, Coins.parse("2stake"))) {
          assertThat(copy.chain().dump("gov")).isEqualTo(chain.chain().dump("gov"));
        }
      }
    }
  }

  @Test
  void aConstitutionIsKept() {
    GenesisState genesis = genesis().setConstitution("We, the validators").build();
    try (GovChain chain = GovChain.startedWith(genesis)) {
      chain.pass(1);
      assertThat(
              chain
                  .ask(
                      "/cosmos.gov.v1.Query/Constitution",
                      QueryConstitutionRequest.getDefaultInstance(),
                      QueryConstitutionResponse.parser())
                  .getConstitution())
          .isEqualTo("We, the validators");
      assertThat(chain.chain().exportGenesis("gov"))
          .contains("\"constitution\":\"We, the validators\"");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void refusesAGenesisThatContradictsItself(String reason, Consumer<GenesisState.Builder> change) {
    GenesisState.Builder genesis = genesis();
    change.accept(genesis);
    assertThatThrownBy(() -> GovChain.startedWith(genesis.build()).close())
        .hasStackTraceContaining(reason);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refused("params are missing", GenesisState.Builder::clearParams),
        refused(
            "quorum too large: 2.000000000000000000",
            g -> g.setParams(GovChain.params().setQuorum("2"))),
        refused("starting_proposal_id must be greater than 0", g -> g.setStartingProposalId(0)),
        refused(
            "proposal 9 is not below starting_proposal_id 9",
            g -> g.addProposals(rejected().setId(9))),
        refused(
            "proposal 1 stands twice", g -> g.addProposals(rejected()).addProposals(rejected())),
        refused("proposal 1 has no status", g -> g.addProposals(rejected().clearStatus())),
        refused(
            "proposal 1 has no final_tally_result",
            g -> g.addProposals(rejected().clearFinalTallyResult())),
        refused(
            "proposal 1 has no deposit_end_time",
            g ->
                g.addProposals(
                    rejected().setStatus(ProposalStatus.PROPOSAL_STATUS_DEPOSIT_PERIOD))),
        refused(
            "proposal 1 has no voting_start_time or voting_end_time",
            g ->
                g.addProposals(rejected().setStatus(ProposalStatus.PROPOSAL_STATUS_VOTING_PERIOD))),
        refused(
            "deposits on proposal 1 lack 5stake",
            g -> g.addProposals(open().addAllTotalDeposit(GovChain.coins("5stake")))),
        refused(
            "deposit of " + A + " on proposal 1 is not part of the proposal's total_deposit",
            g -> g.addDeposits(deposited(1, "5stake"))),
        refused(
            "deposit of " + A + " on proposal 1 stands twice",
            g ->
                g.addProposals(open().addAllTotalDeposit(GovChain.coins("5stake")))
                    .addDeposits(deposited(1, "2stake"))
                    .addDeposits(deposited(1, "3stake"))),
        refused(
            "the gov account lacks 5stake of the deposits",
            g ->
                g.addProposals(open().addAllTotalDeposit(GovChain.coins("5stake")))
                    .addDeposits(deposited(1, "5stake"))),
        refused(
            "vote of " + A + " on proposal 1 is on none in its voting period",
            g -> g.addVotes(Vote.newBuilder().setProposalId(1).setVoter(A))),
        refused(
            "deposit of nobody on proposal 1: decoding bech32 failed",
            g -> g.addDeposits(deposited(1, "5stake").setDepositor("nobody"))));
  }

  private static Arguments refused(String reason, Consumer<GenesisState.Builder> change) {
    return Arguments.of(reason, change);
  }

  private static GenesisState.Builder genesis() {
    return GenesisState.newBuilder().setStartingProposalId(9).setParams(GovChain.params());
  }

  private static Proposal.Builder rejected() {
    return Proposal.newBuilder()
        .setId(1)
        .setStatus(ProposalStatus.PROPOSAL_STATUS_REJECTED)
        .setFinalTallyResult(ProposalLifecycle.NO_VOTES);
  }

  private static Proposal.Builder open() {
    return rejected()
        .setStatus(ProposalStatus.PROPOSAL_STATUS_DEPOSIT_PERIOD)
        .setDepositEndTime(Times.timestamp(Instant.parse("2026-02-01T00:00:00Z")));
  }

  private static Deposit.Builder deposited(long id, String coins) {
    return Deposit.newBuilder()
        .setProposalId(id)
        .setDepositor(A)
        .addAllAmount(GovChain.coins(coins));
  }

  /** A message whose one field stands twice, of which the last one counts. */
  private static ByteString authorityTwice() {
    ByteString once = MsgCancelUpgrade.newBuilder().setAuthority(GOV).build().toByteString();
    return once.concat(once);
  }
}
