package io.segue.bundles.cli.tx;

import com.google.protobuf.Message;
import io.segue.bundles.cli.chain.ChainTypes;
import io.segue.bundles.cli.console.CoinsText;
import io.segue.bundles.cli.console.HelpOption;
import io.segue.bundles.sdk.proto.gov.MsgCancelProposal;
import io.segue.bundles.sdk.proto.gov.MsgDeposit;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import io.segue.bundles.sdk.proto.gov.MsgVote;
import io.segue.bundles.sdk.proto.gov.MsgVoteWeighted;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue tx gov}. */
@Command(
    name = "gov",
    description = "Proposals, deposits and votes.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class GovTx implements Runnable {
  private static final String ID = "Number of the proposal.";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  @Command(name = "submit-proposal", description = "Submits the proposal of a JSON file.")
  int submit(
      @Mixin HelpOption help,
      @Mixin TxOptions options,
      @Mixin FromOption from,
      @Parameters(
              paramLabel = "FILE",
              description =
                  "JSON with messages, deposit, title, summary, and maybe metadata and expedited.")
          Path file) {
    Sender sender = from.sender(options);
    MsgSubmitProposal proposal =
        ProposalFile.read(file, sender.address(), ChainTypes.of(options.node.client()));
    return send("submit-proposal", options, sender, proposal);
  }

  @Command(name = "deposit", description = "Adds to the deposit of a proposal.")
  int deposit(
      @Mixin HelpOption help,
      @Mixin TxOptions options,
      @Mixin FromOption from,
      @Parameters(paramLabel = "ID", description = ID) long id,
      @Parameters(paramLabel = "COINS", description = "As 10000000stake.") String coins) {
    Sender sender = from.sender(options);
    MsgDeposit message =
        MsgDeposit.newBuilder()
            .setProposalId(id)
            .setDepositor(sender.address())
            .addAllAmount(CoinsText.parse("COINS", coins).toProto())
            .build();
    return send("deposit", options, sender, message);
  }

  @Command(name = "vote", description = "Votes on a proposal.")
  int vote(
      @Mixin HelpOption help,
      @Mixin TxOptions options,
      @Mixin FromOption from,
      @Parameters(paramLabel = "ID", description = ID) long id,
      @Parameters(paramLabel = "VOTE", description = "yes, abstain, no or no-with-veto.")
          String vote,
      @Option(
              names = "--metadata",
              paramLabel = "TEXT",
              defaultValue = "",
              description = "Text for other programs.")
          String metadata) {
    Sender sender = from.sender(options);
    MsgVote message =
        MsgVote.newBuilder()
            .setProposalId(id)
            .setVoter(sender.address())
            .setOption(VoteOptions.parse(vote))
            .setMetadata(metadata)
            .build();
    return send("vote", options, sender, message);
  }

  @Command(name = "weighted-vote", description = "Splits a vote on a proposal.")
  int weightedVote(
      @Mixin HelpOption help,
      @Mixin TxOptions options,
      @Mixin FromOption from,
      @Parameters(paramLabel = "ID", description = ID) long id,
      @Parameters(paramLabel = "VOTES", description = "As yes=0.6,no=0.3,abstain=0.1.")
          String votes,
      @Option(
              names = "--metadata",
              paramLabel = "TEXT",
              defaultValue = "",
              description = "Text for other programs.")
          String metadata) {
    Sender sender = from.sender(options);
    MsgVoteWeighted message =
        MsgVoteWeighted.newBuilder()
            .setProposalId(id)
            .setVoter(sender.address())
            .addAllOptions(VoteOptions.parseWeighted(votes))
            .setMetadata(metadata)
            .build();
    return send("weighted-vote", options, sender, message);
  }

  @Command(
      name = "cancel-proposal",
      description = "Cancels a proposal of one's own, before its voting ends and at a price.")
  int cancel(
      @Mixin HelpOption help,
      @Mixin TxOptions options,
      @Mixin FromOption from,
      @Parameters(paramLabel = "ID", description = ID) long id) {
    Sender sender = from.sender(options);
    MsgCancelProposal message =
        MsgCancelProposal.newBuilder().setProposalId(id).setProposer(sender.address()).build();
    return send("cancel-proposal", options, sender, message);
  }

  private int send(String command, TxOptions options, Sender sender, Message message) {
    return new TxSender(spec.subcommands().get(command).getCommandSpec(), options)
        .send(sender, message);
  }
}
