package io.segue.bundles.upgrade;

import io.segue.bundles.sdk.BoundedParser;
import io.segue.bundles.sdk.GovernedHandler;
import io.segue.bundles.sdk.proto.upgrade.MsgSoftwareUpgrade;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.PlanInfo;
import java.util.List;
import java.util.Optional;

/**
 * Schedules a plan, in place of a pending one. Governance judges a proposal's messages when they
 * are submitted, so a plan that can't be scheduled is refused before anybody votes on it.
 */
final class SoftwareUpgrade implements MessageHandler {
  static final String TYPE_URL = "/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade";

  private final BoundedParser<MsgSoftwareUpgrade> parser =
      new BoundedParser<>(MsgSoftwareUpgrade.parser(), GovernedHandler.MAX_BYTES);
  private final Authority authority;

  SoftwareUpgrade(Authority authority) {
    this.authority = authority;
  }

  @Override
  public List<byte[]> signers(byte[] message) {
    return List.of(authority.signer(parser.parse(message).getAuthority()));
  }

  @Override
  public void validate(Context context, byte[] message) {
    MsgSoftwareUpgrade upgrade = parser.parse(message);
    authority.require(upgrade.getAuthority());
    context.upgrades().check(PlanForm.read(upgrade.getPlan()));
  }

  @Override
  public byte[] handle(Context context, byte[] message) {
    MsgSoftwareUpgrade upgrade = parser.parse(message);
    authority.require(upgrade.getAuthority());
    Plan plan = PlanForm.read(upgrade.getPlan());
    Optional<Plan> pending = context.upgrades().plan();
    context.upgrades().schedule(plan);
    context.emit(scheduled(plan, pending, context.upgrades().info(plan)));
    return new byte[0];
  }

  /**
   * Names the artifact's digest where the plan is bound to one, and the plan it takes over from.
   */
  private static Event scheduled(Plan plan, Optional<Plan> pending, PlanInfo info) {
    Event event =
        Event.of(
            "upgrade_scheduled",
            "name",
            plan.name(),
            "height",
            Long.toString(plan.height()),
            "info",
            plan.info());
    if (info.sha256().isPresent()) {
      event = event.with("digest", info.sha256().get());
    }
    return pending.isPresent() ? event.with("replaces", pending.get().name()) : event;
  }
}
