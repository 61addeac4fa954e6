package io.segue.bundles.cli.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.shell.client.ShellClient;
import io.segue.bundles.shell.client.ShellException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Asks the shell of a running node for JSON. */
public final class NodeShell {
  private final ShellClient client;

  public NodeShell(Home home) {
    this.client = new ShellClient(home.folder());
  }

  /**
   * The JSON that a command prints.
   *
   * @param command such as {@code node:status}
   * @throws CliException where no node answers, or the command fails
   */
  public JsonNode ask(String command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try {
      if (client.command(command + " --output json", out, err) != 0) {
        throw new CliException(command + ": " + err.toString(StandardCharsets.UTF_8).strip());
      }
      return Output.JSON.readTree(out.toByteArray());
    } catch (ShellException e) {
      throw new CliException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new CliException(command + " answers with something else than JSON", e);
    }
  }
}
