package io.segue.bundles.bank;

import static io.segue.bundles.bank.BankChain.A;
import static io.segue.bundles.bank.BankChain.ADDRESSES;
import static io.segue.bundles.bank.BankChain.B;
import static io.segue.bundles.bank.BankChain.NEW;
import static io.segue.bundles.bank.BankChain.bytes;
import static io.segue.bundles.bank.BankChain.coins;
import static io.segue.bundles.bank.BankChain.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.bank.MsgBurn;
import io.segue.bundles.sdk.proto.bank.MsgMint;
import io.segue.bundles.sdk.proto.bank.MsgMove;
import io.segue.bundles.sdk.proto.bank.QuerySupplyOfRequest;
import io.segue.bundles.sdk.proto.bank.QuerySupplyOfResponse;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.testkit.modules.PlainAuth;
import java.math.BigInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What other modules ask of the bank. */
class InternalMessagesTest {
  private static final byte[] FEE_COLLECTOR = Addresses.module("fee_collector");

  private final BankChain chain = BankChain.started();

  @AfterEach
  void close() {
    chain.close();
  }

  @Test
  void cannotBeSentByATransaction() {
    ExecTxResult result =
        chain.run(
            "/segue.bank.v1.MsgMint",
            MsgMint.newBuilder().setTo(bytes(A)).addAllAmount(coins("1stake")).build());

    assertThat(result.code()).isEqualTo(6);
  }

  @Test
  void movesCoinsToAccountsThatUsersMayNotPay() throws Exception {
    ExecTxResult result =
        call(
            "MsgMove",
            MsgMove.newBuilder()
                .setFrom(bytes(A))
                .setTo(ByteString.copyFrom(FEE_COLLECTOR))
                .addAllAmount(coins("7stake"))
                .build());

    assertThat(result.log()).isEmpty();
    assertThat(chain.balance(FEE_COLLECTOR, "stake")).isEqualTo("7");
    String collector = ADDRESSES.account(FEE_COLLECTOR);
    assertThat(text(result.events().subList(1, result.events().size())))
        .containsExactly(
            "coin_spent{spender=" + A + ", amount=7stake, msg_index=0}",
            "coin_received{receiver=" + collector + ", amount=7stake, msg_index=0}",
            "transfer{recipient=" + collector + ", sender=" + A + ", amount=7stake, msg_index=0}",
            "message{sender=" + A + ", msg_index=0}");
  }

  @Test
  void refusesToMoveWhatAnAccountDoesNotHave() {
    ExecTxResult result =
        call(
            "MsgMove",
            MsgMove.newBuilder()
                .setFrom(bytes(B))
                .setTo(bytes(A))
                .addAllAmount(coins("51stake"))
                .build());

    assertThat(result.code()).isEqualTo(5);
    assertThat(result.log())
        .endsWith("spendable balance 50stake is smaller than 51stake: insufficient funds");
  }

  @Test
  void mintsCoinsAndRaisesTheSupply() throws Exception {
    ExecTxResult result =
        call(
            "MsgMint",
            MsgMint.newBuilder().setTo(bytes(NEW)).addAllAmount(coins("9fresh,1stake")).build());

    assertThat(chain.balance(NEW, "fresh")).isEqualTo("9");
    assertThat(supply("fresh")).isEqualTo("9");
    assertThat(supply("stake")).isEqualTo("151");
    assertThat(text(result.events()))
        .containsSubsequence(
            "coin_received{receiver=" + NEW + ", amount=9fresh,1stake, msg_index=0}",
            "coinbase{minter=" + NEW + ", amount=9fresh,1stake, msg_index=0}");
    assertThat(chain.chain().entries("acc"))
        .containsKey(PlainAuth.key(ADDRESSES.parseAccount(NEW)));
  }

  @Test
  void refusesToMintBeyondTheRangeOfAmounts() {
    String most = BigInteger.TWO.pow(256).subtract(BigInteger.ONE).toString();

    ExecTxResult result =
        call(
            "MsgMint",
            MsgMint.newBuilder().setTo(bytes(B)).addAllAmount(coins(most + "stake")).build());

    assertThat(result.code()).isEqualTo(10);
    assertThat(result.log()).contains("would raise the supply over 256 bits");
  }

  @Test
  void burnsCoinsAndLowersTheSupply() throws Exception {
    ExecTxResult result =
        call(
            "MsgBurn",
            MsgBurn.newBuilder().setFrom(bytes(A)).addAllAmount(coins("100stake")).build());

    assertThat(chain.balance(A, "stake")).isEqualTo("0");
    assertThat(supply("stake")).isEqualTo("50");
    assertThat(text(result.events().subList(1, result.events().size())))
        .containsExactly(
            "coin_spent{spender=" + A + ", amount=100stake, msg_index=0}",
            "burn{burner=" + A + ", amount=100stake, msg_index=0}");
  }

  @Test
  void takesAFeeToTheCollectorBeforeTheMessagesRun() throws Exception {
    ExecTxResult result =
        chain.chain().run(BankChain.sendWithFee(A, B, "1stake", 200_000, "500ufee"));

    assertThat(result.log()).isEmpty();
    assertThat(chain.balance(A, "ufee")).isEqualTo("500");
    assertThat(chain.balance(FEE_COLLECTOR, "ufee")).isEqualTo("500");
    String collector = ADDRESSES.account(FEE_COLLECTOR);
    assertThat(text(result.events()).subList(0, 4))
        .containsExactly(
            "coin_spent{spender=" + A + ", amount=500ufee}",
            "coin_received{receiver=" + collector + ", amount=500ufee}",
            "transfer{recipient=" + collector + ", sender=" + A + ", amount=500ufee}",
            "message{sender=" + A + "}");
  }

  @Test
  void refusesAFeeThatThePayerDoesNotHave() {
    ExecTxResult result =
        chain.chain().run(BankChain.sendWithFee(A, B, "1stake", 200_000, "1001ufee"));

    assertThat(result.code()).isEqualTo(5);
    assertThat(result.log())
        .isEqualTo("spendable balance 1000ufee is smaller than 1001ufee: insufficient funds");
  }

  @Test
  void movesNothingWhereNothingIsNamed() {
    ExecTxResult result =
        call("MsgMove", MsgMove.newBuilder().setFrom(bytes(A)).setTo(bytes(B)).build());

    assertThat(result.code()).isZero();
    assertThat(result.events()).hasSize(1);
  }

  @Test
  void refusesAnAddressOfNoBytes() {
    ExecTxResult result =
        call(
            "MsgMove",
            MsgMove.newBuilder().setFrom(bytes(A)).addAllAmount(coins("1stake")).build());

    assertThat(result.code()).isEqualTo(7);
    assertThat(result.log()).endsWith("to has 0 bytes: invalid address");
  }

  private ExecTxResult call(String name, Message message) {
    return chain.chain().call("/segue.bank.v1." + name, message.toByteArray());
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
