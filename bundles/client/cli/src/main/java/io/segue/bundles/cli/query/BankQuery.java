package io.segue.bundles.cli.query;

import io.segue.bundles.cli.console.HelpOption;
import io.segue.bundles.cli.keyring.KeyNames;
import io.segue.bundles.sdk.proto.bank.QueryAllBalancesRequest;
import io.segue.bundles.sdk.proto.bank.QueryAllBalancesResponse;
import io.segue.bundles.sdk.proto.bank.QueryBalanceRequest;
import io.segue.bundles.sdk.proto.bank.QueryBalanceResponse;
import io.segue.bundles.sdk.proto.bank.QueryDenomMetadataRequest;
import io.segue.bundles.sdk.proto.bank.QueryDenomMetadataResponse;
import io.segue.bundles.sdk.proto.bank.QueryDenomsMetadataRequest;
import io.segue.bundles.sdk.proto.bank.QueryDenomsMetadataResponse;
import io.segue.bundles.sdk.proto.bank.QueryParamsRequest;
import io.segue.bundles.sdk.proto.bank.QueryParamsResponse;
import io.segue.bundles.sdk.proto.bank.QuerySendEnabledRequest;
import io.segue.bundles.sdk.proto.bank.QuerySendEnabledResponse;
import io.segue.bundles.sdk.proto.bank.QuerySpendableBalancesRequest;
import io.segue.bundles.sdk.proto.bank.QuerySpendableBalancesResponse;
import io.segue.bundles.sdk.proto.bank.QuerySupplyOfRequest;
import io.segue.bundles.sdk.proto.bank.QuerySupplyOfResponse;
import io.segue.bundles.sdk.proto.bank.QueryTotalSupplyRequest;
import io.segue.bundles.sdk.proto.bank.QueryTotalSupplyResponse;
import java.util.List;
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
  private static final String DENOM = "Denomination, as stake.";
  private static final String PATH = "/cosmos.bank.v1beta1.Query/";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  @Command(name = "balances", description = "All balances of an account.")
  void balances(
      @Mixin HelpOption help,
      @Mixin QueryOptions options,
      @Mixin PageOptions page,
      @Parameters(
              paramLabel = "ACCOUNT",
              completionCandidates = KeyNames.class,
              description = ACCOUNT)
          String account) {
    options.print(
        spec,
        PATH + "AllBalances",
        QueryAllBalancesRequest.newBuilder()
            .setAddress(options.address(account))
            .setPagination(page.request())
            .build(),
        QueryAllBalancesResponse.parser());
  }

  @Command(name = "spendable-balances", description = "The balances that an account may spend.")
  void spendable(
      @Mixin HelpOption help,
      @Mixin QueryOptions options,
      @Mixin PageOptions page,
      @Parameters(
              paramLabel = "ACCOUNT",
              completionCandidates = KeyNames.class,
              description = ACCOUNT)
          String account) {
    options.print(
        spec,
        PATH + "SpendableBalances",
        QuerySpendableBalancesRequest.newBuilder()
            .setAddress(options.address(account))
            .setPagination(page.request())
            .build(),
        QuerySpendableBalancesResponse.parser());
  }

  @Command(name = "balance", description = "One balance of an account.")
  void balance(
      @Mixin HelpOption help,
      @Mixin QueryOptions options,
      @Parameters(
              paramLabel = "ACCOUNT",
              completionCandidates = KeyNames.class,
              description = ACCOUNT)
          String account,
      @Parameters(paramLabel = "DENOM", description = DENOM) String denom) {
    options.print(
        spec,
        PATH + "Balance",
        QueryBalanceRequest.newBuilder()
            .setAddress(options.address(account))
            .setDenom(denom)
            .build(),
        QueryBalanceResponse.parser());
  }

  @Command(
      name = "total-supply",
      aliases = "total",
      description = "The supply of every denomination.")
  void total(@Mixin HelpOption help, @Mixin QueryOptions options, @Mixin PageOptions page) {
    options.print(
        spec,
        PATH + "TotalSupply",
        QueryTotalSupplyRequest.newBuilder().setPagination(page.request()).build(),
        QueryTotalSupplyResponse.parser());
  }

  @Command(name = "total-supply-of", description = "The supply of one denomination.")
  void supplyOf(
      @Mixin HelpOption help,
      @Mixin QueryOptions options,
      @Parameters(paramLabel = "DENOM", description = DENOM) String denom) {
    options.print(
        spec,
        PATH + "SupplyOf",
        QuerySupplyOfRequest.newBuilder().setDenom(denom).build(),
        QuerySupplyOfResponse.parser());
  }

  @Command(name = "denom-metadata", description = "The metadata of a denomination.")
  void metadata(
      @Mixin HelpOption help,
      @Mixin QueryOptions options,
      @Parameters(paramLabel = "DENOM", description = DENOM) String denom) {
    options.print(
        spec,
        PATH + "DenomMetadata",
        QueryDenomMetadataRequest.newBuilder().setDenom(denom).build(),
        QueryDenomMetadataResponse.parser());
  }

  @Command(name = "denoms-metadata", description = "The metadata of all denominations.")
  void allMetadata(@Mixin HelpOption help, @Mixin QueryOptions options, @Mixin PageOptions page) {
    options.print(
        spec,
        PATH + "DenomsMetadata",
        QueryDenomsMetadataRequest.newBuilder().setPagination(page.request()).build(),
        QueryDenomsMetadataResponse.parser());
  }

  @Command(name = "send-enabled", description = "Which denominations users may send or not.")
  void sendEnabled(
      @Mixin HelpOption help,
      @Mixin QueryOptions options,
      @Parameters(
              paramLabel = "DENOM",
              arity = "0..*",
              description = "Those to ask about. Default: all that differ from the default.")
          List<String> denoms) {
    QuerySendEnabledRequest.Builder request = QuerySendEnabledRequest.newBuilder();
    if (denoms != null) {
      request.addAllDenoms(denoms);
    }
    options.print(spec, PATH + "SendEnabled", request.build(), QuerySendEnabledResponse.parser());
  }

  @Command(name = "params", description = "Whether users may send what send-enabled does not name.")
  void params(@Mixin HelpOption help, @Mixin QueryOptions options) {
    options.print(
        spec,
        PATH + "Params",
        QueryParamsRequest.getDefaultInstance(),
        QueryParamsResponse.parser());
  }
}
