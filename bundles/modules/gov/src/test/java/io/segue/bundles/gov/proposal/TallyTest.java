package io.segue.bundles.gov.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.segue.bundles.gov.proposal.StakingPower.Bonded;
import io.segue.bundles.gov.proposal.StakingPower.Delegation;
import io.segue.bundles.gov.proposal.StakingPower.Validator;
import io.segue.bundles.gov.proposal.Tally.Outcome;
import io.segue.bundles.gov.state.GovParams;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.proto.gov.Params;
import io.segue.bundles.sdk.proto.gov.TallyResult;
import io.segue.bundles.sdk.proto.gov.VoteOption;
import io.segue.bundles.sdk.proto.gov.WeightedVoteOption;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

public class TallyTest {
  private static final ByteString V1 = ByteString.copyFromUtf8("validator-1");
  private static final ByteString V2 = ByteString.copyFromUtf8("validator-2");
  private static final ByteString D = ByteString.copyFromUtf8("delegator");
  private static final Params PARAMS = GovParams.defaults();

  @Test
  void passesWhereMoreThanHalfOfTheDecidedPowerSaysYes() {
    Outcome outcome =
        tally(validator(V1, 51), validator(V2, 49))
            .vote(V1, yes(), self(V1, 51))
            .vote(V2, no(), self(V2, 49))
            .outcome();
    assertThat(outcome.passes()).isTrue();
    assertThat(outcome.result()).isEqualTo(result(51, 0, 49, 0));
  }

  @Test
  void exactlyHalfIsNotEnough() {
    Outcome outcome =
        tally(validator(V1, 50), validator(V2, 50))
            .vote(V1, yes(), self(V1, 50))
            .vote(V2, no(), self(V2, 50))
            .outcome();
    assertThat(outcome.passes()).isFalse();
    assertThat(outcome.burns()).isFalse();
  }

  @Test
  void anExpeditedProposalNeedsMore() {
    Counted counted =
        tally(validator(V1, 66), validator(V2, 34))
            .vote(V1, yes(), self(V1, 66))
            .vote(V2, no(), self(V2, 34));
    assertThat(counted.outcome(PARAMS, true).passes()).isFalse();
    assertThat(
            tally(validator(V1, 67), validator(V2, 33))
                .vote(V1, yes(), self(V1, 67))
                .vote(V2, no(), self(V2, 33))
                .outcome(PARAMS, true)
                .passes())
        .isTrue();
  }

  @Test
  void abstentionCountsForTheQuorumAndForNeitherSide() {
    Outcome outcome =
        tally(validator(V1, 10), validator(V2, 90))
            .vote(V1, yes(), self(V1, 10))
            .vote(V2, one(VoteOption.VOTE_OPTION_ABSTAIN), self(V2, 90))
            .outcome();
    assertThat(outcome.passes()).isTrue();
    assertThat(outcome.result()).isEqualTo(result(10, 90, 0, 0));
  }

  @Test
  void failsWhereEverybodyAbstains() {
    Outcome outcome =
        tally(validator(V1, 100))
            .vote(V1, one(VoteOption.VOTE_OPTION_ABSTAIN), self(V1, 100))
            .outcome();
    assertThat(outcome.passes()).isFalse();
    assertThat(outcome.burns()).isFalse();
  }

  @Test
  void failsWithoutQuorumAndBurnsWhereTheRulesSaySo() {
    Outcome outcome =
        tally(validator(V1, 333), validator(V2, 667)).vote(V1, yes(), self(V1, 333)).outcome();
    assertThat(outcome.passes()).isFalse();
    assertThat(outcome.burns()).isFalse();

    Params burning = PARAMS.toBuilder().setBurnVoteQuorum(true).build();
    Outcome burned =
        tally(validator(V1, 333), validator(V2, 667))
            .vote(V1, yes(), self(V1, 333))
            .outcome(burning, false);
    assertThat(burned.burns()).isTrue();
  }

  @Test
  void theQuorumItselfIsEnough() {
    Outcome outcome =
        tally(validator(V1, 334), validator(V2, 666)).vote(V1, yes(), self(V1, 334)).outcome();
    assertThat(outcome.passes()).isTrue();
  }

  @Test
  void moreVetoesThanTheThresholdRejectAndBurn() {
    Outcome outcome =
        tally(validator(V1, 660), validator(V2, 340))
            .vote(V1, yes(), self(V1, 660))
            .vote(V2, one(VoteOption.VOTE_OPTION_NO_WITH_VETO), self(V2, 340))
            .outcome();
    assertThat(outcome.passes()).isFalse();
    assertThat(outcome.burns()).isTrue();
    assertThat(outcome.result()).isEqualTo(result(660, 0, 0, 340));
  }

  @Test
  void asManyVetoesAsTheThresholdDoNotReject() {
    Outcome outcome =
        tally(validator(V1, 666), validator(V2, 334))
            .vote(V1, yes(), self(V1, 666))
            .vote(V2, one(VoteOption.VOTE_OPTION_NO_WITH_VETO), self(V2, 334))
            .outcome();
    assertThat(outcome.passes()).isTrue();
  }

