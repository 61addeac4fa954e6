package io.segue.bundles.cli.query;

import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.HelpOption;
import io.segue.bundles.cli.keyring.KeyNames;
import io.segue.bundles.sdk.proto.gov.ProposalStatus;
import io.segue.bundles.sdk.proto.gov.QueryConstitutionRequest;
import io.segue.bundles.sdk.proto.gov.QueryConstitutionResponse;
import io.segue.bundles.sdk.proto.gov.QueryDepositRequest;
import io.segue.bundles.sdk.proto.gov.QueryDepositResponse;
import io.segue.bundles.sdk.proto.gov.QueryDepositsRequest;
import io.segue.bundles.sdk.proto.gov.QueryDepositsResponse;
import io.segue.bundles.sdk.proto.gov.QueryParamsRequest;
import io.segue.bundles.sdk.proto.gov.QueryParamsResponse;
import io.segue.bundles.sdk.proto.gov.QueryProposalRequest;
import io.segue.bundles.sdk.proto.gov.QueryProposalResponse;
import io.segue.bundles.sdk.proto.gov.QueryProposalsRequest;
import io.segue.bundles.sdk.proto.gov.QueryProposalsResponse;
import io.segue.bundles.sdk.proto.gov.QueryTallyResultRequest;
import io.segue.bundles.sdk.proto.gov.QueryTallyResultResponse;
import io.segue.bundles.sdk.proto.gov.QueryVoteRequest;
import io.segue.bundles.sdk.proto.gov.QueryVoteResponse;
import io.segue.bundles.sdk.proto.gov.QueryVotesRequest;
import io.segue.bundles.sdk.proto.gov.QueryVotesResponse;
import java.util.Locale;
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
  private static final String ACCOUNT = "Name of a key, or an address.";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  @Command(name = "proposal", description = "A proposal and its state.")
  void proposal(
      @Mixin HelpOption help,
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
      @Mixin HelpOption help,
      @Mixin QueryOptions options,
      @Mixin PageOptions page,
      @Option(
              names = "--status",
              paramLabel = "STATUS",
              defaultValue = "",
              description = "Only those: deposit-period, voting-period, passed, rejected, failed.")
          String status,
      @Option(
              names = "--voter",
              paramLabel = "ACCOUNT",
              defaultValue = "",
              completionCandidates = KeyNames.class,
              description = "Only those that this account voted on, while the vote is open.")
          String voter,
      @Option(
              names = "--depositor",
              paramLabel = "ACCOUNT",
              defaultValue = "",
              completionCandidates = KeyNames.class,
              description = "Only those that this account has a deposit on.")
          String depositor) {
    QueryProposalsRequest.Builder request =
        QueryProposalsRequest.newBuilder()
            .setProposalStatus(status(status))
            .setPagination(page.request().toBuilder().setReverse(true));
    if (!voter.isEmpty()) {
      request.setVoter(options.address(voter));
    }
    if (!depositor.isEmpty()) {
      request.setDepositor(options.address(depositor));
    }
    options.print(
        spec, "/cosmos.gov.v1.Query/Proposals", request.build(), QueryProposalsResponse.parser());
  }

  /** A status as the chain names it, or its last words: {@code voting-period}. */
  static ProposalStatus status(String text) {
    if (text.isEmpty()) {
      return ProposalStatus.PROPOSAL_STATUS_UNSPECIFIED;
    }
    String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
    for (ProposalStatus status : ProposalStatus.values()) {
      if (status.name().equals(name) || status.name().equals("PROPOSAL_STATUS_" + name)) {
        return status;
      }
    }
    throw new CliException(
        "--status "
            + text
            + " is unknown; write deposit-period, voting-period, passed, rejected or failed");
  }

  @Command(name = "vote", description = "The vote of an account, while a proposal is voted on.")
  void vote(
      @Mixin HelpOption help,
      @Mixin QueryOptions options,
      @Parameters(paramLabel = "ID", description = ID) long id,
      @Parameters(
              paramLabel = "VOTER",
              completionCandidates = KeyNames.class,
              description = ACCOUNT)
          String voter) {
    options.print(
        spec,
        "/cosmos.gov.v1.Query/Vote",
        QueryVoteRequest.newBuilder().setProposalId(id).setVoter(options.address(voter)).build(),
        QueryVoteResponse.parser());
  }

  @Command(name = "votes", description = "The votes on a proposal, while it is voted on.")
  void votes(
      @Mixin HelpOption help,
      @Mixin QueryOptions options,
      @Mixin PageOptions page,
      @Parameters(paramLabel = "ID", description = ID) long id) {
    options.print(
        spec,
        "/cosmos.gov.v1.Query/Votes",
        QueryVotesRequest.newBuilder().setProposalId(id).setPagination(page.request()).build(),
        QueryVotesResponse.parser());
  }

  @Command(name = "deposit", description = "The deposit of an account on an open proposal.")
  void deposit(
      @Mixin HelpOption help,
      @Mixin QueryOptions options,
      @Parameters(paramLabel = "ID", description = ID) long id,
      @Parameters(
              paramLabel = "DEPOSITOR",
              completionCandidates = KeyNames.class,
              description = ACCOUNT)
          String depositor) {
    options.print(
        spec,
        "/cosmos.gov.v1.Query/Deposit",
        QueryDepositRequest.newBuilder()
            .setProposalId(id)
            .setDepositor(options.address(depositor))
            .build(),
        QueryDepositResponse.parser());
  }

  @Command(name = "deposits", description = "The deposits on an open proposal.")
  void deposits(
      @Mixin HelpOption help,
      @Mixin QueryOptions options,
      @Mixin PageOptions page,
      @Parameters(paramLabel = "ID", description = ID) long id) {
    options.print(
        spec,
        "/cosmos.gov.v1.Query/Deposits",
        QueryDepositsRequest.newBuilder().setProposalId(id).setPagination(page.request()).build(),
        QueryDepositsResponse.parser());
  }

  @Command(name = "tally", description = "The tally of a proposal, current or final.")
  void tally(
      @Mixin HelpOption help,
      @Mixin QueryOptions options,
      @Parameters(paramLabel = "ID", description = ID) long id) {
    options.print(
        spec,
        "/cosmos.gov.v1.Query/TallyResult",
        QueryTallyResultRequest.newBuilder().setProposalId(id).build(),
        QueryTallyResultResponse.parser());
  }

  @Command(name = "params", description = "The rules: deposits, periods, thresholds.")
  void params(@Mixin HelpOption help, @Mixin QueryOptions options) {
    options.print(
        spec,
        "/cosmos.gov.v1.Query/Params",
        QueryParamsRequest.getDefaultInstance(),
        QueryParamsResponse.parser());
  }

  @Command(name = "constitution", description = "The chain's constitution.")
  void constitution(@Mixin HelpOption help, @Mixin QueryOptions options) {
    options.print(
        spec,
        "/cosmos.gov.v1.Query/Constitution",
        QueryConstitutionRequest.getDefaultInstance(),
        QueryConstitutionResponse.parser());
  }
}
