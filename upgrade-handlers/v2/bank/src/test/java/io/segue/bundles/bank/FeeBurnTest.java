package io.segue.bundles.bank;

import static io.segue.bundles.bank.BankChain.A;
import static io.segue.bundles.bank.BankChain.ADDRESSES;
import static io.segue.bundles.bank.BankChain.B;
import static io.segue.bundles.bank.BankChain.sendWithFee;
import static io.segue.bundles.bank.BankChain.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.bank.QuerySupplyOfRequest;
import io.segue.bundles.sdk.proto.bank.QuerySupplyOfResponse;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.upgrade.handlers.v2.bank.proto.MsgSetParams;
import io.segue.upgrade.handlers.v2.bank.proto.MsgUpdateParams;
import io.segue.upgrade.handlers.v2.bank.proto.Params;
import io.segue.upgrade.handlers.v2.bank.proto.QueryParamsResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A share of each fee is burned, and who may set it. */
class FeeBurnTest {
  private static final byte[] FEE_COLLECTOR = Addresses.module("fee_collector");
  private static final String COLLECTOR = ADDRESSES.account(FEE_COLLECTOR);
  private static final String GOVERNANCE = ADDRESSES.account(Addresses.module("gov"));

  private final BankChain chain = BankChain.started();

  @AfterEach
  void close() {
    chain.close();
  }

  @Test
  void burnsNothingUntilTheShareIsSet() throws Exception {
    chain.chain().run(sendWithFee(A, B, "1stake", 200_000, "500ufee"));

    assertThat(chain.balance(FEE_COLLECTOR, "ufee")).isEqualTo("500");
    assertThat(supply("ufee")).isEqualTo("1000");
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 500, 50",
    "0.1, 505, 50",
    "0.1, 9, 0",
    "0, 500, 0",
    "1, 500, 500",
    "0.333333333333333333, 1000, 333",
    "0.999999999999999999, 1000, 999"
  })
  void burnsTheShareCutOffToWholeCoins(String share, long fee, long burned) throws Exception {
    setShare(share);

    ExecTxResult result = chain.chain().run(sendWithFee(A, B, "1stake", 200_000, fee + "ufee"));

    assertThat(result.log()).isEmpty();
    assertThat(chain.balance(A, "ufee")).isEqualTo(String.valueOf(1000 - fee));
    assertThat(chain.balance(FEE_COLLECTOR, "ufee")).isEqualTo(String.valueOf(fee - burned));
    assertThat(supply("ufee")).isEqualTo(String.valueOf(1000 - burned));
  }

  @Test
  void tellsWhatItCollectsAndWhatItBurns() {
    setShare("0.1");

    ExecTxResult result = chain.chain().run(sendWithFee(A, B, "1stake", 200_000, "505ufee"));

    assertThat(text(result.events()).subList(0, 5))
        .containsExactly(
            "coin_spent{spender=" + A + ", amount=505ufee}",
            "coin_received{receiver=" + COLLECTOR + ", amount=455ufee}",
            "transfer{recipient=" + COLLECTOR + ", sender=" + A + ", amount=455ufee}",
            "message{sender=" + A + "}",
            "burn{burner=" + A + ", amount=50ufee}");
  }

  @Test
  void collectsNothingWhereAllIsBurned() {
    setShare("1");

    ExecTxResult result = chain.chain().run(sendWithFee(A, B, "1stake", 200_000, "500ufee"));

    assertThat(text(result.events()).subList(0, 3))
        .containsExactly(
            "coin_spent{spender=" + A + ", amount=500ufee}",
            "message{sender=" + A + "}",
            "burn{burner=" + A + ", amount=500ufee}");
  }

  @ParameterizedTest
  @CsvSource({
    "1.000000000000000001, it must be from 0 to 1",
    "-0.1, it must be from 0 to 1",
    "x, invalid decimal string: x",
    "'', decimal string cannot be empty"
  })
  void refusesAShareThatIsNone(String share, String why) {
    ExecTxResult result = setShare(share);

    assertThat(result.code()).isEqualTo(18);
    assertThat(result.log()).contains("fee_burn_share \"" + share + "\": " + why);
  }

  @Test
  void refusesAGenesisWithAShareThatIsNone() {
    assertThatThrownBy(() -> BankChain.startedWith("{\"v2_params\":{\"fee_burn_share\":\"2\"}}"))
        .hasMessageContaining("fee_burn_share \"2\": it must be from 0 to 1");
  }

  @Test
  void letsGovernanceSetTheShare() throws Exception {
    ExecTxResult result = update(GOVERNANCE);

    assertThat(result.log()).isEmpty();
    assertThat(
            QueryParamsResponse.parseFrom(
                    chain.chain().query("/segue.bank.v2.Query/Params", new byte[0]).value())
                .getParams()
                .getFeeBurnShare())
        .isEqualTo("0.250000000000000000");
  }

  @Test
  void letsNobodyElseSetTheShare() {
    ExecTxResult result = update(A);

    assertThat(result.code()).isEqualTo(4);
    assertThat(result.log()).contains("expected " + GOVERNANCE + " got " + A);
  }

  /** Plain transactions are signed by whoever the message names. */
  private ExecTxResult update(String authority) {
    return chain.run(
        "/segue.bank.v2.MsgUpdateParams",
        MsgUpdateParams.newBuilder().setAuthority(authority).setParams(share("0.25")).build());
  }

  private ExecTxResult setShare(String share) {
    return chain
        .chain()
        .call(
            "/segue.bank.v2.MsgSetParams",
            MsgSetParams.newBuilder().setParams(share(share)).build().toByteArray());
  }

  private static Params share(String share) {
    return Params.newBuilder().setFeeBurnShare(share).build();
  }

  private String supply(String denom) throws Exception {
    return QuerySupplyOfResponse.parseFrom(
            chain
                .query("SupplyOf", QuerySupplyOfRequest.newBuilder().setDenom(denom).build())
                .value())
        .getAmount()
        .getAmount();
  }
}
