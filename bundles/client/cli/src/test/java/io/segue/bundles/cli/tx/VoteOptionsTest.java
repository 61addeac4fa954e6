package io.segue.bundles.cli.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.sdk.proto.gov.VoteOption;
import io.segue.bundles.sdk.proto.gov.WeightedVoteOption;
import org.junit.jupiter.api.Test;

class VoteOptionsTest {
  @Test
  void knowsTheFourVotes() {
    assertThat(VoteOptions.parse("yes")).isEqualTo(VoteOption.VOTE_OPTION_YES);
    assertThat(VoteOptions.parse("Abstain")).isEqualTo(VoteOption.VOTE_OPTION_ABSTAIN);
    assertThat(VoteOptions.parse("no")).isEqualTo(VoteOption.VOTE_OPTION_NO);
    assertThat(VoteOptions.parse("no_with_veto")).isEqualTo(VoteOption.VOTE_OPTION_NO_WITH_VETO);
  }

  @Test
  void writesWeightsWith18Digits() {
    assertThat(VoteOptions.parseWeighted("yes=0.6,no-with-veto=0.4"))
        .extracting(WeightedVoteOption::getWeight)
        .containsExactly("0.600000000000000000", "0.400000000000000000");
  }

  @Test
  void refusesWeightsThatDoNotAddUp() {
    assertThatThrownBy(() -> VoteOptions.parseWeighted("yes=0.6,no=0.3"))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("add up to 0.900000000000000000");
  }

  @Test
  void refusesOtherWords() {
    assertThatThrownBy(() -> VoteOptions.parse("maybe"))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("yes, abstain, no or no-with-veto");
    assertThatThrownBy(() -> VoteOptions.parseWeighted("yes=much"))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("'much' is no weight");
  }
}
