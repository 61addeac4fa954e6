package io.segue.bundles.bank;

import static io.segue.bundles.bank.BankChain.A;
import static io.segue.bundles.bank.BankChain.ADDRESSES;
import static io.segue.bundles.bank.BankChain.B;
import static io.segue.bundles.bank.BankChain.NEW;
import static io.segue.bundles.bank.BankChain.coins;
import static io.segue.bundles.bank.BankChain.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.bank.Input;
import io.segue.bundles.sdk.proto.bank.MsgMultiSend;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.bank.Output;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.testkit.modules.PlainAuth;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users may send, with the codes, logs and events of a Cosmos SDK 0.50 chain. */
class SendTest {
  private static final String FEE_COLLECTOR = "cosmos17xpfvakm2amg962yls6f84z3kell8c5lserqta";
  private static final String FAILED = "failed to execute message; message index: 0: ";

  private final BankChain chain = BankChain.started();

  @AfterEach
  void close() {
    chain.close();
  }

  @Test
  void movesCoinsFromOneAccountToAnother() throws Exception {
    ExecTxResult result = chain.send(A, B, "7stake,3ufee");

    assertThat(result.log()).isEmpty();
    assertThat(chain.balance(A, "stake")).isEqualTo("93");
    assertThat(chain.balance(A, "ufee")).isEqualTo("997");
    assertThat(chain.balance(B, "stake")).isEqualTo("57");
    assertThat(chain.balance(B, "ufee")).isEqualTo("3");
  }

  @Test
  void tellsASendByTheEventsThatClientsKnow() {
    ExecTxResult result = chain.send(A, B, "7stake");

    String sender = HexFormat.of().formatHex(ADDRESSES.parseAccount(A));
    assertThat(text(result.events()))
        .containsExactly(
            "message{action=/cosmos.bank.v1beta1.MsgSend, sender="
                + sender
                + ", module=bank, msg_index=0}",
            "coin_spent{spender=" + A + ", amount=7stake, msg_index=0}",
            "coin_received{receiver=" + B + ", amount=7stake, msg_index=0}",
            "transfer{recipient=" + B + ", sender=" + A + ", amount=7stake, msg_index=0}",
            "message{sender=" + A + ", msg_index=0}");
  }

  @Test
  void showsAddressesInLowerCaseWhateverTheSenderWrote() {
    ExecTxResult result =
        chain.send(A.toUpperCase(Locale.ROOT), B.toUpperCase(Locale.ROOT), "7stake");

    assertThat(text(result.events()))
        .contains("transfer{recipient=" + B + ", sender=" + A + ", amount=7stake, msg_index=0}");
  }

  @Test
  void removesABalanceThatBecomesZero() {
    int before = chain.chain().entries("bank").size();

    chain.send(B, A, "50stake");

    assertThat(chain.chain().entries("bank")).hasSize(before - 2);
  }

  @Test
  void leavesAnAccountThatSendsToItselfAsItIs() throws Exception {
    assertThat(chain.send(A, A, "100stake").code()).isZero();

    assertThat(chain.balance(A, "stake")).isEqualTo("100");
    chain.chain().block();
  }

  @Test
  void makesAnAccountForAReceiverThatHasNone() {
    byte[] key = PlainAuth.key(ADDRESSES.parseAccount(NEW));
    assertThat(chain.chain().entries("acc")).doesNotContainKey(key);

    chain.send(A, NEW, "1stake");

    assertThat(chain.chain().entries("acc")).containsKey(key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "0stake          | 10 | 0stake: invalid coins",
        "-5stake         | 10 | -5stake: invalid coins",
        "\"\"            | 10 | : invalid coins",
        "1ustake,1ufee   | 10 | 1ustake,1ufee: invalid coins",
        "1stake,1stake   | 10 | 1stake,1stake: invalid coins",
        "1_              | 10 | 1_: invalid coins",
        "101stake        | 5  | spendable balance 100stake is smaller than 101stake: insufficient"
            + " funds",
        "1zzz            | 5  | spendable balance 0zzz is smaller than 1zzz: insufficient funds"
      })
  void refusesAmountsAsTheSdkDoes(String amount, int code, String log) {
    ExecTxResult result = chain.send(A, B, amount);

    assertThat(result.codespace()).isEqualTo("sdk");
    assertThat(result.code()).isEqualTo(code);
    assertThat(result.log()).isEqualTo(FAILED + log);
  }

  @Test
  void refusesAReceiverWhoseAddressIsMalformed() {
    ExecTxResult result = chain.send(A, "cosmos1bad", "1stake");

    assertThat(result.code()).isEqualTo(7);
    assertThat(result.log())
        .isEqualTo(
            FAILED
                + "invalid to address: decoding bech32 failed: invalid separator index 6:"
                + " invalid address");
  }

