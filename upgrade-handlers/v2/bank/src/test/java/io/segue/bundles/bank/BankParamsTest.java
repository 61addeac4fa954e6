package io.segue.bundles.bank;

import static io.segue.bundles.bank.BankChain.A;
import static io.segue.bundles.bank.BankChain.ADDRESSES;
import static io.segue.bundles.bank.BankChain.B;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.bank.MsgSetSendEnabled;
import io.segue.bundles.sdk.proto.bank.MsgUpdateParams;
import io.segue.bundles.sdk.proto.bank.Params;
import io.segue.bundles.sdk.proto.bank.QuerySendEnabledRequest;
import io.segue.bundles.sdk.proto.bank.QuerySendEnabledResponse;
import io.segue.bundles.sdk.proto.bank.SendEnabled;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What governance may say about sending. */
class BankParamsTest {
  private static final String GOVERNANCE = ADDRESSES.account(Addresses.module("gov"));

  private final BankChain chain = BankChain.started();

  @AfterEach
  void close() {
    chain.close();
  }

  @Test
  void closesOneDenominationAndOpensItAgain() {
    assertThat(set(MsgSetSendEnabled.newBuilder().addSendEnabled(entry("stake", false))).log())
        .isEmpty();
    assertThat(chain.send(A, B, "1stake").code()).isEqualTo(5);
    assertThat(chain.send(A, B, "1ufee").code()).isZero();

    assertThat(set(MsgSetSendEnabled.newBuilder().addUseDefaultFor("stake")).log()).isEmpty();
    assertThat(chain.send(A, B, "1stake").code()).isZero();
  }

  @Test
  void closesAllButTheNamedDenominations() throws Exception {
    set(MsgSetSendEnabled.newBuilder().addSendEnabled(entry("ufee", true)));
    assertThat(update(Params.newBuilder().setDefaultSendEnabled(false)).log()).isEmpty();

    assertThat(chain.send(A, B, "1stake").code()).isEqualTo(5);
    assertThat(chain.send(A, B, "1ufee").code()).isZero();
    assertThat(entries()).containsExactly(entry("ufee", true));
  }

  @Test
  void tellsTheEntriesThatAreAskedFor() throws Exception {
    set(
        MsgSetSendEnabled.newBuilder()
            .addSendEnabled(entry("ufee", true))
            .addSendEnabled(entry("stake", false)));

    assertThat(entries()).containsExactly(entry("stake", false), entry("ufee", true));
    assertThat(entries("ufee", "nope")).containsExactly(entry("ufee", true));
  }

  @Test
  void refusesWhoIsNotGovernance() {
    ExecTxResult result =
        chain.run(
            "/cosmos.bank.v1beta1.MsgUpdateParams",
            MsgUpdateParams.newBuilder().setAuthority(A).build());

    assertThat(result.codespace()).isEqualTo("gov");
    assertThat(result.code()).isEqualTo(13);
    assertThat(result.log())
        .endsWith(
            "invalid authority; expected "
                + GOVERNANCE
                + ", got "
                + A
                + ": expected gov account as only signer for proposal message");
  }

  @Test
  void refusesEntriesWithinTheParameters() {
    ExecTxResult result = update(Params.newBuilder().addSendEnabled(entry("stake", true)));

    assertThat(result.codespace()).isEqualTo("undefined");
    assertThat(result.log()).endsWith("use of send_enabled in params is no longer supported");
  }

  @Test
  void refusesADenominationTwiceOrMalformed() {
    assertThat(
            set(MsgSetSendEnabled.newBuilder()
                    .addSendEnabled(entry("stake", true))
                    .addSendEnabled(entry("stake", false)))
                .log())
        .endsWith("duplicate denom entries found for \"stake\": invalid request");
    assertThat(set(MsgSetSendEnabled.newBuilder().addSendEnabled(entry("!", true))).log())
        .endsWith("invalid SendEnabled denom \"!\": invalid denom: !: invalid request");
    assertThat(set(MsgSetSendEnabled.newBuilder().addUseDefaultFor("!")).log())
        .endsWith("invalid UseDefaultFor denom \"!\": invalid denom: !: invalid request");
  }

  @Test
  void refusesMoreEntriesThanTheLimit() {
    MsgSetSendEnabled.Builder many = MsgSetSendEnabled.newBuilder();
    for (int i = 0; i <= BankParams.MAX_NAMED; i++) {
      many.addSendEnabled(entry("coin" + i, true));
    }

    assertThat(set(many).log()).contains("names 101 denominations, at most 100 are allowed");

    MsgSetSendEnabled.Builder defaults = MsgSetSendEnabled.newBuilder();
    for (int i = 0; i <= BankParams.MAX_NAMED; i++) {
      defaults.addUseDefaultFor("coin" + i);
    }
    assertThat(set(defaults).log()).contains("use_default_for names 101 denominations");

    set(MsgSetSendEnabled.newBuilder().addSendEnabled(entry("ufee", true)));
    MsgSetSendEnabled.Builder others = MsgSetSendEnabled.newBuilder();
    many.getSendEnabledList()
        .subList(1, many.getSendEnabledCount())
        .forEach(others::addSendEnabled);
    assertThat(set(others).log())
        .contains("send_enabled names 101 denominations, at most 100 are allowed: use default");
  }

  @Test
  void survivesAnExport() {
    set(
        MsgSetSendEnabled.newBuilder()
            .addSendEnabled(entry("ufee", true))
            .addSendEnabled(entry("stake", false)));
    String exported = chain.chain().exportGenesis("bank");

    assertThat(exported)
        .contains("\"params\":{\"send_enabled\":[],\"default_send_enabled\":true}")
        .contains(
            "\"send_enabled\":[{\"denom\":\"stake\",\"enabled\":false},"
                + "{\"denom\":\"ufee\",\"enabled\":true}]");
    try (BankChain again = BankChain.startedWith(exported)) {
      assertThat(again.chain().dump("bank")).isEqualTo(chain.chain().dump("bank"));
    }
  }

  private ExecTxResult set(MsgSetSendEnabled.Builder message) {
    return chain.run(
        "/cosmos.bank.v1beta1.MsgSetSendEnabled", message.setAuthority(GOVERNANCE).build());
  }

  private ExecTxResult update(Params.Builder params) {
    return chain.run(
        "/cosmos.bank.v1beta1.MsgUpdateParams",
        MsgUpdateParams.newBuilder().setAuthority(GOVERNANCE).setParams(params).build());
  }

  private List<SendEnabled> entries(String... denoms) throws Exception {
    QuerySendEnabledRequest request =
        QuerySendEnabledRequest.newBuilder().addAllDenoms(List.of(denoms)).build();
    return QuerySendEnabledResponse.parseFrom(chain.query("SendEnabled", request).value())
        .getSendEnabledList();
  }

  private static SendEnabled entry(String denom, boolean enabled) {
    return SendEnabled.newBuilder().setDenom(denom).setEnabled(enabled).build();
  }
}
