package io.segue.bundles.staking;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.staking.MsgUpdateParams;
import io.segue.bundles.sdk.proto.staking.Params;
import io.segue.bundles.sdk.proto.staking.QueryParamsRequest;
import io.segue.bundles.sdk.proto.staking.QueryParamsResponse;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.testkit.modules.PlainTx;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What governance may change of the rules of staking. */
class StakingParamsTest {
  private static final String GOVERNANCE = new Addresses("cosmos").account(Addresses.module("gov"));

  private final StakingChain chain = StakingChain.startedWith(StakingChain.GENESIS);

  @AfterEach
  void close() {
    chain.close();
  }

  @Test
  void changesWhatGovernanceChanges() throws Exception {
    ExecTxResult result = update(params -> params.setMaxValidators(7).setHistoricalEntries(1));

    assertThat(result.log()).isEmpty();
    assertThat(params().getMaxValidators()).isEqualTo(7);
    assertThat(params().getHistoricalEntries()).isEqualTo(1);
    assertThat(params().getBondDenom()).isEqualTo("stake");
  }

  @Test
  void refusesWhatTheSdkRefuses() throws Exception {
    refuses(p -> p.setUnbondingTime(Duration.getDefaultInstance()), "unbonding time must be pos");
    refuses(
        p -> p.setUnbondingTime(Duration.newBuilder().setSeconds(1_000_000_000_000_000L)),
        "unbonding time is longer than");
    refuses(
        p -> p.setUnbondingTime(Duration.newBuilder().setSeconds(1).setNanos(1_000_000_000)),
        "unbonding time is malformed");
    refuses(p -> p.setMaxValidators(0), "max validators must be positive: 0");
    refuses(p -> p.setMaxEntries(0), "max entries must be positive: 0");
    refuses(p -> p.setBondDenom(" "), "bond denom cannot be blank");
    refuses(p -> p.setBondDenom("!"), "invalid denom: !");
    refuses(p -> p.setMinCommissionRate("-1"), "minimum commission rate cannot be negative");
    refuses(
        p -> p.setMinCommissionRate("1000000000000000001"),
        "minimum commission rate cannot be greater than 100%: 1.000000000000000001");
  }

  /** The text that was sent would not come back from an export. */
  @Test
  void keepsADecimalByItsNumber() throws Exception {
    for (String sent : new String[] {"007", "-0", ""}) {
      assertThat(update(params -> params.setMinCommissionRate(sent)).log()).isEmpty();
      assertThat(params().getMinCommissionRate()).isEqualTo(sent.equals("007") ? "7" : "0");
    }
  }

  @Test
  void refusesWhatAChainCanNotLiveWith() throws Exception {
    refuses(
        p -> p.setUnbondingTime(Duration.newBuilder().setSeconds(9_223_372_037L)),
        "unbonding time is longer than 9223372036s: 9223372037s");
    refuses(
        p -> p.setUnbondingTime(Duration.newBuilder().setSeconds(1).setNanos(1_000_000_000)),
        "unbonding time is malformed");
    refuses(p -> p.setMaxValidators(1001), "max validators must be at most 1000: 1001");
    refuses(p -> p.setMaxValidators(-1), "max validators must be at most 1000: 4294967295");
    refuses(p -> p.setMaxEntries(1001), "max entries must be at most 1000: 1001");
    refuses(
        p -> p.setHistoricalEntries(-1), "historical entries must be at most 1000000: 4294967295");
    assertThat(update(p -> p.setMaxValidators(1000).setMaxEntries(1000)).log()).isEmpty();
  }

  @Test
  void keepsTheDenominationOfAllStake() throws Exception {
    refuses(p -> p.setBondDenom("atom"), "everything that is staked is stake");
  }

  @Test
  void refusesWhoIsNotGovernance() {
    ExecTxResult result =
        chain
            .chain()
            .run(
                PlainTx.of(
                    "/cosmos.staking.v1beta1.MsgUpdateParams",
                    MsgUpdateParams.newBuilder()
                        .setAuthority(StakingChain.A)
                        .build()
                        .toByteArray()));

    assertThat(result.codespace()).isEqualTo("gov");
    assertThat(result.code()).isEqualTo(13);
  }

  private void refuses(Consumer<Params.Builder> change, String reason) throws Exception {
    Params before = params();
    assertThat(update(change).log()).contains(reason);
    assertThat(params()).isEqualTo(before);
  }

  private ExecTxResult update(Consumer<Params.Builder> change) throws Exception {
    return update(chain, change);
  }

  private static ExecTxResult update(StakingChain chain, Consumer<Params.Builder> change)
      throws Exception {
    Params.Builder params = params(chain).toBuilder();
    change.accept(params);
    byte[] message =
        MsgUpdateParams.newBuilder()
            .setAuthority(GOVERNANCE)
            .setParams(params)
            .build()
            .toByteArray();
    return chain.chain().run(PlainTx.of("/cosmos.staking.v1beta1.MsgUpdateParams", message));
  }

  private Params params() throws Exception {
    return params(chain);
  }

  private static Params params(StakingChain chain) throws Exception {
    return QueryParamsResponse.parseFrom(
            chain.query("Params", QueryParamsRequest.getDefaultInstance()).value())
        .getParams();
  }
}
