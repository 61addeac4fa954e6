package io.segue.bundles.cli.tx;

import com.google.protobuf.Message;
import io.segue.bundles.cli.chain.TxBuilder;
import io.segue.bundles.cli.console.CoinsText;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import picocli.CommandLine.Option;

/** Options of commands that submit a proposal of one message. */
final class ProposalOptions {
  @Option(
      names = "--title",
      paramLabel = "TEXT",
      required = true,
      description = "Title of the proposal.")
  private String title = "";

  @Option(
      names = "--summary",
      paramLabel = "TEXT",
      required = true,
      description = "What it is for.")
  private String summary = "";

  @Option(
      names = "--deposit",
      paramLabel = "COINS",
      required = true,
      description = "The first deposit; what segue query gov params asks for starts the vote.")
  private String deposit = "";

  @Option(names = "--metadata", paramLabel = "TEXT", description = "Text for other programs.")
  private String metadata = "";

  @Option(names = "--expedited", description = "A shorter vote with a higher threshold.")
  private boolean expedited;

  MsgSubmitProposal proposal(String proposer, Message message) {
    return MsgSubmitProposal.newBuilder()
        .addMessages(TxBuilder.any(message))
        .addAllInitialDeposit(CoinsText.parse("--deposit", deposit).toProto())
        .setProposer(proposer)
        .setMetadata(metadata)
        .setTitle(title)
        .setSummary(summary)
        .setExpedited(expedited)
        .build();
  }
}
