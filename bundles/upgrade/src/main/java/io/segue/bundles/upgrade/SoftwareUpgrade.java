package io.segue.bundles.upgrade;

import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.proto.upgrade.MsgSoftwareUpgrade;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.upgrade.Plan;
import java.util.List;
import java.util.Optional;

/**
 * Schedules a plan, in place of a pending one. Governance judges a proposal's messages when they
 * are submitted, so a plan that can't be scheduled is refused before anybody votes on it.
 */
final class SoftwareUpgrade implements MessageHandler {
  static final String TYPE_URL = "/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade";

  private final Authority authority;

  SoftwareUpgrade(Authority authority) {
    this.authority = authority;
  }

  @Override
  public List<byte[]> signers(byte[] message) {
    return List.of(authority.signer(parse(message).getAuthority()));
  }

  @Override
  public void validate(Context context, byte[] message) {
    MsgSoftwareUpgrade upgrade = parse(message);
    authority.require(upgrade.getAuthority());
    context.upgrades().check(PlanForm.read(upgrade.getPlan()));
  }

  @Override
  public byte[] handle(Context context, byte[] message) {
    MsgSoftwareUpgrade upgrade = parse(message);
    authority.require(upgrade.getAuthority());
    Plan plan = PlanForm.read(upgrade.getPlan());
    Optional<Plan> pending = context.upgrades().plan();
    context.upgrades().schedule(plan);
    context.emit(scheduled(plan, pending));
    return new byte[0];
  }

  private static Event scheduled(Plan plan, Optional<Plan> pending) {
    Event event =
        Event.of(
            "upgrade_scheduled",
            "name",
            plan.name(),
            "height",
            Long.toString(plan.height()),
            "info",
            plan.info());
    return pending.map(before -> event.with("replaces", before.name())).orElse(event);
  }

  private static MsgSoftwareUpgrade parse(byte[] message) {
    return Proto.parse(MsgSoftwareUpgrade.parser(), message);
  }
}