  @Test
  void failsWhereNothingIsBonded() {
    assertThat(tally().vote(D, yes(), List.of()).outcome().passes()).isFalse();
  }

  @Test
  void aDelegatorsVoteGoesBeforeItsValidators() {
    Outcome outcome =
        tally(validator(V1, 100))
            .vote(V1, yes(), self(V1, 40))
            .vote(D, no(), self(V1, 60))
            .outcome();
    assertThat(outcome.result()).isEqualTo(result(40, 0, 60, 0));
  }

  @Test
  void whoDoesNotVoteInheritsTheValidatorsVote() {
    Outcome outcome = tally(validator(V1, 100)).vote(V1, yes(), self(V1, 1)).outcome();
    assertThat(outcome.result()).isEqualTo(result(100, 0, 0, 0));
  }

  @Test
  void whereTheValidatorIsSilentOnlyItsVotingDelegatorsCount() {
    Outcome outcome = tally(validator(V1, 100)).vote(D, yes(), self(V1, 60)).outcome();
    assertThat(outcome.result()).isEqualTo(result(60, 0, 0, 0));
  }

  @Test
  void delegationsToValidatorsThatAreNotBondedDoNotCount() {
    Outcome outcome =
        tally(validator(V1, 100))
            .vote(V1, no(), self(V1, 100))
            .vote(D, yes(), self(V2, 1_000_000))
            .outcome();
    assertThat(outcome.result()).isEqualTo(result(0, 0, 100, 0));
  }

  @Test
  void sharesAreWorthWhatSlashingLeftOfThem() {
    Validator slashed = new Validator(V1, BigInteger.valueOf(90), Dec.of(100));
    Outcome outcome =
        tally(slashed).vote(V1, yes(), self(V1, 50)).vote(D, no(), self(V1, 50)).outcome();
    assertThat(outcome.result()).isEqualTo(result(45, 0, 45, 0));
  }

  @Test
  void aWeightedVoteIsSplit() {
    List<WeightedVoteOption> split =
        List.of(
            option(VoteOption.VOTE_OPTION_YES, "0.7"),
            option(VoteOption.VOTE_OPTION_NO, "0.300000000000000000"));
    Outcome outcome = tally(validator(V1, 100)).vote(V1, split, self(V1, 100)).outcome();
    assertThat(outcome.result()).isEqualTo(result(70, 0, 30, 0));
    assertThat(outcome.passes()).isTrue();
  }

  @Test
  void fractionsOfTokensAreCutOnlyInTheResult() {
    List<WeightedVoteOption> split =
        List.of(
            option(VoteOption.VOTE_OPTION_YES, "0.500000000000000001"),
            option(VoteOption.VOTE_OPTION_NO, "0.499999999999999999"));
    Outcome outcome = tally(validator(V1, 1)).vote(V1, split, self(V1, 1)).outcome();
    assertThat(outcome.result()).isEqualTo(result(0, 0, 0, 0));
    assertThat(outcome.passes()).isTrue();
  }

  public static TallyResult result(long yes, long abstain, long no, long veto) {
    return TallyResult.newBuilder()
        .setYesCount(Long.toString(yes))
        .setAbstainCount(Long.toString(abstain))
        .setNoCount(Long.toString(no))
        .setNoWithVetoCount(Long.toString(veto))
        .build();
  }

  private static Counted tally(Validator... validators) {
    BigInteger total = BigInteger.ZERO;
    for (Validator validator : validators) {
      total = total.add(validator.tokens());
    }
    return new Counted(new Tally(new Bonded(total, List.of(validators))));
  }

  /** A tally whose calls can be written one behind the other. */
  private record Counted(Tally tally) {
    Counted vote(ByteString voter, List<WeightedVoteOption> options, List<Delegation> delegations) {
      tally.vote(voter, options, delegations);
      return this;
    }

    Outcome outcome() {
      return outcome(PARAMS, false);
    }

    Outcome outcome(Params params, boolean expedited) {
      return tally.outcome(params, expedited);
    }
  }

  private static Validator validator(ByteString account, long tokens) {
    return new Validator(account, BigInteger.valueOf(tokens), Dec.of(tokens));
  }

  private static List<Delegation> self(ByteString validator, long shares) {
    return List.of(new Delegation(validator, Dec.of(shares)));
  }

  private static List<WeightedVoteOption> yes() {
    return one(VoteOption.VOTE_OPTION_YES);
  }

  private static List<WeightedVoteOption> no() {
    return one(VoteOption.VOTE_OPTION_NO);
  }

  private static List<WeightedVoteOption> one(VoteOption option) {
    return List.of(option(option, "1.000000000000000000"));
  }

  private static WeightedVoteOption option(VoteOption option, String weight) {
    return WeightedVoteOption.newBuilder().setOption(option).setWeight(weight).build();
  }
}
