package io.segue.bundles.gov;

import static io.segue.bundles.gov.GovChain.A;
import static io.segue.bundles.gov.GovChain.B;
import static io.segue.bundles.gov.GovChain.GOV;
import static io.segue.bundles.gov.GovChain.coins;
import static io.segue.bundles.gov.GovChain.deposit;
import static io.segue.bundles.gov.GovChain.pack;
import static io.segue.bundles.gov.GovChain.proposal;
import static io.segue.bundles.gov.GovChain.send;
import static io.segue.bundles.gov.GovChain.upgradeTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.segue.bundles.gov.state.TextLimits;
import io.segue.bundles.sdk.proto.bank.MsgBurn;
import io.segue.bundles.sdk.proto.gov.MsgExecLegacyContent;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import io.segue.bundles.sdk.proto.gov.MsgUpdateParams;
import io.segue.bundles.sdk.proto.gov.MsgVoteWeighted;
import io.segue.bundles.sdk.proto.gov.Params;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.proto.gov.WeightedVoteOption;
import io.segue.bundles.sdk.proto.govv1beta1.TextProposal;
import io.segue.bundles.sdk.proto.upgrade.MsgSoftwareUpgrade;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before anybody can vote on it. */
class SubmissionTest {
  private static final String POOL = GovChain.ADDRESSES.account(FakeBank.POOL);
  private static final String PREFIX = "failed to execute message; message index: 0: ";

  private GovChain chain = GovChain.started();

  @AfterEach
  void closeChain() {
    chain.close();
  }

  @Test
  void textsOfExactlyTheLimitPass() {
    chain.succeed(
        proposal("10stake", upgradeTo("v2", 1000))
            .setTitle("t".repeat(TextLimits.MAX_METADATA))
            .setMetadata("m".repeat(TextLimits.MAX_METADATA))
            .setSummary("s".repeat(TextLimits.MAX_SUMMARY))
            .build());
  }

  @Test
  void lengthsAreCountedInBytes() {
    refused(
        proposal("10stake", upgradeTo("v2", 1000)).setTitle("ü".repeat(128)),
        "gov",
        15,
        "got metadata with length 256: metadata too long");
  }

