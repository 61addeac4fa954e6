package io.segue.bundles.cli.query;

import io.segue.bundles.cli.console.HelpOption;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue query upgrade}. */
@Command(
    name = "upgrade",
    description = "Plans and versions.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class UpgradeQuery implements Runnable {
  private static final String PATH = "/cosmos.upgrade.v1beta1.Query/";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  @Command(name = "plan", description = "The pending plan, if there is one.")
  void plan(@Mixin HelpOption help, @Mixin QueryOptions options) {
    options.print(
        spec,
        PATH + "CurrentPlan",
        QueryCurrentPlanRequest.getDefaultInstance(),
        QueryCurrentPlanResponse.parser());
  }

  @Command(name = "applied", description = "The height at which a plan was applied; 0: never.")
  void applied(
      @Mixin HelpOption help,
      @Mixin QueryOptions options,
      @Parameters(paramLabel = "NAME", description = "The plan's name.") String name) {
    options.print(
        spec,
        PATH + "AppliedPlan",
        QueryAppliedPlanRequest.newBuilder().setName(name).build(),
        QueryAppliedPlanResponse.parser());
  }

  @Command(name = "module-versions", description = "The modules' consensus versions.")
  void moduleVersions(
      @Mixin HelpOption help,
      @Mixin QueryOptions options,
      @Parameters(
              paramLabel = "MODULE",
              arity = "0..1",
              defaultValue = "",
              description = "One module. Default: all.")
          String module) {
    options.print(
        spec,
        PATH + "ModuleVersions",
        QueryModuleVersionsRequest.newBuilder().setModuleName(module).build(),
        QueryModuleVersionsResponse.parser());
  }

  @Command(name = "authority", description = "The account that may schedule a plan.")
  void authority(@Mixin HelpOption help, @Mixin QueryOptions options) {
    options.print(
        spec,
        PATH + "Authority",
        QueryAuthorityRequest.getDefaultInstance(),
        QueryAuthorityResponse.parser());
  }

  @Command(name = "params", description = "The parameters of upgrades.")
  void params(@Mixin HelpOption help, @Mixin QueryOptions options) {
    options.print(
        spec,
        "/segue.upgrade.v1.Query/Params",
        QueryParamsRequest.getDefaultInstance(),
        QueryParamsResponse.parser());
  }
}
