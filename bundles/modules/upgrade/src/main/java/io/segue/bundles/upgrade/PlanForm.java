package io.segue.bundles.upgrade;

import com.google.protobuf.Timestamp;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.upgrade.Plan;
import io.segue.kernel.api.module.ModuleException;

/**
 * A plan as clients write it, and as they expect to read it.
 *
 * <p>Plans go by height; a time is a relic. Clients in Go always send one, the first instant of
 * year 1, and always read that; CosmJS sends an empty one where the user gave none. Both mean no
 * time, as an absent one does.
 */
final class PlanForm {
  /** 0001-01-01T00:00:00Z, Go's zero time. */
  static final Timestamp NO_TIME = Timestamp.newBuilder().setSeconds(-62_135_596_800L).build();

  private PlanForm() {}

  /**
   * The kernel's plan; what name, height and info may be is for the kernel to check.
   *
   * @throws ModuleException sdk/18 where it asks for what no longer exists
   */
  @SuppressWarnings("deprecation")
  static io.segue.kernel.api.upgrade.Plan read(Plan plan) {
    if (plan.hasTime() && !meansNoTime(plan.getTime())) {
      throw SdkErrors.invalidRequest("time-based upgrades have been deprecated in the SDK");
    }
    if (plan.hasUpgradedClientState()) {
      throw SdkErrors.invalidRequest("upgrade logic for IBC has been moved to the IBC module");
    }
    return new io.segue.kernel.api.upgrade.Plan(plan.getName(), plan.getHeight(), plan.getInfo());
  }

  /** A plan for clients. */
  @SuppressWarnings("deprecation")
  static Plan write(io.segue.kernel.api.upgrade.Plan plan) {
    return Plan.newBuilder()
        .setName(plan.name())
        .setTime(NO_TIME)
        .setHeight(plan.height())
        .setInfo(plan.info())
        .build();
  }

  private static boolean meansNoTime(Timestamp time) {
    return time.equals(NO_TIME) || time.equals(Timestamp.getDefaultInstance());
  }
}
