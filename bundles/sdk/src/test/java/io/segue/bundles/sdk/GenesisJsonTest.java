package io.segue.bundles.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import io.segue.bundles.sdk.proto.auth.BaseAccount;
import io.segue.bundles.sdk.proto.auth.GenesisState;
import io.segue.bundles.sdk.proto.auth.Params;
import io.segue.kernel.api.module.ModuleException;
import org.junit.jupiter.api.Test;

class GenesisJsonTest {
  private final GenesisJson json = GenesisJson.withTypes(BaseAccount.getDefaultInstance());

  @Test
  void hasOriginalNamesAndNumbersAsStrings() {
    assertThat(json.print(Params.newBuilder().setTxSigLimit(7)))
        .isEqualTo(
            "{\"max_memo_characters\":\"0\",\"tx_sig_limit\":\"7\","
                + "\"tx_size_cost_per_byte\":\"0\",\"sig_verify_cost_ed25519\":\"0\","
                + "\"sig_verify_cost_secp256k1\":\"0\"}");
  }

  @Test
  void readsWhatItPrints() {
    BaseAccount account = BaseAccount.newBuilder().setAddress("x").setSequence(3).build();
    GenesisState state = GenesisState.newBuilder().addAccounts(Any.pack(account)).build();
    assertThat(json.parse("auth", json.printBytes(state), GenesisState.newBuilder()).build())
        .isEqualTo(state);
  }

  @Test
  void refusesUnknownMembersAndSaysWhere() {
    assertThatThrownBy(() -> json.parse("auth", "{\"parms\":{}}", GenesisState.newBuilder()))
        .isInstanceOf(ModuleException.class)
        .hasMessageStartingWith("genesis of auth: ")
        .hasMessageContaining("parms");
  }
}
