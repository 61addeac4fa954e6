package io.segue.bundles.upgrade;

import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.upgrade.MsgCancelUpgrade;
import io.segue.bundles.sdk.proto.upgrade.MsgSoftwareUpgrade;
import io.segue.bundles.sdk.proto.upgrade.MsgUpdateParams;
import io.segue.bundles.sdk.proto.upgrade.Params;
import io.segue.bundles.sdk.service.Services;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.PlanInfo;
import io.segue.kernel.api.upgrade.UpgradeParams;
import java.util.Optional;

/**
 * By which messages governance decides on upgrades. They are checked when a proposal is submitted,
 * so a plan that can't be scheduled is refused before anybody votes on it.
 */
final class UpgradeMessages {
  private static final int INVALID_SIGNER = 6;

  private UpgradeMessages() {}

  /** Adds what is done with them. */
  static void addTo(Services.Builder services) {
    services
        .governed(MsgSoftwareUpgrade.getDefaultInstance())
        .refuseOthers(UpgradeMessages::invalidAuthority)
        .check((context, message) -> context.upgrades().check(PlanForm.read(message.getPlan())))
        .handle(UpgradeMessages::schedule)
        .governed(MsgCancelUpgrade.getDefaultInstance())
        .refuseOthers(UpgradeMessages::invalidAuthority)
        .handle(UpgradeMessages::cancel)
        .governed(MsgUpdateParams.getDefaultInstance())
        .refuseOthers(UpgradeMessages::invalidAuthority)
        .check(UpgradeMessages::check)
        .handle(UpgradeMessages::update);
  }

  private static ModuleException invalidAuthority(String expected, String named) {
    return SdkErrors.registered(
        UpgradeModule.NAME,
        INVALID_SIGNER,
        "expected " + expected + " got " + named,
        "expected authority account as only signer for proposal message");
  }

  /** Schedules a plan, in place of a pending one. */
  private static void schedule(Context context, MsgSoftwareUpgrade message) {
    Plan plan = PlanForm.read(message.getPlan());
    Optional<Plan> pending = context.upgrades().plan();
    context.upgrades().schedule(plan);
    context.emit(scheduled(plan, pending, context.upgrades().info(plan)));
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

  /** Removes the pending plan; where there is none, nothing happens and no event says so. */
  private static void cancel(Context context, MsgCancelUpgrade message) {
    Optional<Plan> pending = context.upgrades().plan();
    context.upgrades().cancel();
    pending.ifPresent(
        plan ->
            context.emit(
                Event.of(
                    "upgrade_cancelled",
                    "name",
                    plan.name(),
                    "height",
                    Long.toString(plan.height()))));
  }

  private static void check(Context context, MsgUpdateParams message) {
    if (!message.hasParams()) {
      throw SdkErrors.invalidRequest("params cannot be empty");
    }
  }

  private static void update(Context context, MsgUpdateParams message) {
    Params params = message.getParams();
    context
        .upgrades()
        .setParams(new UpgradeParams(params.getAllowAbort(), params.getCheckInvariants()));
  }
}
