package io.segue.bundles.cli.tx;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.chain.ChainTypes;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.CoinsText;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Set;

/**
 * A proposal as a file, in the form of the Cosmos SDK's tools:
 *
 * <pre>
 * {"messages": [{"@type": "/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade", ...}],
 *  "metadata": "", "deposit": "10000000stake", "title": "", "summary": "", "expedited": false}
 * </pre>
 */
final class ProposalFile {
  private static final Set<String> MEMBERS =
      Set.of("messages", "metadata", "deposit", "title", "summary", "expedited", "proposer");

  private ProposalFile() {}

  /**
   * The message that submits it.
   *
   * @throws CliException where the file can't be read, or holds something else
   */
  static MsgSubmitProposal read(Path file, String proposer, ChainTypes types) {
    JsonNode json;
    try {
      json = Output.JSON.readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new CliException("the proposal " + file + " can't be read: " + e.getMessage(), e);
    }
    if (!json.isObject()) {
      throw new CliException("the proposal " + file + " is no JSON object");
    }
    refuseUnknown(file, json);
    MsgSubmitProposal.Builder proposal = MsgSubmitProposal.newBuilder();
    for (JsonNode message : json.path("messages")) {
      proposal.addMessages(types.parseAny(message));
    }
    return proposal
        .addAllInitialDeposit(
            CoinsText.parse("deposit in " + file, json.path("deposit").asText()).toProto())
        .setProposer(proposer)
        .setMetadata(json.path("metadata").asText())
        .setTitle(json.path("title").asText())
        .setSummary(json.path("summary").asText())
        .setExpedited(json.path("expedited").asBoolean())
        .build();
  }

  private static void refuseUnknown(Path file, JsonNode json) {
    for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!MEMBERS.contains(name)) {
        throw new CliException(
            "the proposal " + file + " has a member '" + name + "'; known are " + MEMBERS);
      }
    }
  }
}
