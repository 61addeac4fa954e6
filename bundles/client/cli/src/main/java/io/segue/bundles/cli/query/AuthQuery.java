package io.segue.bundles.cli.query;

import io.segue.bundles.cli.console.HelpOption;
import io.segue.bundles.cli.keyring.KeyNames;
import io.segue.bundles.sdk.proto.auth.QueryAccountRequest;
import io.segue.bundles.sdk.proto.auth.QueryAccountResponse;
import io.segue.bundles.sdk.proto.auth.QueryParamsRequest;
import io.segue.bundles.sdk.proto.auth.QueryParamsResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue query auth}. */
@Command(
    name = "auth",
    description = "Accounts.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class AuthQuery implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  @Command(name = "account", description = "An account: its number, sequence and public key.")
  void account(
      @Mixin HelpOption help,
      @Mixin QueryOptions options,
      @Parameters(
              paramLabel = "ACCOUNT",
              completionCandidates = KeyNames.class,
              description = "Name of a key, or an address.")
          String account) {
    options.print(
        spec,
        "/cosmos.auth.v1beta1.Query/Account",
        QueryAccountRequest.newBuilder().setAddress(options.address(account)).build(),
        QueryAccountResponse.parser());
  }

  @Command(name = "params", description = "The limits of transactions, and their gas.")
  void params(@Mixin HelpOption help, @Mixin QueryOptions options) {
    options.print(
        spec,
        "/cosmos.auth.v1beta1.Query/Params",
        QueryParamsRequest.getDefaultInstance(),
        QueryParamsResponse.parser());
  }
}
