package io.segue.bundles.upgrade;

import io.segue.bundles.sdk.BoundedParser;
import io.segue.bundles.sdk.GovernedHandler;
import io.segue.bundles.sdk.proto.upgrade.MsgCancelUpgrade;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.upgrade.Plan;
import java.util.List;
import java.util.Optional;

/** Removes the pending plan; where there is none, nothing happens and no event tells of it. */
final class CancelUpgrade implements MessageHandler {
  static final String TYPE_URL = "/cosmos.upgrade.v1beta1.MsgCancelUpgrade";

  private final BoundedParser<MsgCancelUpgrade> parser =
      new BoundedParser<>(MsgCancelUpgrade.parser(), GovernedHandler.MAX_BYTES);
  private final Authority authority;

  CancelUpgrade(Authority authority) {
    this.authority = authority;
  }

  @Override
  public List<byte[]> signers(byte[] message) {
    return List.of(authority.signer(parser.parse(message).getAuthority()));
  }

  @Override
  public void validate(Context context, byte[] message) {
    authority.require(parser.parse(message).getAuthority());
  }

  @Override
  public byte[] handle(Context context, byte[] message) {
    authority.require(parser.parse(message).getAuthority());
    Optional<Plan> pending = context.upgrades().plan();
    context.upgrades().cancel();
    pending.ifPresent(plan -> context.emit(cancelled(plan)));
    return new byte[0];
  }

  private static Event cancelled(Plan plan) {
    return Event.of(
        "upgrade_cancelled", "name", plan.name(), "height", Long.toString(plan.height()));
  }
}
