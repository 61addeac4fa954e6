package io.segue.bundles.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.shell.client.ShellClient;
import io.segue.bundles.shell.client.ShellProtocol;
import io.segue.bundles.shell.client.ShellProtocol.Kind;
import io.segue.bundles.shell.client.ShellProtocol.Line;
import io.segue.bundles.shell.client.TerminalSession;
import io.segue.bundles.shell.socket.ChannelSocket;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys typed into a terminal without a screen, and a node that only says what it was asked. */
@Timeout(30)
class TerminalShellTest {
  private static final String UP = "\033[A";
  private static final String TAB = "\t";
  private static final String END = "\u0004";

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final List<String> ran = new CopyOnWriteArrayList<>();
  private Path home;
  private Path history;
  private ServerSocketChannel node;

  @BeforeEach
  void startNode() throws IOException {
    // Short, as a socket's address has room for 107 bytes.
    home = Files.createTempDirectory(Path.of("/tmp"), "term");
    history = home.resolve("run/shell.history");
    Files.createDirectory(home.resolve("run"));
    node = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    node.bind(UnixDomainSocketAddress.of(home.resolve("run/shell.sock")));
  }

  @AfterEach
  void stopNode() throws IOException {
    node.close();
    Files.deleteIfExists(home.resolve("run/shell.sock"));
    Files.deleteIfExists(history);
    Files.delete(home.resolve("run"));
    Files.delete(home);
  }

  @Test
  void runsWhatIsTypedUntilExit() throws Exception {
    assertThat(type("node:status\r\r fail\rexit\rnever\r")).isOne();

    assertThat(ran).containsExactly("node:status", "fail");
    assertThat(screen.toString(StandardCharsets.UTF_8))
        .contains("This is the shell inside the node.", "segue> ", "ran node:status");
  }

  @Test
  void endsWhereTheInputEnds() throws Exception {
    assertThat(type("node:status\r" + END)).isZero();
  }

  @Test
  void bringsTheLineBeforeBack() throws Exception {
    type("node:status\r" + UP + "\rexit\r");

    assertThat(ran).containsExactly("node:status", "node:status");
  }

  @Test
  void takesALineAsItIs() throws Exception {
    type("echo 'a b' !1 \\x $y\rexit\r");

    assertThat(ran).containsExactly("echo 'a b' !1 \\x $y");
  }

  @Test
  void completesByWhatTheNodeOffers() throws Exception {
    type("store:get ba" + TAB + "\rexit\r");

    assertThat(ran).containsExactly("store:get bank");
  }

  @Test
  void staysBehindAFolder() throws Exception {
    type("upgrade:deploy bu" + TAB + "v2.zip\rexit\r");

    assertThat(ran).containsExactly("upgrade:deploy build/v2.zip");
  }

  @Test
  void keepsTheHistoryForItsOwnerAlone() throws Exception {
    type("node:status\r secret\rexit\r");

    assertThat(history).hasContent("node:status\nexit");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
        .isEqualTo("rw-------");

    type(UP + UP + "\rexit\r");

    assertThat(ran).containsExactly("node:status", "secret", "node:status");
  }

  @Test
  void keepsNoMoreHistoryThanItsLimit() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 2 * TerminalShell.HISTORY_LINES; i++) {
      lines.append("line").append(i).append('\n');
    }
    Files.writeString(history, lines);

    type("node:status\rexit\r");

    try (var kept = Files.lines(history)) {
      assertThat(kept.toList())
          .hasSizeLessThanOrEqualTo(TerminalShell.HISTORY_LINES * 5 / 4)
          .endsWith("node:status", "exit");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
        .isEqualTo("rw-------");
  }

  private int type(String keys) throws Exception {
    CompletableFuture<Void> served = CompletableFuture.runAsync(this::serve);
    int exit;
    try (TerminalSession session = new ShellClient(home).terminal();
        Terminal terminal =
            new ExternalTerminal(
                "test",
                "ansi",
                new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)),
                screen,
                StandardCharsets.UTF_8)) {
      exit = TerminalShell.run(session, terminal, history);
    }
    served.get(10, TimeUnit.SECONDS);
    return exit;
  }

  private void serve() {
    try (ChannelSocket client = new ChannelSocket(node.accept())) {
      ShellProtocol.readRequest(client.input());
      for (Optional<Line> line = ShellProtocol.readTerminalLine(client.input());
          line.isPresent();
          line = ShellProtocol.readTerminalLine(client.input())) {
        answer(line.get(), client.output());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void answer(Line line, OutputStream out) throws IOException {
    String text = line.text();
    if (line.complete()) {
      send(out, Kind.CANDIDATES, text.startsWith("store") ? "bank\t3 entries\n" : "build/\t\n");
      return;
    }
    ran.add(text);
    send(out, Kind.OUTPUT, "ran " + text + "\n");
    send(out, Kind.READY, text.equals("fail") ? "\1" : "\0");
  }

  private static void send(OutputStream out, Kind kind, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ShellProtocol.writeFrame(out, kind, bytes, 0, bytes.length);
  }
}
