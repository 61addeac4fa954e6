package io.segue.upgrade.handlers.v2.feemarket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.segue.bundles.sdk.Addresses;
import io.segue.kernel.api.abci.Abci.Attribute;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.api.module.Tx;
import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.kernel.testkit.modules.PlainAuth;
import io.segue.kernel.testkit.modules.PlainTx;
import io.segue.upgrade.handlers.v2.feemarket.proto.MsgUpdateParams;
import io.segue.upgrade.handlers.v2.feemarket.proto.Params;
import io.segue.upgrade.handlers.v2.feemarket.proto.QueryBaseFeeResponse;
import io.segue.upgrade.handlers.v2.feemarket.proto.QueryParamsResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fee market on a chain. */
class FeeMarketTest {
  private static final Addresses ADDRESSES = new Addresses("cosmos");
  private static final String GOVERNANCE = ADDRESSES.account(Addresses.module("gov"));
  private static final Map<Phase, List<String>> ORDERS =
      Map.of(Phase.ANTE, List.of(BaseFeeStep.NAME));

  private final ModuleChain chain = started("{}");

  @AfterEach
  void close() {
    chain.close();
  }

  @Test
  void refusesAFeeBelowTheBaseFee() {
    ExecTxResult result = chain.run(tx(200_000, "19stake"));

    assertThat(result.codespace()).isEqualTo("sdk");
    assertThat(result.code()).isEqualTo(13);
    assertThat(result.log())
        .isEqualTo("insufficient fees; got: 19stake required: 20stake: insufficient fee");
  }

  @Test
  void passesAFeeOfTheBaseFeeOrMore() {
    assertThat(chain.run(tx(200_000, "20stake")).code()).isZero();
    assertThat(chain.run(tx(200_000, "7other", "21stake")).code()).isZero();
  }

  @Test
  void countsCoinsOfItsDenominationAlone() {
    ExecTxResult result = chain.run(tx(200_000, "500other"));

    assertThat(result.log())
        .isEqualTo("insufficient fees; got: 500other required: 20stake: insufficient fee");
  }

  @Test
  void raisesTheBaseFeeAfterAFullBlockAndTellsIt() throws Exception {
    FinalizeBlockResponse full =
        chain.block(tx(60_000_000, "6000stake"), tx(60_000_000, "6000stake"));

    assertThat(baseFee()).isEqualTo(112);
    assertThat(full.events()).hasSize(1);
    assertThat(full.events().get(0).attributes())
        .extracting(Attribute::key, Attribute::value)
        .containsExactly(
            tuple("base_fee", "112"),
            tuple("denom", "stake"),
            tuple("block_gas", "120000000"),
            tuple("mode", "EndBlock"));
    assertThat(chain.run(tx(1_000_000, "111stake")).code()).isEqualTo(13);
  }

  @Test
  void lowersTheBaseFeeAgainAfterEmptyBlocks() throws Exception {
    chain.block(tx(120_000_000, "12000stake"));
    chain.block();

    assertThat(baseFee()).isEqualTo(100);
    assertThat(chain.block().events()).isEmpty();
  }

  @Test
  void doesNotCountTransactionsThatAreRefused() throws Exception {
    chain.block(tx(120_000_000, "1stake"));

    assertThat(baseFee()).isEqualTo(100);
  }

  @Test
  void changesNothingInABlockThatChangesNothing() {
    String before = chain.dump("feemarket");

    chain.block();

    assertThat(chain.dump("feemarket")).isEqualTo(before);
  }

  @Test
  void answersTheParametersAndTheBaseFee() throws Exception {
    Params params =
        QueryParamsResponse.parseFrom(
                chain.query("/segue.feemarket.v1.Query/Params", new byte[0]).value())
            .getParams();

    assertThat(params.getTargetBlockGas()).isEqualTo(50_000_000);
    assertThat(params.getMaxBaseFee()).isEqualTo(1000);
    assertThat(baseFee()).isEqualTo(100);
  }

  @Test
  void letsGovernanceChangeTheParametersAndKeepsTheBaseFeeWithin() throws Exception {
    ExecTxResult result = update(GOVERNANCE, params().setMinBaseFee(500));

    assertThat(result.log()).isEmpty();
    assertThat(baseFee()).isEqualTo(500);
  }

  @Test
  void letsNobodyElseChangeTheParameters() {
    String user = ADDRESSES.account(new byte[20]);

    ExecTxResult result = update(user, params());

    assertThat(result.code()).isEqualTo(4);
    assertThat(result.log()).contains("expected " + GOVERNANCE + " got " + user);
  }

