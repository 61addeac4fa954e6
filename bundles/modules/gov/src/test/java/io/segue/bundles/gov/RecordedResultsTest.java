package io.segue.bundles.gov;

import static io.segue.bundles.gov.GovChain.A;
import static io.segue.bundles.gov.GovChain.B;
import static io.segue.bundles.gov.GovChain.GOV;
import static io.segue.bundles.gov.GovChain.PERIOD_SECONDS;
import static io.segue.bundles.gov.GovChain.coins;
import static io.segue.bundles.gov.GovChain.deposit;
import static io.segue.bundles.gov.GovChain.pack;
import static io.segue.bundles.gov.GovChain.proposal;
import static io.segue.bundles.gov.GovChain.send;
import static io.segue.bundles.gov.GovChain.upgradeTo;
import static io.segue.bundles.gov.GovChain.vote;
import static io.segue.bundles.gov.GovChain.yes;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import io.segue.bundles.gov.query.LegacyForms;
import io.segue.bundles.sdk.proto.gov.GenesisState;
import io.segue.bundles.sdk.proto.gov.MsgCancelProposal;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import io.segue.bundles.sdk.proto.gov.MsgVoteWeighted;
import io.segue.bundles.sdk.proto.gov.VoteOption;
import io.segue.bundles.sdk.proto.gov.WeightedVoteOption;
import io.segue.bundles.sdk.proto.govv1beta1.TextProposal;
import io.segue.bundles.sdk.proto.upgrade.MsgCancelUpgrade;
import io.segue.bundles.sdk.proto.upgrade.MsgSoftwareUpgrade;
import io.segue.bundles.sdk.proto.upgrade.Plan;
import io.segue.bundles.sdk.proto.upgrade.SoftwareUpgradeProposal;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The transactions of the recorded chain, with its codes, logs and events. */
@SuppressWarnings("deprecation")
class RecordedResultsTest {
  private static final String PREFIX = "failed to execute message; message index: 0: ";
  private static final String REFUSED = ": invalid request";

  /** Where this chain checks at submission what the recorded one checked after the vote. */
  private static final Map<String, String> JUDGED_EARLY =
      Map.of(
          "submit plan past height", "upgrade cannot be scheduled in the past" + REFUSED,
          "submit plan empty name", "name cannot be empty" + REFUSED,
          "submit plan height 0", "height must be greater than 0" + REFUSED,
          "submit plan time set", "time-based upgrades have been deprecated in the SDK" + REFUSED);

  private static final Consumer<GovChain> NOTHING = chain -> {};

  @ParameterizedTest(name = "{0}")
  @MethodSource({"submissions", "votesAndDeposits", "legacyMessages"})
  void answersAsRecorded(String recorded, long firstId, Consumer<GovChain> before, Message tx) {
    Struct expected = Vectors.entry("txs", "case", recorded);
    try (GovChain chain = chain(firstId)) {
      before.accept(chain);
      ExecTxResult result = chain.run(tx);
      if (JUDGED_EARLY.containsKey(recorded)) {
        assertThat(result.log()).isEqualTo(PREFIX + JUDGED_EARLY.get(recorded));
        assertThat(result.codespace()).isEqualTo("sdk");
        assertThat(result.code()).isEqualTo(18);
        return;
      }
      assertThat(result.log()).isEqualTo(Vectors.text(expected, "log"));
      assertThat(result.codespace()).isEqualTo(Vectors.text(expected, "codespace"));
      assertThat(result.code()).isEqualTo(Vectors.number(expected, "code"));
      if (Vectors.hasEvents(recorded)) {
        assertThat(GovChain.text(result.events()))
            .containsExactlyElementsOf(Vectors.events(recorded));
      }
    }
  }

