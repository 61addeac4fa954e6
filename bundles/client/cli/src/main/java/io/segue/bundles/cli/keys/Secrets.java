package io.segue.bundles.cli.keys;

import io.segue.bundles.cli.console.CliException;
import io.segue.kernel.api.node.FailureText;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a user types and nobody should see: without an echo on a terminal, else a line of standard
 * input.
 */
final class Secrets {
  /** Least characters of a new passphrase, as the Cosmos SDK's tools have it. */
  static final int MIN_PASSPHRASE = 8;

  private Secrets() {}

  /**
   * Reads one.
   *
   * @param what is asked for, for the prompt and for errors
   */
  static char[] read(String what) {
    Console console = System.console();
    char @Nullable [] typed =
        console == null
            ? line().map(String::toCharArray).orElse(null)
            : console.readPassword("%s: ", what);
    if (typed == null || typed.length == 0) {
      throw new CliException(
          what + " is needed; type it on a terminal, or give it as a line of standard input");
    }
    return typed;
  }

  /** As {@link #read}, of a passphrase that somebody chooses: twice on a terminal. */
  static char[] choose(String what) {
    char[] chosen = checked(read(what));
    if (System.console() != null && !Arrays.equals(chosen, read("Repeat the passphrase"))) {
      throw new CliException("the two passphrases differ; nothing is kept");
    }
    return chosen;
  }

  /**
   * Refuses a new passphrase that is too short.
   *
   * @throws CliException where it is
   */
  static char[] checked(char[] passphrase) {
    if (passphrase.length < MIN_PASSPHRASE) {
      throw new CliException(
          "the passphrase is too short; it must have at least "
              + MIN_PASSPHRASE
              + " characters, and nothing is kept");
    }
    return passphrase;
  }

  /** The next line of standard input; empty at its end. */
  static Optional<String> line() {
    try {
      // Byte by byte: what stands behind the line is for whoever reads next.
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      int next = System.in.read();
      boolean ended = next < 0;
      while (next >= 0 && next != '\n') {
        bytes.write(next);
        next = System.in.read();
      }
      return ended
          ? Optional.empty()
          : Optional.of(bytes.toString(StandardCharsets.UTF_8).stripTrailing());
    } catch (IOException e) {
      throw new CliException("standard input can't be read: " + FailureText.of(e), e);
    }
  }
}
