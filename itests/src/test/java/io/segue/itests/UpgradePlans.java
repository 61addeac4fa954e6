package io.segue.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.segue.bundles.cli.chain.ChainInfo;
import io.segue.bundles.cli.chain.GovernanceClient;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.chain.Signer;
import io.segue.bundles.cli.chain.SignerFields;
import io.segue.bundles.cli.chain.TxBuilder;
import io.segue.bundles.cli.init.NewHome;
import io.segue.bundles.cli.keyring.Keyring;
import io.segue.bundles.nodes.Sha256;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import io.segue.bundles.sdk.proto.gov.VoteOption;
import io.segue.bundles.sdk.proto.upgrade.MsgSoftwareUpgrade;
import io.segue.bundles.sdk.proto.upgrade.Plan;
import io.segue.itests.votes.VotesFactory;
import io.segue.itests.votes.VotesHandler;
import io.segue.itests.votes.VotesModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

/** Passes the plan of an upgrade on a {@link TestedNode}, as a validator does. */
final class UpgradePlans {
  private UpgradePlans() {}

  /** The plan's info for an artifact at a URL. */
  static String info(String url, Path artifact) {
    try {
      return "{\"binaries\":{\"any\":\""
          + url
          + "?checksum=sha256:"
          + Sha256.hex(Files.readAllBytes(artifact))
          + "\"}}";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The archive of an upgrade that brings {@link VotesModule}; its plan has the same name. */
  static Path extendingVotes(Path folder) throws IOException {
    Path handler =
        BrokenUpgrade.write(
            folder.resolve("handler.jar"),
            VotesModule.NAME,
            VotesHandler.class,
            "io.segue.generation.module;effective:=generation;name=votes;bundle=\"votes\";"
                + "version:Version=\"1.0.0\"");
    Path module =
        BrokenUpgrade.module(
            folder.resolve("votes.jar"), "votes", VotesFactory.class, VotesModule.class);
    return BrokenUpgrade.zip(folder.resolve("votes.zip"), handler, module);
  }

  /** Blocks to the height of a plan for which nothing else has to be done meanwhile. */
  static final int AHEAD = 32;

  /** A vote's blocks, beyond the few that every plan is ahead. */
  private static final int VOTE_BLOCKS = 28;

  /**
   * Proposes, deposits and votes until the plan is scheduled. In the test's own process: a vote
   * that waits for two starts of the command line ends too late on a busy machine.
   *
   * @param ahead blocks to the plan's height, beside those of the vote
   * @param others nodes of validators that vote, too
   * @return the plan's height
   */
  static long pass(TestedNode node, String name, int ahead, String info, TestedNode... others) {
    long height = propose(node, name, ahead, info, others);
    node.until(
        "the plan to be scheduled",
        () -> status(node).path("plan").path("name").asText().equals(name));
    return height;
  }

  /** As {@link #pass}, and does not wait for the end of the vote. */
  static long propose(TestedNode node, String name, int ahead, String info, TestedNode... others) {
    long height = node.height() + VOTE_BLOCKS + ahead;
    propose(node, plan(name, height, info), others);
    return height;
  }

  /** What governance executes to schedule a plan. */
  static Message plan(String name, long height, String info) {
    return MsgSoftwareUpgrade.newBuilder()
        .setAuthority(SignerFields.governance())
        .setPlan(Plan.newBuilder().setName(name).setHeight(height).setInfo(info))
        .build();
  }

  /**
   * Proposes a message, deposits and votes for it.
   *
   * @return when the vote ends
   */
  static Instant propose(TestedNode node, Message message, TestedNode... others) {
    GovernanceClient governance =
        new GovernanceClient(
            new NodeClient(node.url()),
            signer(node, "alice"),
            Stream.concat(Stream.of(node), Stream.of(others))
                .map(each -> signer(each, NewHome.VALIDATOR))
                .toArray(Signer[]::new));
    long proposal =
        governance.submit(
            MsgSubmitProposal.newBuilder()
                .setTitle(message.getDescriptorForType().getName())
                .setSummary("A test's")
                .addMessages(TxBuilder.any(message))
                .addAllInitialDeposit(Coins.of("stake", 1000).toProto()));
    governance.vote(proposal, VoteOption.VOTE_OPTION_YES);
    Timestamp end = governance.proposal(proposal).getVotingEndTime();
    return Instant.ofEpochSecond(end.getSeconds(), end.getNanos());
  }

  /** An account of a node's keyring, which asks that node. */
  static Signer signer(TestedNode node, String key) {
    Addresses addresses = new Addresses(Addresses.DEFAULT_PREFIX);
    return new Signer(
        new Keyring(node.home().resolve("keys"), addresses).key(key),
        TestedNode.CHAIN_ID,
        new ChainInfo(new NodeClient(node.url())));
  }

  /** The state of the upgrade, or nothing. */
  static String state(TestedNode node) {
    return status(node).path("state").asText();
  }

  static JsonNode status(TestedNode node) {
    return node.shell("upgrade:status");
  }
}
