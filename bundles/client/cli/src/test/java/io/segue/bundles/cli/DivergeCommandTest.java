package io.segue.bundles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.cli.chain.FakeNode;
import io.segue.bundles.nodes.NodeProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DivergeCommandTest {
  @Test
  void namesTheOptionOfTheNodeThatDoesNotAnswer() throws IOException {
    String dead = "http://127.0.0.1:" + NodeProcess.freePort();
    try (FakeNode live = new FakeNode()) {
      live.answers("status", "{\"node_info\":{\"network\":\"chain-1\"}}");
      assertThat(errorOf("diverge", "--node", live.url(), "--with", dead))
          .contains("no node answers at " + dead + "/, which --with names");
      assertThat(errorOf("diverge", "--node", dead, "--with", live.url()))
          .contains("no node answers at " + dead)
          .contains("--node")
          .doesNotContain("--with names");
    }
  }

  private static String errorOf(String... line) {
    StringWriter error = new StringWriter();
    CommandLine commandLine = Segue.commandLine();
    commandLine.setErr(new PrintWriter(error, true));
    assertThat(Segue.execute(commandLine, line)).isEqualTo(1);
    return error.toString();
  }
}
