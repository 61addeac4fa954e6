package io.segue.bundles.cli.query;

import io.segue.bundles.cli.Help;
import io.segue.bundles.sdk.proto.bank.QueryAllBalancesRequest;
import io.segue.bundles.sdk.proto.bank.QueryAllBalancesResponse;
import io.segue.bundles.sdk.proto.bank.QueryBalanceRequest;
import io.segue.bundles.sdk.proto.bank.QueryBalanceResponse;
import io.segue.bundles.sdk.proto.bank.QueryTotalSupplyRequest;
import io.segue.bundles.sdk.proto.bank.QueryTotalSupplyResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue query bank}. */
@Command(
    name = "bank",
    description = "Balances and supply.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class BankQuery implements Runnable {
  private static final String ACCOUNT = "Name of a key, or an address.";
  private static final int PAGE = 100;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  @Command(name = "balances", description = "All balances of an account.")
  void balances(
      @Mixin Help help,
      @Mixin QueryOptions options,
      @Parameters(paramLabel = "ACCOUNT", description = ACCOUNT) String account) {
    options.print(
        spec,
        "/cosmos.bank.v1beta1.Query/AllBalances",
        QueryAllBalancesRequest.newBuilder()
            .setAddress(options.address(account))
            .setPagination(QueryOptions.page(PAGE))
            .build(),
        QueryAllBalancesResponse.parser());
  }

  @Command(name = "balance", description = "One balance of an account.")
  void balance(
      @Mixin Help help,
      @Mixin QueryOptions options,
      @Parameters(paramLabel = "ACCOUNT", description = ACCOUNT) String account,
      @Parameters(paramLabel = "DENOM", description = "Denomination, as stake.") String denom) {
    options.print(
        spec,
        "/cosmos.bank.v1beta1.Query/Balance",
        QueryBalanceRequest.newBuilder()
            .setAddress(options.address(account))
            .setDenom(denom)
            .build(),
        QueryBalanceResponse.parser());
  }

  @Command(name = "total", description = "The supply of every denomination.")
  void total(@Mixin Help help, @Mixin QueryOptions options) {
    options.print(
        spec,
        "/cosmos.bank.v1beta1.Query/TotalSupply",
        QueryTotalSupplyRequest.newBuilder().setPagination(QueryOptions.page(PAGE)).build(),
        QueryTotalSupplyResponse.parser());
  }
}