  @Test
  void metadataOfTheRecommendedFormMustSayWhatTheProposalSays() {
    String rest = ",\"authors\":[\"me\"],\"vote_option_context\":\"\"}";
    chain.succeed(metadata("{\"title\":\"t\",\"summary\":\"s\"" + rest).build());
    refused(
        metadata("{\"title\":\"other\",\"summary\":\"s\"" + rest),
        "gov",
        5,
        "metadata title 'other' must equal proposal title 't': invalid proposal content");
    refused(
        metadata("{\"title\":\"t\",\"summary\":\"other\"}"),
        "gov",
        5,
        "metadata summary 'other' must equal proposal summary 's': invalid proposal content");
    refused(
        metadata("{}"),
        "gov",
        5,
        "metadata title '' must equal proposal title 't': invalid proposal content");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ipfs://CID",
        "4",
        "[]",
        "{\"title\":",
        "{\"title\":1}",
        "{\"authors\":\"me\"}",
        "{} and more"
      })
  void metadataOfAnotherFormAreTheProposersOwn(String metadata) {
    chain.succeed(metadata(metadata).build());
  }

  @Test
  void aProposalMayHaveNoMessagesWhereItHasMetadata() {
    chain.succeed(proposal("10stake").setMetadata("ipfs://CID").build());
    refused(
        proposal("10stake"),
        "gov",
        11,
        "either metadata or Msgs length must be non-nil: no messages proposed");
  }

  @Test
  void aProposalHasAtMostAHundredMessages() {
    MsgSubmitProposal.Builder most = proposal("10stake");
    Any message = pack(send(GOV, B, "1stake"));
    for (int i = 0; i < ProposalMessages.MAX_MESSAGES; i++) {
      most.addMessages(message);
    }
    chain.succeed(most.build());
    refused(
        most.addMessages(message),
        "gov",
        12,
        "got 101 messages, a proposal has at most 100: invalid proposal message");
  }

  @Test
  void refusesMessagesThatNobodyHandles() {
    Any unknown = Any.newBuilder().setTypeUrl("/foo.Bar").build();
    refused(
        proposal("10stake").addMessages(unknown),
        "gov",
        10,
        "/foo.Bar: proposal message not recognized by router");
  }

  @Test
  void refusesMessagesThatOnlyModulesMaySend() {
    MsgBurn burn =
        MsgBurn.newBuilder()
            .setFrom(ByteString.copyFrom(GovChain.ADDRESSES.parseAccount(A)))
            .build();
    refused(
        proposal("10stake", burn),
        "gov",
        10,
        "/segue.bank.v1.MsgBurn: proposal message not recognized by router");
  }

  @Test
  void refusesRulesThatGovernanceCouldNotHave() {
    MsgUpdateParams broken =
        MsgUpdateParams.newBuilder()
            .setAuthority(GOV)
            .setParams(GovChain.params().setQuorum("2"))
            .build();
    refused(proposal("10stake", broken), "undefined", 1, "quorum too large: 2.000000000000000000");
  }

  @Test
  void refusesDepositsThatNobodyHasAndPoolsAsDestination() {
    refused(
        proposal("10stake", rules(GovChain.params().setProposalCancelDest(POOL))),
        "undefined",
        1,
        "deposits destination address " + POOL + " is not allowed to receive funds");
    assertThatThrownBy(() -> GovChain.started(params -> params.setProposalCancelDest(POOL)))
        .hasStackTraceContaining("is not allowed to receive funds");
    // Each of two accounts has a million.
    chain.succeed(proposal("10stake", rules(minDeposit("199999stake", "200000stake"))).build());
    refused(
        proposal("10stake", rules(minDeposit("199999stake", "200001stake"))),
        "undefined",
        1,
        "expedited minimum deposit 200001stake is over a tenth of the supply, 2000000stake");
    refused(
        proposal("10stake", rules(minDeposit("1nothing", "2nothing"))),
        "undefined",
        1,
        "minimum deposit 1nothing is over a tenth of the supply, 0nothing");
  }

  private static Params.Builder minDeposit(String regular, String expedited) {
    return GovChain.params()
        .clearMinDeposit()
        .addAllMinDeposit(GovChain.coins(regular))
        .clearExpeditedMinDeposit()
        .addAllExpeditedMinDeposit(GovChain.coins(expedited));
  }

  private static MsgUpdateParams rules(Params.Builder params) {
    return MsgUpdateParams.newBuilder().setAuthority(GOV).setParams(params).build();
  }

  @Test
  void judgesEveryMessageOfAProposal() {
    refused(
        proposal("10stake", upgradeTo("v2", 1000), upgradeTo("genesis", 1000)),
        "sdk",
        18,
        "name genesis is that of the first generation, choose another: invalid request");
  }

  @Test
  void judgesWhatALegacyContentMeans() {
    refused(
        proposal("10stake", legacy(pack(TextProposal.newBuilder().setTitle("t").build()))),
        "gov",
        5,
        "proposal description cannot be blank: invalid proposal content");
    refused(
        proposal("10stake", legacy(pack(send(GOV, B, "1stake")))),
        "gov",
        9,
        "/cosmos.bank.v1beta1.MsgSend: no handler exists for proposal type");
  }

  @Test
  void refusedSubmissionsLeaveNothing() {
    String before = chain.chain().dump("gov");
    refused(
        proposal("10stake", upgradeTo("", 1000)),
        "sdk",
        18,
        "name cannot be empty: invalid request");
    assertThat(chain.chain().dump("gov")).isEqualTo(before);
    assertThat(chain.balance(A)).isEqualTo(GovChain.BALANCE);
  }

  @Test
  void numbersAreGivenInOrderWithoutGaps() {
    chain.succeed(proposal("10stake", upgradeTo("v2", 1000)).build());
    chain.run(proposal("10stake", upgradeTo("", 1000)).build());
    chain.succeed(proposal("10stake", upgradeTo("v2", 1000)).build());
    assertThat(chain.proposal(2).getProposer()).isEqualTo(A);
  }

  @Test
  void theInitialDepositMustReachItsShare() {
    restart(GovChain.started(params -> params.setMinInitialDepositRatio("0.25")));
    refused(
        proposal("1stake", upgradeTo("v2", 1000)),
        "gov",
        16,
        "was (1stake), need (2stake): minimum deposit is too small");
    chain.succeed(proposal("2stake", upgradeTo("v2", 1000)).build());
    refused(
        proposal("4stake", upgradeTo("v2", 1000)).setExpedited(true),
        "gov",
        16,
        "was (4stake), need (5stake): minimum deposit is too small");
  }

  @Test
  void everyDepositMustReachItsShare() {
    restart(GovChain.started(params -> params.setMinDepositRatio("0.5")));
    refused(
        proposal("4stake", upgradeTo("v2", 1000)),
        "gov",
        16,
        "received 4stake but need at least one of the following: 5stake: minimum deposit is too"
            + " small");
    chain.succeed(proposal("5stake", upgradeTo("v2", 1000)).build());
    refused(
        deposit(B, 1, "4stake"),
        "gov",
        16,
        "received 4stake but need at least one of the following: 5stake: minimum deposit is too"
            + " small");
    chain.succeed(deposit(B, 1, "5stake"));
  }

  @Test
  void oneOfSeveralDenominationsIsEnoughForADepositAndNoneForTheVoting() {
    restart(
        GovChain.started(
            params ->
                params
                    .clearMinDeposit()
                    .addAllMinDeposit(coins("10stake,10ufee"))
                    .clearExpeditedMinDeposit()
                    .addAllExpeditedMinDeposit(coins("20stake,20ufee"))));
    chain.succeed(proposal("100stake", upgradeTo("v2", 1000)).build());
    assertThat(chain.proposal(1).hasVotingStartTime()).isFalse();
    chain.succeed(deposit(B, 1, "10ufee"));
    Proposal voted = chain.proposal(1);
    assertThat(voted.hasVotingStartTime()).isTrue();
    assertThat(voted.getTotalDepositList()).isEqualTo(coins("100stake,10ufee"));
    chain.pass(GovChain.PERIOD_SECONDS);
  }

  @Test
  void depositsAreJudged() {
    chain.succeed(proposal("1stake", upgradeTo("v2", 1000)).build());
    refused(deposit(B, 1, ""), "sdk", 10, ": invalid coins");
    refused(deposit(B, 1, "-1stake"), "sdk", 10, "-1stake: invalid coins");
    refused(
        deposit(B, 1, "5000000stake"),
        "sdk",
        5,
        "spendable balance 1000000stake is smaller than 5000000stake: insufficient funds");
    refused(
        deposit(B, 2, "5stake"),
        "undefined",
        1,
        "collections: not found: key '2' of type"
            + " github.com/cosmos/gogoproto/cosmos.gov.v1.Proposal");
  }

  @Test
  void weightedVotesAreJudged() {
    chain.succeed(proposal("10stake", upgradeTo("v2", 1000)).build());
    refused(weighted(), "sdk", 18, "null: invalid request");
    refused(
        weighted(option(1, "0.5"), option(1, "0.5")),
        "gov",
        7,
        "duplicated vote option: invalid vote option");
    refused(
        weighted(option(1, "1"), option(2, "0.5")),
        "gov",
        7,
        "total weight overflow 1.00: invalid vote option");
    refused(
        weighted(option(1, "1.5")),
        "gov",
        7,
        "option:VOTE_OPTION_YES weight:\"1.5\" : invalid vote option");
    refused(
        weighted(option(1, "x")),
        "gov",
        7,
        "option:VOTE_OPTION_YES weight:\"x\" : invalid vote option");
    refused(weighted(option(9, "1")), "gov", 7, "option:9 weight:\"1\" : invalid vote option");
    refused(
        weighted(option(1, "1")).toBuilder().setMetadata("m".repeat(256)).build(),
        "gov",
        15,
        "got metadata with length 256: metadata too long");
  }

  @Test
  void aPlanThatWasReplacedMayBeProposedAgain() {
    MsgSoftwareUpgrade plan = upgradeTo("v2", 1000);
    chain.succeed(proposal("10stake", plan).build(), proposal("10stake", plan).build());
  }

  private void refused(Message message, String codespace, int code, String log) {
    ExecTxResult result = chain.run(message);
    assertThat(result.log()).isEqualTo(PREFIX + log);
    assertThat(result.codespace()).isEqualTo(codespace);
    assertThat(result.code()).isEqualTo(code);
  }

  private void refused(MsgSubmitProposal.Builder message, String codespace, int code, String log) {
    refused(message.build(), codespace, code, log);
  }

  private void restart(GovChain other) {
    chain.close();
    chain = other;
  }

  private static MsgExecLegacyContent legacy(Any content) {
    return MsgExecLegacyContent.newBuilder().setContent(content).setAuthority(GOV).build();
  }

  private static MsgVoteWeighted weighted(WeightedVoteOption... options) {
    MsgVoteWeighted.Builder vote = MsgVoteWeighted.newBuilder().setProposalId(1).setVoter(A);
    for (WeightedVoteOption option : options) {
      vote.addOptions(option);
    }
    return vote.build();
  }

  private static WeightedVoteOption option(int option, String weight) {
    return WeightedVoteOption.newBuilder().setOptionValue(option).setWeight(weight).build();
  }

  private static MsgSubmitProposal.Builder metadata(String metadata) {
    return proposal("10stake", upgradeTo("v2", 1000)).setMetadata(metadata);
  }
}
