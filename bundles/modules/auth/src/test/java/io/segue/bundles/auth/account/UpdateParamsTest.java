package io.segue.bundles.auth.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.auth.AuthFactory;
import io.segue.bundles.auth.TestPlatform;
import io.segue.bundles.auth.TestSigner;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.auth.MsgUpdateParams;
import io.segue.bundles.sdk.proto.auth.Params;
import io.segue.bundles.sdk.state.Schema;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.ModuleException;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Governance changes limits and prices of the ante steps. */
class UpdateParamsTest {
  private static final Addresses ADDRESSES = new Addresses("cosmos");
  private static final byte[] GOVERNANCE = Addresses.module("gov");

  private final StoreContext context = new StoreContext();
  private final AccountKeeper keeper = new AccountKeeper(ADDRESSES, new Schema());
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
    assertThat(keeper.params(context.store())).isEqualTo(params);
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
    assertThat(keeper.params(context.store())).isEqualTo(AuthParams.DEFAULT);
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void refusesWhatTheChainCannotLiveWith(
      String name, long most, BiConsumer<Params.Builder, Long> set) {
    for (long value : new long[] {1, most}) {
      Params.Builder params = AuthParams.DEFAULT.toBuilder();
      set.accept(params, value);
      handler.handle(context, message(ADDRESSES.account(GOVERNANCE), params.build()));
      assertThat(keeper.params(context.store())).isEqualTo(params.build());
    }
    for (long value : new long[] {most + 1, Long.MAX_VALUE, -1}) {
      Params.Builder params = AuthParams.DEFAULT.toBuilder();
      set.accept(params, value);
      byte[] message = message(ADDRESSES.account(GOVERNANCE), params.build());
      assertThatThrownBy(() -> handler.validate(context, message))
          .hasMessage(
              "invalid "
                  + name
                  + ": "
                  + Long.toUnsignedString(value)
                  + ", it must be from 1 to "
                  + most);
    }
  }

  static Stream<Arguments> bounds() {
    return Stream.of(
        bound("tx signature limit", 100, Params.Builder::setTxSigLimit),
        bound("max memo characters", 65_536, Params.Builder::setMaxMemoCharacters),
        bound("tx size cost per byte", 100, Params.Builder::setTxSizeCostPerByte),
        bound(
            "ED25519 signature verification cost",
            100_000,
            Params.Builder::setSigVerifyCostEd25519),
        bound(
            "SECK256k1 signature verification cost",
            100_000,
            Params.Builder::setSigVerifyCostSecp256K1));
  }

  private static Arguments bound(String name, long most, BiConsumer<Params.Builder, Long> set) {
    return Arguments.of(name, most, set);
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
