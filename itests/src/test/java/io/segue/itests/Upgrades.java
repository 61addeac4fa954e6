package io.segue.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Passes the plan of an upgrade on a {@link NodeProcess}, as a validator does. */
final class Upgrades {
  private Upgrades() {}

  /** The plan's info for an artifact at a URL. */
  static String info(String url, Path artifact) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(artifact));
      return "{\"binaries\":{\"any\":\""
          + url
          + "?checksum=sha256:"
          + HexFormat.of().formatHex(digest)
          + "\"}}";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Proposes, deposits and votes until the plan is scheduled.
   *
   * @param ahead blocks from now to the plan's height
   * @return the plan's height
   */
  static long pass(NodeProcess node, String name, int ahead, String info, String... more) {
    return pass(node, 1, name, ahead, info, more);
  }

  /** As {@link #pass(NodeProcess, String, int, String, String...)}, of the next proposal. */
  static long pass(
      NodeProcess node, int proposalId, String name, int ahead, String info, String... more) {
    long height = node.height() + ahead;
    String[] proposal = {
      "tx",
      "upgrade",
      "software-upgrade",
      name,
      "--upgrade-height",
      Long.toString(height),
      "--upgrade-info",
      info,
      "--title",
      "Upgrade " + name,
      "--summary",
      "Upgrade to " + name,
      "--deposit",
      "1000stake",
      "--from",
      "alice",
      "--wait"
    };
    String[] all = java.util.Arrays.copyOf(proposal, proposal.length + more.length);
    System.arraycopy(more, 0, all, proposal.length, more.length);
    node.segue(all);
    String[] vote = {"tx", "gov", "vote", "" + proposalId, "yes", "--from", "validator", "--wait"};
    String[] paid = java.util.Arrays.copyOf(vote, vote.length + more.length);
    System.arraycopy(more, 0, paid, vote.length, more.length);
    node.segue(paid);
    node.until(
        "the plan to be scheduled",
        () -> status(node).path("plan").path("name").asText().equals(name));
    return height;
  }

  /** The state of the upgrade, or nothing. */
  static String state(NodeProcess node) {
    return status(node).path("state").asText();
  }

  static JsonNode status(NodeProcess node) {
    return node.shell("upgrade:status");
  }
}
