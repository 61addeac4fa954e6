package io.segue.bundles.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.bundles.shell.client.ShellClient;
import io.segue.bundles.shell.client.ShellException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Asks the shell of a running node. */
public final class NodeShell {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ShellClient client;

  /**
   * What a command printed.
   *
   * @param status its exit status; 0 where it succeeded
   */
  public record Answer(int status, String output, String errors) {}

  public NodeShell(Path home) {
    this.client = new ShellClient(home);
  }

  /**
   * The JSON that a command prints.
   *
   * @param command such as {@code node:status}
   * @throws NodeException where no node answers, or the command fails
   */
  public JsonNode ask(String command) {
    Answer answer = run(command + " --output json");
    if (answer.status() != 0) {
      throw new NodeException(command + ": " + answer.errors().strip());
    }
    try {
      return JSON.readTree(answer.output());
    } catch (IOException e) {
      throw new NodeException(command + " answers with something else than JSON", e);
    }
  }

  /**
   * Runs a command, as {@code segue shell -c} does without the start of a process.
   *
   * @throws NodeException where no node answers
   */
  public Answer run(String command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try {
      int status = client.command(command, out, err);
      return new Answer(
          status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } catch (ShellException e) {
      throw new NodeException(String.valueOf(e.getMessage()), e);
    }
  }
}
