package io.segue.bundles.upgrade;

import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.upgrade.ModuleVersion;
import io.segue.bundles.sdk.proto.upgrade.QueryAppliedPlanRequest;
import io.segue.bundles.sdk.proto.upgrade.QueryAppliedPlanResponse;
import io.segue.bundles.sdk.proto.upgrade.QueryAuthorityRequest;
import io.segue.bundles.sdk.proto.upgrade.QueryAuthorityResponse;
import io.segue.bundles.sdk.proto.upgrade.QueryCurrentPlanRequest;
import io.segue.bundles.sdk.proto.upgrade.QueryCurrentPlanResponse;
import io.segue.bundles.sdk.proto.upgrade.QueryModuleVersionsRequest;
import io.segue.bundles.sdk.proto.upgrade.QueryModuleVersionsResponse;
import io.segue.bundles.sdk.proto.upgrade.QueryUpgradedConsensusStateRequest;
import io.segue.bundles.sdk.proto.upgrade.QueryUpgradedConsensusStateResponse;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.QueryHandler;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What clients may ask about plans, and about the versions of the modules. */
final class UpgradeQueries {
  private static final String SERVICE = "/cosmos.upgrade.v1beta1.Query/";
  private static final int MODULE_VERSION_NOT_FOUND = 2;

  private final Authority authority;

  UpgradeQueries(Authority authority) {
    this.authority = authority;
  }

  Map<String, QueryHandler> byPath() {
    return new TreeMap<>(
        Map.of(
            SERVICE + "CurrentPlan",
            UpgradeQueries::currentPlan,
            SERVICE + "AppliedPlan",
            UpgradeQueries::appliedPlan,
            SERVICE + "UpgradedConsensusState",
            UpgradeQueries::upgradedConsensusState,
            SERVICE + "ModuleVersions",
            UpgradeQueries::moduleVersions,
            SERVICE + "Authority",
            this::authority,
            UpdateParams.QUERY,
            UpdateParams::query));
  }

  private static byte[] currentPlan(Context context, byte[] request) {
    Proto.request(QueryCurrentPlanRequest.parser(), request);
    QueryCurrentPlanResponse.Builder response = QueryCurrentPlanResponse.newBuilder();
    context.upgrades().plan().map(PlanForm::write).ifPresent(response::setPlan);
    return response.build().toByteArray();
  }

  private static byte[] appliedPlan(Context context, byte[] request) {
    String name = Proto.request(QueryAppliedPlanRequest.parser(), request).getName();
    return QueryAppliedPlanResponse.newBuilder()
        .setHeight(context.upgrades().doneAt(name).orElse(0))
        .build()
        .toByteArray();
  }

  /** IBC keeps such states itself now; clients that still ask hear that there is none. */
  @SuppressWarnings("deprecation")
  private static byte[] upgradedConsensusState(Context context, byte[] request) {
    Proto.request(QueryUpgradedConsensusStateRequest.parser(), request);
    return QueryUpgradedConsensusStateResponse.getDefaultInstance().toByteArray();
  }

  private static byte[] moduleVersions(Context context, byte[] request) {
    String wanted = Proto.request(QueryModuleVersionsRequest.parser(), request).getModuleName();
    SortedMap<String, Long> versions = context.upgrades().moduleVersions();
    QueryModuleVersionsResponse.Builder response = QueryModuleVersionsResponse.newBuilder();
    if (wanted.isEmpty()) {
      versions.forEach((name, version) -> response.addModuleVersions(entry(name, version)));
    } else {
      Long version = versions.get(wanted);
      if (version == null) {
        throw SdkErrors.registered(
            UpgradeModule.NAME,
            MODULE_VERSION_NOT_FOUND,
            "x/upgrade: QueryModuleVersions module " + wanted + " not found",
            "module version not found");
      }
      response.addModuleVersions(entry(wanted, version));
    }
    return response.build().toByteArray();
  }

  private byte[] authority(Context context, byte[] request) {
    Proto.request(QueryAuthorityRequest.parser(), request);
    return QueryAuthorityResponse.newBuilder()
        .setAddress(authority.address())
        .build()
        .toByteArray();
  }

  private static ModuleVersion entry(String name, long version) {
    return ModuleVersion.newBuilder().setName(name).setVersion(version).build();
  }
}
