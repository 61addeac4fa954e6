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

  /** A vote's blocks, beyond the few that every plan is ahead. */
  private static final int VOTE_BLOCKS = 28;

  /**
   * Proposes, deposits and votes until the plan is scheduled.
   *
   * @param ahead blocks to the plan's height, beside those of the vote
   * @return the plan's height
   */
  static long pass(NodeProcess node, String name, int ahead, String info, String... more) {
    return pass(node, 1, name, ahead, info, more);
  }

  /**
   * As {@link #pass(NodeProcess, String, int, String, String...)}, for a chain that had proposals.
   *
   * @param proposal number of the proposal that this makes
   * @param more further words of both transactions
   */
  static long pass(
      NodeProcess node, int proposal, String name, int ahead, String info, String... more) {
    long height = node.height() + VOTE_BLOCKS + ahead;
    String[] submit = {
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
    String[] vote = {
      "tx", "gov", "vote", Integer.toString(proposal), "yes", "--from", "validator", "--wait"
    };
    node.segue(with(submit, more));
    node.segue(with(vote, more));
    node.until(
        "the plan to be scheduled",
        () -> status(node).path("plan").path("name").asText().equals(name));
    return height;
  }

  private static String[] with(String[] words, String... more) {
    String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }

  /** The state of the upgrade, or nothing. */
  static String state(NodeProcess node) {
    return status(node).path("state").asText();
  }

  static JsonNode status(NodeProcess node) {
    return node.shell("upgrade:status");
  }
}
