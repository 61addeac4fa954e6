package io.segue.bundles.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import io.segue.bundles.sdk.proto.auth.BaseAccount;
import io.segue.bundles.sdk.proto.auth.GenesisState;
import io.segue.bundles.sdk.proto.auth.Params;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
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

  /** Without limit, 12,000 of them end the export with an overflow of the stack. */
  @Test
  void refusesMessagesThatAreNestedTooDeepThroughAny() {
    GenesisJson json =
        GenesisJson.withTypes(Any.getDefaultInstance(), MsgSubmitProposal.getDefaultInstance());
    assertThatThrownBy(() -> json.print(nested(6_000)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nested deeper than 100");
    assertThat(json.print(nested(AnyDepth.MAX_DEPTH / 2))).contains("@type");
    Any proposal = Any.getDefaultInstance();
    for (int i = 0; i < 1_000; i++) {
      proposal = Any.pack(MsgSubmitProposal.newBuilder().addMessages(proposal).build());
    }
    Any deep = proposal;
    assertThatThrownBy(() -> json.print(deep)).hasMessageContaining("nested deeper than 100");
  }

  @Test
  void refusesTextThatIsNestedTooDeep() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertThatThrownBy(() -> json.parse("auth", deep, GenesisState.newBuilder()))
        .isInstanceOf(ModuleException.class)
        .hasMessageContaining("nested deeper than 100");
  }

  @Test
  void refusesWhatJsonCanNotSay() {
    Duration duration = Duration.newBuilder().setSeconds(1_000_000_000_000_000L).build();
    assertThatThrownBy(() -> json.print(duration))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("JSON can't say a message: ");
    assertThatThrownBy(() -> json.print(Any.pack(MsgSubmitProposal.getDefaultInstance())))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Any nested(int depth) {
    Any any = Any.getDefaultInstance();
    for (int i = 0; i < depth; i++) {
      any = Any.pack(any);
    }
    return any;
  }

  @Test
  void refusesUnknownMembersAndSaysWhere() {
    assertThatThrownBy(() -> json.parse("auth", "{\"parms\":{}}", GenesisState.newBuilder()))
        .isInstanceOf(ModuleException.class)
        .hasMessageStartingWith("genesis of auth: ")
        .hasMessageContaining("parms");
  }
}