  @ParameterizedTest
  @CsvSource({
    "denom, denom \"\" is no denomination",
    "target, 'target_block_gas is 0, it must be from 1 to 1000000000000000'",
    "denominator, 'change_denominator is 0, it must be from 1 to 1000000'",
    "least, 'min_base_fee is 1001, it must be from 0 to 1000'",
    "highest, 'max_base_fee is 18446744073709551615, it must be from 0 to 1000000000000000'"
  })
  void refusesParametersThatContradict(String what, String why) {
    Params.Builder params = params();
    switch (what) {
      case "denom" -> params.setDenom("");
      case "target" -> params.setTargetBlockGas(0);
      case "denominator" -> params.setChangeDenominator(0);
      case "least" -> params.setMinBaseFee(1001);
      default -> params.setMaxBaseFee(-1);
    }

    ExecTxResult result = update(GOVERNANCE, params);

    assertThat(result.code()).isEqualTo(18);
    assertThat(result.log()).contains("fee market: " + why);
  }

  @Test
  void refusesABaseFeeThatNobodyCouldPay() throws Exception {
    assertThat(update(GOVERNANCE, params().setMaxBaseFee(5000)).log()).isEmpty();

    ExecTxResult dear = update(GOVERNANCE, params().setMaxBaseFee(5001));
    assertThat(dear.code()).isEqualTo(18);
    assertThat(dear.log())
        .contains(
            "max_base_fee is 5001, it must be at most 5000, a 10000th of the supply of stake");
    assertThat(update(GOVERNANCE, params().setDenom("nothing")).log())
        .contains("it must be at most 0, a 10000th of the supply of nothing");
    assertThat(update(GOVERNANCE, params()).log()).isEmpty();
  }

  @Test
  void refusesAGenesisWhoseBaseFeeIsOutside() {
    String genesis =
        FeeMarketGenesis.DEFAULT.replace("\"base_fee\":\"100\"", "\"base_fee\":\"99\"");

    assertThatThrownBy(() -> started("{\"feemarket\":" + genesis + "}"))
        .hasMessageContaining("genesis of feemarket: base_fee is 99");
  }

  @Test
  void givesTheSameStateWhenItsExportIsReadAgain() {
    chain.block(tx(120_000_000, "12000stake"));

    try (ModuleChain again =
        ModuleChain.of(ORDERS, new PlainAuth(), new FeeMarketModule(ADDRESSES))) {
      again.start("{\"feemarket\":" + chain.exportGenesis("feemarket") + "}");

      assertThat(again.dump("feemarket")).isEqualTo(chain.dump("feemarket"));
    }
  }

  private static ModuleChain started(String appState) {
    ModuleChain chain =
        ModuleChain.of(
            ORDERS, new PlainAuth(), new FakeSupply(50_000_000), new FeeMarketModule(ADDRESSES));
    chain.start(appState);
    chain.block();
    return chain;
  }

  private static Params.Builder params() {
    return Params.newBuilder()
        .setDenom("stake")
        .setTargetBlockGas(50_000_000)
        .setChangeDenominator(8)
        .setMinBaseFee(100)
        .setMaxBaseFee(1000);
  }

  private ExecTxResult update(String authority, Params.Builder params) {
    byte[] message =
        MsgUpdateParams.newBuilder()
            .setAuthority(authority)
            .setParams(params)
            .build()
            .toByteArray();
    return chain.run(
        PlainTx.of(
            200_000,
            List.of(new Tx.Coin("stake", "20")),
            List.of(new Tx.Message("/segue.feemarket.v1.MsgUpdateParams", message))));
  }

  private long baseFee() throws Exception {
    return QueryBaseFeeResponse.parseFrom(
            chain.query("/segue.feemarket.v1.Query/BaseFee", new byte[0]).value())
        .getBaseFee();
  }

  /** A transaction that changes the parameters to what they are. */
  private static byte[] tx(long gas, String... fee) {
    List<Tx.Coin> coins = new ArrayList<>();
    for (String coin : fee) {
      String denom = coin.replaceFirst("^[0-9]+", "");
      coins.add(new Tx.Coin(denom, coin.substring(0, coin.length() - denom.length())));
    }
    byte[] message =
        MsgUpdateParams.newBuilder()
            .setAuthority(GOVERNANCE)
            .setParams(params())
            .build()
            .toByteArray();
    return PlainTx.of(
        gas, coins, List.of(new Tx.Message("/segue.feemarket.v1.MsgUpdateParams", message)));
  }
}
