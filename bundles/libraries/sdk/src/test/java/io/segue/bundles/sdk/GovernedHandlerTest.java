package io.segue.bundles.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.sdk.proto.upgrade.MsgCancelUpgrade;
import io.segue.kernel.api.module.ModuleException;
import org.junit.jupiter.api.Test;

class GovernedHandlerTest {
  private final Addresses addresses = new Addresses(Addresses.DEFAULT_PREFIX);
  private final GovernedHandler<MsgCancelUpgrade> handler =
      new GovernedHandler<>(
          addresses,
          MsgCancelUpgrade.parser(),
          MsgCancelUpgrade::getAuthority,
          (context, message) -> {},
          (context, message) -> {});

  @Test
  void refusesAMessageThatIsTooLarge() {
    String governance = addresses.account(Addresses.module("gov"));
    assertThat(handler.signers(message(governance))).containsExactly(Addresses.module("gov"));
    byte[] large = message(governance + " ".repeat(GovernedHandler.MAX_BYTES));
    assertThatThrownBy(() -> handler.signers(large))
        .isInstanceOf(ModuleException.class)
        .hasMessageContaining("messages of this type have at most 262144");
  }

  private static byte[] message(String authority) {
    return MsgCancelUpgrade.newBuilder().setAuthority(authority).build().toByteArray();
  }
}
