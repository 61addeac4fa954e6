package io.segue.bundles.auth.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.auth.AuthFactory;
import io.segue.bundles.auth.TestPlatform;
import io.segue.bundles.auth.TestSigner;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.auth.MsgUpdateParams;
import io.segue.bundles.sdk.proto.auth.Params;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.ModuleException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Governance changes limits and prices of the ante steps. */
class UpdateParamsTest {
  private static final Addresses ADDRESSES = new Addresses("cosmos");
  private static final byte[] GOVERNANCE = Addresses.module("gov");

  private final StoreContext context = new StoreContext();
  private final MessageHandler handler =
      Objects.requireNonNull(
          new AuthFactory()
              .create(new TestPlatform())
              .messages()
              .get("/cosmos.auth.v1beta1.MsgUpdateParams"));

  @Test
  void setsWhatGovernanceSays() {
    Params params = AuthParams.DEFAULT.toBuilder().setMaxMemoCharacters(512).build();
    byte[] message = message(ADDRESSES.account(GOVERNANCE), params);

    assertThat(handler.signers(message)).containsExactly(GOVERNANCE);
    assertThat(handler.handle(context, message)).isEmpty();
    assertThat(AuthParams.get(context.store())).isEqualTo(params);
  }

  @Test
  void judgesBeforeTheVoteAndAgainBeforeItsExecution() {
    byte[] message =
        message(
            ADDRESSES.account(GOVERNANCE),
            AuthParams.DEFAULT.toBuilder().setTxSizeCostPerByte(0).build());

    assertThatThrownBy(() -> handler.validate(context, message))
        .hasMessage("invalid tx size cost per byte: 0");
    assertThatThrownBy(() -> handler.handle(context, message))
        .isInstanceOfSatisfying(
            ModuleException.class,
            e -> {
              assertThat(e.codespace()).isEqualTo("undefined");
              assertThat(e.code()).isEqualTo(1);
              assertThat(e.log()).isEqualTo("invalid tx size cost per byte: 0");
            });
    assertThat(AuthParams.get(context.store())).isEqualTo(AuthParams.DEFAULT);
  }

  @Test
  void refusesWhoIsNotGovernanceInTheSdksWords() {
    String stranger = TestSigner.A.address();

    assertThatThrownBy(() -> handler.validate(context, message(stranger, AuthParams.DEFAULT)))
        .hasMessage(
            "expected gov account as only signer for proposal message; invalid authority; expected "
                + ADDRESSES.account(GOVERNANCE)
                + ", got "
                + stranger);
  }

  private static byte[] message(String authority, Params params) {
    return MsgUpdateParams.newBuilder()
        .setAuthority(authority)
        .setParams(params)
        .build()
        .toByteArray();
  }
}