  @Test
  void refusesModuleAccountsThatUsersMayNotPay() {
    ExecTxResult result = chain.send(A, FEE_COLLECTOR, "1stake");

    assertThat(result.code()).isEqualTo(4);
    assertThat(result.log())
        .isEqualTo(FAILED + FEE_COLLECTOR + " is not allowed to receive funds: unauthorized");
  }

  @Test
  void letsUsersPayGovernance() {
    assertThat(chain.send(A, ADDRESSES.account(Addresses.module("gov")), "1stake").code()).isZero();
  }

  @Test
  void refusesDenominationsThatMayNotBeSent() {
    try (BankChain closed =
        BankChain.startedWith(
            "{\"params\":{\"default_send_enabled\":true,\"send_enabled\":"
                + "[{\"denom\":\"stake\",\"enabled\":false}]},\"balances\":[{\"address\":\""
                + A
                + "\",\"coins\":[{\"denom\":\"stake\",\"amount\":\"1\"},"
                + "{\"denom\":\"ufee\",\"amount\":\"1\"}]}]}")) {
      ExecTxResult result = closed.send(A, B, "1stake");

      assertThat(result.codespace()).isEqualTo("bank");
      assertThat(result.code()).isEqualTo(5);
      assertThat(result.log())
          .isEqualTo(
              FAILED + "stake transfers are currently disabled: send transactions are disabled");
      assertThat(closed.send(A, B, "1ufee").code()).isZero();
    }
  }

  @Test
  void refusesMoreDenominationsThanTheLimit() {
    MsgSend.Builder send = MsgSend.newBuilder().setFromAddress(A).setToAddress(B);
    for (int i = 0; i <= MsgSendHandler.MAX_COINS; i++) {
      send.addAllAmount(coins("1d" + (10000 + i)));
    }

    ExecTxResult result = chain.run("/cosmos.bank.v1beta1.MsgSend", send.build());

    assertThat(result.code()).isEqualTo(18);
    assertThat(result.log()).contains("1001 denominations, at most 1000 may be sent at once");
  }

  @Test
  void sendsToSeveralAtOnce() throws Exception {
    ExecTxResult result =
        multiSend(
            MsgMultiSend.newBuilder()
                .addInputs(Input.newBuilder().setAddress(A).addAllCoins(coins("10stake,5ufee")))
                .addOutputs(Output.newBuilder().setAddress(B).addAllCoins(coins("7stake")))
                .addOutputs(
                    Output.newBuilder().setAddress(NEW).addAllCoins(coins("3stake,5ufee"))));

    assertThat(result.log()).isEmpty();
    assertThat(chain.balance(A, "stake")).isEqualTo("90");
    assertThat(chain.balance(B, "stake")).isEqualTo("57");
    assertThat(chain.balance(NEW, "stake")).isEqualTo("3");
    assertThat(chain.balance(NEW, "ufee")).isEqualTo("5");
    assertThat(text(result.events().subList(1, result.events().size())))
        .containsExactly(
            "coin_spent{spender=" + A + ", amount=10stake,5ufee, msg_index=0}",
            "message{sender=" + A + ", msg_index=0}",
            "coin_received{receiver=" + B + ", amount=7stake, msg_index=0}",
            "transfer{recipient=" + B + ", amount=7stake, msg_index=0}",
            "coin_received{receiver=" + NEW + ", amount=3stake,5ufee, msg_index=0}",
            "transfer{recipient=" + NEW + ", amount=3stake,5ufee, msg_index=0}");
  }

  @Test
  void refusesAMultiSendThatDoesNotAddUp() {
    ExecTxResult result =
        multiSend(
            MsgMultiSend.newBuilder()
                .addInputs(Input.newBuilder().setAddress(A).addAllCoins(coins("10stake")))
                .addOutputs(Output.newBuilder().setAddress(B).addAllCoins(coins("9stake"))));

    assertRefused(result, 4, "sum inputs != sum outputs");
  }

  @Test
  void refusesAMultiSendWithoutOneSenderAndSomeReceiver() {
    Input input = Input.newBuilder().setAddress(A).addAllCoins(coins("1stake")).build();
    Output output = Output.newBuilder().setAddress(B).addAllCoins(coins("1stake")).build();

    assertRefused(
        multiSend(MsgMultiSend.newBuilder().addOutputs(output)),
        2,
        "no inputs to send transaction");
    assertRefused(
        multiSend(MsgMultiSend.newBuilder().addInputs(input)), 3, "no outputs to send transaction");
    assertRefused(
        multiSend(MsgMultiSend.newBuilder().addInputs(input).addInputs(input).addOutputs(output)),
        9,
        "multiple senders not allowed");
  }

  private ExecTxResult multiSend(MsgMultiSend.Builder send) {
    return chain.run("/cosmos.bank.v1beta1.MsgMultiSend", send.build());
  }

  private static void assertRefused(ExecTxResult result, int code, String text) {
    assertThat(result.codespace()).isEqualTo("bank");
    assertThat(result.code()).isEqualTo(code);
    assertThat(result.log()).isEqualTo(FAILED + text);
  }
}