  static Stream<Arguments> submissions() {
    return Stream.of(
        submission("submit su", proposal("10stake", upgradeTo("v2", 1000))),
        submission("submit no msgs no meta", proposal("10stake")),
        submission("submit no msgs meta", proposal("10stake").setMetadata("ipfs://x")),
        submission("submit text w/o title", proposal("10stake").setMetadata("m").clearTitle()),
        submission("submit w/o summary", proposal("10stake").setMetadata("m").clearSummary()),
        submission(
            "submit title 256",
            proposal("10stake", upgradeTo("v2", 1000)).setTitle("t".repeat(256))),
        submission(
            "submit summary 10201",
            proposal("10stake", upgradeTo("v2", 1000)).setSummary("s".repeat(10_201))),
        submission(
            "submit metadata 256",
            proposal("10stake", upgradeTo("v2", 1000)).setMetadata("m".repeat(256))),
        submission(
            "submit wrong inner signer",
            proposal("10stake", upgradeTo("v2", 1000).toBuilder().setAuthority(A).build())),
        submission("submit inner send from A", proposal("10stake", send(A, B, "1stake"))),
        submission("submit inner send from gov", proposal("10stake", send(GOV, B, "1stake"))),
        submission("submit plan past height", proposal("10stake", upgradeTo("v2", 1))),
        submission("submit plan empty name", proposal("10stake", upgradeTo("", 1000))),
        submission("submit plan height 0", proposal("10stake", upgradeTo("v2", 0))),
        submission("submit plan time set", proposal("10stake", upgradeAt(time(1_700_000_000)))),
        submission("submit plan time 1970", proposal("10stake", upgradeAt(time(0)))),
        submission("submit plan time zero go", proposal("10stake", upgradeAt(LegacyForms.NO_TIME))),
        submission(
            "submit cancel none planned",
            proposal("10stake", MsgCancelUpgrade.newBuilder().setAuthority(GOV).build())),
        submission("submit with empty initial_deposit", proposal("", upgradeTo("v2", 1000))),
        submission("submit deposit wrong denom", proposal("5ufee", upgradeTo("v2", 1000))),
        submission("submit deposit invalid", proposal("0stake", upgradeTo("v2", 1000))),
        submission(
            "submit expedited", proposal("20stake", upgradeTo("v2", 1000)).setExpedited(true)),
        Arguments.of(
            "submit 1stake deposit",
            45,
            NOTHING,
            proposal("1stake", upgradeTo("v2", 1000)).build()),
        submission("submit for cancel", proposal("10stake", upgradeTo("v2", 1000))));
  }

  static Stream<Arguments> votesAndDeposits() {
    Consumer<GovChain> voting =
        chain -> chain.succeed(proposal("10stake", upgradeTo("v2", 1000)).build());
    Consumer<GovChain> ended = voting.andThen(chain -> chain.pass(PERIOD_SECONDS));
    Consumer<GovChain> waiting =
        chain -> chain.succeed(proposal("1stake", upgradeTo("v2", 1000)).build());
    return Stream.of(
        Arguments.of("vote v1", 13, voting, yes(A, 13)),
        Arguments.of(
            "vote again weighted",
            13,
            voting.andThen(chain -> chain.succeed(yes(A, 13))),
            weighted(A, 13, "0.7", "0.300000000000000000")),
        Arguments.of("vote opt 0", 13, voting, vote(A, 13, VoteOption.VOTE_OPTION_UNSPECIFIED)),
        Arguments.of("vote opt 9", 13, voting, yes(A, 13).toBuilder().setOptionValue(9).build()),
        Arguments.of("vote on a proposal that does not exist", 13, voting, yes(A, 99_999)),
        Arguments.of("weighted bad sum", 13, voting, weighted(A, 13, "0.7", "0.2")),
        Arguments.of("deposit v1 in voting", 13, voting, deposit(B, 13, "3stake")),
        Arguments.of("vote after", 13, ended, yes(A, 13)),
        Arguments.of("deposit after", 13, ended, deposit(A, 13, "3stake")),
        Arguments.of("vote in deposit period", 45, waiting, yes(A, 45)),
        Arguments.of("cancel by other", 46, voting, cancel(B, 46)),
        Arguments.of("cancel", 46, voting, cancel(A, 46)),
        Arguments.of("cancel a proposal that does not exist", 46, voting, cancel(A, 99_999)));
  }

