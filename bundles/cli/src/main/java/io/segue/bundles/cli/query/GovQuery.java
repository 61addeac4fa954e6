package io.segue.bundles.cli.query;

import io.segue.bundles.cli.Help;
import io.segue.bundles.sdk.proto.base.PageRequest;
import io.segue.bundles.sdk.proto.gov.QueryParamsRequest;
import io.segue.bundles.sdk.proto.gov.QueryParamsResponse;
import io.segue.bundles.sdk.proto.gov.QueryProposalRequest;
import io.segue.bundles.sdk.proto.gov.QueryProposalResponse;
import io.segue.bundles.sdk.proto.gov.QueryProposalsRequest;
import io.segue.bundles.sdk.proto.gov.QueryProposalsResponse;
import io.segue.bundles.sdk.proto.gov.QueryTallyResultRequest;
import io.segue.bundles.sdk.proto.gov.QueryTallyResultResponse;
import io.segue.bundles.sdk.proto.gov.QueryVotesRequest;
import io.segue.bundles.sdk.proto.gov.QueryVotesResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue query gov}. */
@Command(
    name = "gov",
    description = "Proposals, votes and the rules of governance.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class GovQuery implements Runnable {
  private static final String ID = "Number of the proposal.";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  @Command(name = "proposal", description = "A proposal and its state.")
  void proposal(
      @Mixin Help help,
      @Mixin QueryOptions options,
      @Parameters(paramLabel = "ID", description = ID) long id) {
    options.print(
        spec,
        "/cosmos.gov.v1.Query/Proposal",
        QueryProposalRequest.newBuilder().setProposalId(id).build(),
        QueryProposalResponse.parser());
  }

  @Command(name = "proposals", description = "Proposals, newest first.")
  void proposals(
      @Mixin Help help,
      @Mixin QueryOptions options,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "20",
              description = "How many at most. Default: ${DEFAULT-VALUE}.")
          long limit) {
    options.print(
        spec,
        "/cosmos.gov.v1.Query/Proposals",
        QueryProposalsRequest.newBuilder()
            .setPagination(PageRequest.newBuilder().setLimit(limit).setReverse(true))
            .build(),
        QueryProposalsResponse.parser());
  }

  @Command(name = "votes", description = "The votes on a proposal, while it is voted on.")
  void votes(
      @Mixin Help help,
      @Mixin QueryOptions options,
      @Parameters(paramLabel = "ID", description = ID) long id,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "100",
              description = "How many at most. Default: ${DEFAULT-VALUE}.")
          long limit) {
    options.print(
        spec,
        "/cosmos.gov.v1.Query/Votes",
        QueryVotesRequest.newBuilder()
            .setProposalId(id)
            .setPagination(QueryOptions.page(limit))
            .build(),
        QueryVotesResponse.parser());
  }

  @Command(name = "tally", description = "How a vote stands, or ended.")
  void tally(
      @Mixin Help help,
      @Mixin QueryOptions options,
      @Parameters(paramLabel = "ID", description = ID) long id) {
    options.print(
        spec,
        "/cosmos.gov.v1.Query/TallyResult",
        QueryTallyResultRequest.newBuilder().setProposalId(id).build(),
        QueryTallyResultResponse.parser());
  }

  @Command(name = "params", description = "The rules: deposits, periods, thresholds.")
  void params(@Mixin Help help, @Mixin QueryOptions options) {
    options.print(
        spec,
        "/cosmos.gov.v1.Query/Params",
        QueryParamsRequest.getDefaultInstance(),
        QueryParamsResponse.parser());
  }
}
