package io.segue.bundles.upgrade;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.upgrade.ModuleVersion;
import io.segue.bundles.sdk.proto.upgrade.Params;
import io.segue.bundles.sdk.proto.upgrade.QueryAppliedPlanRequest;
import io.segue.bundles.sdk.proto.upgrade.QueryAppliedPlanResponse;
import io.segue.bundles.sdk.proto.upgrade.QueryAuthorityRequest;
import io.segue.bundles.sdk.proto.upgrade.QueryAuthorityResponse;
import io.segue.bundles.sdk.proto.upgrade.QueryCurrentPlanRequest;
import io.segue.bundles.sdk.proto.upgrade.QueryCurrentPlanResponse;
import io.segue.bundles.sdk.proto.upgrade.QueryModuleVersionsRequest;
import io.segue.bundles.sdk.proto.upgrade.QueryModuleVersionsResponse;
import io.segue.bundles.sdk.proto.upgrade.QueryParamsRequest;
import io.segue.bundles.sdk.proto.upgrade.QueryParamsResponse;
import io.segue.bundles.sdk.proto.upgrade.QueryUpgradedConsensusStateRequest;
import io.segue.bundles.sdk.proto.upgrade.QueryUpgradedConsensusStateResponse;
import io.segue.bundles.sdk.service.Services;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.upgrade.UpgradeParams;
import java.util.SortedMap;

/** What clients may ask about plans, and about the versions of the modules. */
final class UpgradeQueries {
  private static final int MODULE_VERSION_NOT_FOUND = 2;

  private final Addresses addresses;

  UpgradeQueries(Addresses addresses) {
    this.addresses = addresses;
  }

  /** Adds the answers. */
  @SuppressWarnings("deprecation") // clients still ask for consensus states
  void addTo(Services.Builder services) {
    services
        .query(
            QueryCurrentPlanRequest.getDefaultInstance(),
            QueryCurrentPlanResponse.getDefaultInstance(),
            UpgradeQueries::currentPlan)
        .query(
            QueryAppliedPlanRequest.getDefaultInstance(),
            QueryAppliedPlanResponse.getDefaultInstance(),
            UpgradeQueries::appliedPlan)
        .query(
            QueryUpgradedConsensusStateRequest.getDefaultInstance(),
            QueryUpgradedConsensusStateResponse.getDefaultInstance(),
            UpgradeQueries::upgradedConsensusState)
        .query(
            QueryModuleVersionsRequest.getDefaultInstance(),
            QueryModuleVersionsResponse.getDefaultInstance(),
            UpgradeQueries::moduleVersions)
        .query(
            QueryAuthorityRequest.getDefaultInstance(),
            QueryAuthorityResponse.getDefaultInstance(),
            this::authority)
        .query(
            QueryParamsRequest.getDefaultInstance(),
            QueryParamsResponse.getDefaultInstance(),
            UpgradeQueries::params);
  }

  private static QueryCurrentPlanResponse currentPlan(
      Context context, QueryCurrentPlanRequest request) {
    QueryCurrentPlanResponse.Builder response = QueryCurrentPlanResponse.newBuilder();
    context.upgrades().plan().map(PlanForm::write).ifPresent(response::setPlan);
    return response.build();
  }

  private static QueryAppliedPlanResponse appliedPlan(
      Context context, QueryAppliedPlanRequest request) {
    return QueryAppliedPlanResponse.newBuilder()
        .setHeight(context.upgrades().doneAt(request.getName()).orElse(0))
        .build();
  }

  /** IBC keeps such states itself now; clients that still ask hear that there is none. */
  @SuppressWarnings("deprecation")
  private static QueryUpgradedConsensusStateResponse upgradedConsensusState(
      Context context, QueryUpgradedConsensusStateRequest request) {
    return QueryUpgradedConsensusStateResponse.getDefaultInstance();
  }

  private static QueryModuleVersionsResponse moduleVersions(
      Context context, QueryModuleVersionsRequest request) {
    String wanted = request.getModuleName();
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
    return response.build();
  }

  private static ModuleVersion entry(String name, long version) {
    return ModuleVersion.newBuilder().setName(name).setVersion(version).build();
  }

  private QueryAuthorityResponse authority(Context context, QueryAuthorityRequest request) {
    return QueryAuthorityResponse.newBuilder()
        .setAddress(addresses.account(Addresses.module("gov")))
        .build();
  }

  private static QueryParamsResponse params(Context context, QueryParamsRequest request) {
    UpgradeParams params = context.upgrades().params();
    return QueryParamsResponse.newBuilder()
        .setParams(
            Params.newBuilder()
                .setAllowAbort(params.allowAbort())
                .setCheckInvariants(params.checkInvariants()))
        .build();
  }
}