  static Stream<Arguments> legacyMessages() {
    Consumer<GovChain> voting = chain -> chain.succeed(legacy(text("lt", "ld")));
    return Stream.of(
        Arguments.of("legacy text full", 44, NOTHING, legacy(text("lt", "ld"))),
        Arguments.of("legacy TextProposal without title", 44, NOTHING, legacy(text("", "ld"))),
        Arguments.of(
            "vote beta",
            44,
            voting,
            io.segue.bundles.sdk.proto.govv1beta1.MsgVote.newBuilder()
                .setProposalId(44)
                .setVoter(B)
                .setOptionValue(3)
                .build()),
        Arguments.of(
            "vote weighted beta",
            44,
            voting,
            io.segue.bundles.sdk.proto.govv1beta1.MsgVoteWeighted.newBuilder()
                .setProposalId(44)
                .setVoter(B)
                .addOptions(legacyOption(1, "700000000000000000"))
                .addOptions(legacyOption(2, "300000000000000000"))
                .build()),
        Arguments.of(
            "deposit beta",
            44,
            voting,
            io.segue.bundles.sdk.proto.govv1beta1.MsgDeposit.newBuilder()
                .setProposalId(44)
                .setDepositor(B)
                .addAllAmount(coins("3stake"))
                .build()));
  }

  @Test
  void everyRecordedCaseIsReplayedButTheUpgradesInTheOldForm() {
    List<String> replayed =
        Stream.of(submissions(), votesAndDeposits(), legacyMessages())
            .flatMap(cases -> cases)
            .map(arguments -> (String) arguments.get()[0])
            .toList();
    assertThat(Vectors.list("txs").map(tx -> Vectors.text(tx, "case")))
        .filteredOn(recorded -> !recorded.startsWith("legacy SoftwareUpgradeProposal"))
        .allSatisfy(recorded -> assertThat(replayed).anyMatch(recorded::startsWith));
  }

  @Test
  void upgradesInTheOldFormAreRoutedHere() {
    Plan plan = Plan.newBuilder().setName("v2").setHeight(1000).build();
    try (GovChain chain = chain(1)) {
      chain.succeed(legacy(content(plan)));
      chain.succeed(legacy(content(plan.toBuilder().setTime(time(0)).build())));
      assertThat(chain.run(legacy(content(plan.toBuilder().setTime(time(1)).build()))).log())
          .isEqualTo(
              PREFIX + "time-based upgrades have been deprecated in the SDK: invalid request");
    }
  }

  /** A chain at height 1. */
  private static GovChain chain(long firstId) {
    GovChain chain =
        GovChain.startedWith(
            GenesisState.newBuilder()
                .setStartingProposalId(firstId)
                .setParams(GovChain.params())
                .build());
    chain.pass(1);
    return chain;
  }

  private static Arguments submission(String recorded, MsgSubmitProposal.Builder message) {
    return Arguments.of(recorded, 1, NOTHING, message.build());
  }

  private static MsgSoftwareUpgrade upgradeAt(Timestamp time) {
    MsgSoftwareUpgrade.Builder upgrade = upgradeTo("v2", 1000).toBuilder();
    upgrade.getPlanBuilder().setTime(time);
    return upgrade.build();
  }

  private static MsgVoteWeighted weighted(String voter, long id, String yes, String no) {
    return MsgVoteWeighted.newBuilder()
        .setVoter(voter)
        .setProposalId(id)
        .addOptions(option(VoteOption.VOTE_OPTION_YES, yes))
        .addOptions(option(VoteOption.VOTE_OPTION_NO, no))
        .build();
  }

  private static WeightedVoteOption option(VoteOption option, String weight) {
    return WeightedVoteOption.newBuilder().setOption(option).setWeight(weight).build();
  }

  private static io.segue.bundles.sdk.proto.govv1beta1.WeightedVoteOption legacyOption(
      int option, String weight) {
    return io.segue.bundles.sdk.proto.govv1beta1.WeightedVoteOption.newBuilder()
        .setOptionValue(option)
        .setWeight(weight)
        .build();
  }

  private static MsgCancelProposal cancel(String proposer, long id) {
    return MsgCancelProposal.newBuilder().setProposer(proposer).setProposalId(id).build();
  }

  private static Message legacy(Message content) {
    return io.segue.bundles.sdk.proto.govv1beta1.MsgSubmitProposal.newBuilder()
        .setContent(pack(content))
        .addAllInitialDeposit(coins("10stake"))
        .setProposer(A)
        .build();
  }

  private static TextProposal text(String title, String description) {
    return TextProposal.newBuilder().setTitle(title).setDescription(description).build();
  }

  private static SoftwareUpgradeProposal content(Plan plan) {
    return SoftwareUpgradeProposal.newBuilder()
        .setTitle("Upgrade v2")
        .setDescription("d")
        .setPlan(plan)
        .build();
  }

  private static Timestamp time(long seconds) {
    return Timestamp.newBuilder().setSeconds(seconds).build();
  }
}
