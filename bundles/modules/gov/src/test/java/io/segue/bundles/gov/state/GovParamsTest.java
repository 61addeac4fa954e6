package io.segue.bundles.gov.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.Duration;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.base.Coin;
import io.segue.bundles.sdk.proto.gov.Params;
import io.segue.kernel.api.module.ModuleException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GovParamsTest {
  private static final Addresses COSMOS = new Addresses("cosmos");

  @Test
  void theDefaultsAreTheSdks() {
    Params defaults = GovParams.defaults();
    assertThat(defaults.getMinDepositList()).containsExactly(stake("10000000"));
    assertThat(defaults.getExpeditedMinDepositList()).containsExactly(stake("50000000"));
    assertThat(defaults.getMaxDepositPeriod().getSeconds()).isEqualTo(172_800);
    assertThat(defaults.getVotingPeriod().getSeconds()).isEqualTo(172_800);
    assertThat(defaults.getExpeditedVotingPeriod().getSeconds()).isEqualTo(86_400);
    assertThat(defaults.getQuorum()).isEqualTo("0.334000000000000000");
    assertThat(defaults.getThreshold()).isEqualTo("0.500000000000000000");
    assertThat(defaults.getExpeditedThreshold()).isEqualTo("0.667000000000000000");
    assertThat(defaults.getVetoThreshold()).isEqualTo("0.334000000000000000");
    assertThat(defaults.getMinInitialDepositRatio()).isEqualTo("0.000000000000000000");
    assertThat(defaults.getMinDepositRatio()).isEqualTo("0.010000000000000000");
    assertThat(defaults.getProposalCancelRatio()).isEqualTo("0.500000000000000000");
    assertThat(defaults.getProposalCancelDest()).isEmpty();
    assertThat(defaults.getBurnVoteVeto()).isTrue();
    assertThat(defaults.getBurnVoteQuorum()).isFalse();
    assertThat(defaults.getBurnProposalDepositPrevote()).isFalse();
    assertThatCode(() -> GovParams.validate(defaults, COSMOS)).doesNotThrowAnyException();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void refusesRulesThatContradictThemselves(String log, Consumer<Params.Builder> change) {
    Params.Builder params = GovParams.defaults().toBuilder();
    change.accept(params);
    assertThatExceptionOfType(ModuleException.class)
        .isThrownBy(() -> GovParams.validate(params.build(), COSMOS))
        .satisfies(
            refused -> {
              assertThat(refused.codespace()).isEqualTo("undefined");
              assertThat(refused.code()).isEqualTo(1);
              assertThat(refused.log()).isEqualTo(log);
            });
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refused("invalid minimum deposit: ", Params.Builder::clearMinDeposit),
        refused(
            "invalid minimum deposit: 0stake", p -> p.clearMinDeposit().addMinDeposit(stake("0"))),
        refused("invalid expedited minimum deposit: ", Params.Builder::clearExpeditedMinDeposit),
        refused(
            "expedited minimum deposit must be greater than minimum deposit: 10000000stake",
            p -> p.clearExpeditedMinDeposit().addExpeditedMinDeposit(stake("10000000"))),
        refused("maximum deposit period must not be nil", Params.Builder::clearMaxDepositPeriod),
        refused(
            "maximum deposit period must be positive: 0s", p -> p.setMaxDepositPeriod(seconds(0))),
        refused(
            "maximum deposit period is longer than 63072000s: 63072001s",
            p -> p.setMaxDepositPeriod(seconds(63_072_001L))),
        refused(
            "expedited voting period is shorter than 100ms: 99999999ns",
            p -> p.setExpeditedVotingPeriod(Duration.newBuilder().setNanos(99_999_999))),
        refused(
            "voting period is longer than 63072000s: 9223372036854775807s",
            p -> p.setVotingPeriod(seconds(Long.MAX_VALUE))),
        refused(
            "minimum deposit of 11 denominations, at most 10",
            p ->
                IntStream.range(0, 10)
                    .forEach(
                        i ->
                            p.addMinDeposit(
                                Coin.newBuilder().setDenom("stake" + i).setAmount("1")))),
        refused(
            "quorum too large: 0.900000000000000001, it must be at most 0.900000000000000000",
            p -> p.setQuorum("0.900000000000000001")),
        refused(
            "vote threshold too large: 0.910000000000000000, it must be at most"
                + " 0.900000000000000000",
            p -> p.setThreshold("0.91").setExpeditedThreshold("0.95")),
        refused(
            "expedited vote threshold too large: 1.000000000000000000, it must be at most"
                + " 0.950000000000000000",
            p -> p.setExpeditedThreshold("1")),
        refused(
            "veto threshold too small: 0.000000000000000001, it must be at least"
                + " 0.100000000000000000",
            p -> p.setVetoThreshold("0.000000000000000001")),
        refused(
            "maximum deposit period is malformed",
            p -> p.setMaxDepositPeriod(Duration.newBuilder().setSeconds(1).setNanos(-1))),
        refused("voting period must not be nil", Params.Builder::clearVotingPeriod),
        refused(
            "expedited voting period 172800s must be strictly less than the regular voting period"
                + " 172800s",
            p -> p.setExpeditedVotingPeriod(seconds(172_800))),
        refused("quorum cannot be negative: -0.100000000000000000", p -> p.setQuorum("-0.1")),
        refused("quorum too large: 1.100000000000000000", p -> p.setQuorum("1.1")),
        refused(
            "invalid quorum string: decimal string cannot be empty", Params.Builder::clearQuorum),
        refused("vote threshold must be positive: 0.000000000000000000", p -> p.setThreshold("0")),
        refused(
            "expedited vote threshold 0.500000000000000000, must be greater than the regular"
                + " threshold 0.500000000000000000",
            p -> p.setExpeditedThreshold("0.5")),
        refused("veto threshold too large: 2.000000000000000000", p -> p.setVetoThreshold("2")),
        refused(
            "burn rate of cancel proposal too large: 2.000000000000000000",
            p -> p.setProposalCancelRatio("2")),
        refused(
            "minimum deposit ratio too large: 1.000000000000000001",
            p -> p.setMinDepositRatio("1.000000000000000001")),
        refused(
            "deposits destination address is invalid: nobody",
            p -> p.setProposalCancelDest("nobody")));
  }

  private static Arguments refused(String log, Consumer<Params.Builder> change) {
    return Arguments.of(log, change);
  }

  private static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }

  private static Coin stake(String amount) {
    return Coin.newBuilder().setDenom("stake").setAmount(amount).build();
  }
}
