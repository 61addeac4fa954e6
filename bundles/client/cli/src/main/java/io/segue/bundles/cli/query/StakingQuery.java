package io.segue.bundles.cli.query;

import io.segue.bundles.cli.console.HelpOption;
import io.segue.bundles.sdk.proto.staking.QueryParamsRequest;
import io.segue.bundles.sdk.proto.staking.QueryParamsResponse;
import io.segue.bundles.sdk.proto.staking.QueryPoolRequest;
import io.segue.bundles.sdk.proto.staking.QueryPoolResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code segue query staking}. */
@Command(
    name = "staking",
    description = "What is staked, and the rules.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class StakingQuery implements Runnable {
  private static final String PATH = "/cosmos.staking.v1beta1.Query/";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  @Command(name = "params", description = "The rules: denomination, validators, entries.")
  void params(@Mixin HelpOption help, @Mixin QueryOptions options) {
    options.print(
        spec,
        PATH + "Params",
        QueryParamsRequest.getDefaultInstance(),
        QueryParamsResponse.parser());
  }

  @Command(name = "pool", description = "How much is bonded, and how much is not.")
  void pool(@Mixin HelpOption help, @Mixin QueryOptions options) {
    options.print(
        spec, PATH + "Pool", QueryPoolRequest.getDefaultInstance(), QueryPoolResponse.parser());
  }
}
