package io.segue.bundles.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.shell.client.ShellClient;
import io.segue.bundles.shell.client.ShellException;
import io.segue.bundles.shell.client.TerminalSession;
import io.segue.bundles.shell.client.TerminalSession.Candidate;
import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.CommandList;
import io.segue.bundles.shell.command.Completion;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.bundles.shell.socket.ChannelSocket;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ShellServerTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ThreadIOImpl threadIo = new ThreadIOImpl();
  private Path home = Path.of("/");
  private ShellServer server;

  @BeforeEach
  void startServer() throws IOException {
    // Short, as a socket's address has room for 107 bytes.
    home = Files.createTempDirectory(Path.of("/tmp"), "shell");
    server = new ShellServer(home, processor(), completion());
  }

  @AfterEach
  void stopServer() throws IOException {
    server.close();
    threadIo.stop();
    Files.deleteIfExists(home.resolve("run"));
    Files.deleteIfExists(home);
  }

  @Test
  void runsOneCommandAndHandsBackWhatItPrints() throws Exception {
    int exit = run("test:say hällo");

    assertThat(exit).isZero();
    assertThat(output()).isEqualTo("hällo\n");
    assertThat(errors()).isEmpty();
  }

  @Test
  void printsWhatACommandReturns() throws Exception {
    assertThat(run("test:seven")).isZero();

    assertThat(output()).isEqualTo("7\n");
  }

  @Test
  void runsSeveralCommandsInOneLine() throws Exception {
    assertThat(run("test:say one; test:say two")).isZero();

    assertThat(output()).isEqualTo("one\ntwo\n");
  }

  @Test
  void failsWithTheRefusalOnTheErrorSide() throws Exception {
    int exit = run("test:refuse");

    assertThat(exit).isOne();
    assertThat(output()).isEmpty();
    assertThat(errors()).isEqualTo("segue: not today; try tomorrow\n");
  }

  @Test
  void namesACommandThatIsNotThere() throws Exception {
    assertThat(run("test:nothing")).isEqualTo(2);

    assertThat(errors()).contains("Command not found: test:nothing");
  }

  @Test
  void takesAUrlAsItIs() throws Exception {
    assertThat(run("test:say https://example.org/v2.zip?checksum=sha256:ab*")).isZero();

    assertThat(output()).isEqualTo("https://example.org/v2.zip?checksum=sha256:ab*\n");
  }

  @Test
  void runsWhereTheClientRuns() throws Exception {
    assertThat(run("test:where")).isZero();

    assertThat(output()).isEqualTo(Path.of("").toAbsolutePath() + "\n");
  }

  @Test
  void handsOverMuchOutput() throws Exception {
    assertThat(run("test:flood")).isZero();

    assertThat(out.size()).isEqualTo(3_000_000);
  }

  @Test
  void refusesACommandOfManyKilobytes() throws Exception {
    assertThat(run("test:say " + "x".repeat(70_000))).isOne();

    assertThat(errors()).contains("a command has at most 65536 bytes");
  }

  @Test
  void keepsASessionUntilExit() throws Exception {
    InputStream in = input("test:say one\n\ntest:refuse\nx = 5\ntest:say $x\nexit\ntest:say no\n");

    int exit = new ShellClient(home).session(in, out, err);

    assertThat(exit).isZero();
    assertThat(output())
        .startsWith("This is the shell inside the node.")
        .contains("segue> one\n", "segue> 5\n")
        .doesNotContain("no\n")
        .endsWith("segue> ");
    assertThat(errors()).isEqualTo("segue: not today; try tomorrow\n");
  }

  @Test
  void endsASessionWhereTheInputEnds() throws Exception {
    int exit = new ShellClient(home).session(input("test:refuse"), out, err);

    assertThat(exit).isOne();
  }

  @Test
  void answersWhileTheUserIsStillTyping() throws Exception {
    PipedOutputStream keyboard = new PipedOutputStream();
    PipedInputStream in = new PipedInputStream(keyboard);
    CompletableFuture<Void> answered = new CompletableFuture<>();
    ByteArrayOutputStream screen = new Screen("hello\n", answered);
    CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> session(in, screen));

    keyboard.write("test:say hello\n".getBytes(StandardCharsets.UTF_8));
    keyboard.flush();

    answered.get(10, TimeUnit.SECONDS);
    keyboard.close();
    assertThat(exit.get(10, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void runsTheLinesOfATerminalInOneSession() throws Exception {
    try (TerminalSession session = new ShellClient(home).terminal()) {
      assertThat(session.run("x = 5", out, err)).isZero();
      assertThat(session.run("test:say $x", out, err)).isZero();
      assertThat(session.run("test:refuse", out, err)).isOne();
      assertThat(session.run("test:say one", out, err)).isZero();
    }

    assertThat(output()).isEqualTo("5\n5\none\n");
    assertThat(errors()).isEqualTo("segue: not today; try tomorrow\n");
  }

  @Test
  void tellsATerminalHowALineMayGoOn() throws Exception {
    try (TerminalSession session = new ShellClient(home).terminal()) {
      assertThat(session.complete("test:s")).extracting(Candidate::word).contains("test:say");
      assertThat(session.complete("test:say one | nothing-of-this-kind")).isEmpty();
      assertThat(session.run("test:say one", out, err)).isZero();
    }

    assertThat(output()).isEqualTo("one\n");
  }

  @Test
  void letsOnlyTheOwnerIn() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("run"))))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
        .isEqualTo("rw-------");
  }

  @Test
  void takesTheFolderBackFromOthers() throws Exception {
    server.close();
    Files.setPosixFilePermissions(
        home.resolve("run"), PosixFilePermissions.fromString("rwxrwxrwx"));

    server = new ShellServer(home, processor(), completion());

    letsOnlyTheOwnerIn();
  }

  @Test
  void replacesTheSocketOfADeadNode() throws Exception {
    server.close();
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(socket()));
    }
    assertThat(socket()).exists();

    server = new ShellServer(home, processor(), completion());

    assertThat(run("test:say alive")).isZero();
  }

  @Test
  void leavesTheSocketOfALiveNodeAlone() throws Exception {
    assertThatThrownBy(() -> new ShellServer(home, processor(), completion()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another process answers on " + socket());

    assertThat(run("test:say alive")).isZero();
  }

  @Test
  void refusesAHomeWhosePathIsTooLong() throws IOException {
    Path deep = home.resolve("x".repeat(100));

    assertThatThrownBy(() -> new ShellServer(deep, processor(), completion()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("use a shorter one");
    Files.delete(deep.resolve("run"));
    Files.delete(deep);
  }

  @Test
  void saysThatNoNodeRuns() throws Exception {
    server.close();

    assertThat(socket()).doesNotExist();
    assertThatThrownBy(() -> run("test:say hello"))
        .isInstanceOf(ShellException.class)
        .hasMessageContaining("no node runs here")
        .hasMessageContaining("segue start --home " + home);
  }

  @Test
  void saysThatTheNodeDied() throws Exception {
    server.close();
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(socket()));
    }

    assertThatThrownBy(() -> run("test:say hello"))
        .isInstanceOf(ShellException.class)
        .hasMessageContaining("nobody answers on " + socket());
    Files.delete(socket());
  }

  @Test
  void endsSessionsWhenTheNodeStops() throws Exception {
    PipedOutputStream keyboard = new PipedOutputStream();
    CompletableFuture<Void> prompted = new CompletableFuture<>();
    ByteArrayOutputStream screen = new Screen("segue> ", prompted);
    CompletableFuture<Integer> exit =
        CompletableFuture.supplyAsync(() -> session(pipe(keyboard), screen));
    prompted.get(10, TimeUnit.SECONDS);

    server.close();

    assertThat(exit.handle((code, failure) -> failure).get(10, TimeUnit.SECONDS))
        .hasMessageContaining("the node closed the connection");
  }

  @Test
  void answersAStrangerInWords() throws Exception {
    try (ChannelSocket stranger = ChannelSocket.connect(socket())) {
      stranger.output().write("GET / HTTP/1.1\n\n".getBytes(StandardCharsets.UTF_8));

      assertThat(new String(stranger.input().readAllBytes(), StandardCharsets.UTF_8))
          .contains("the client greets with \"GET / HTTP/1.1\"")
          .contains("use the bin/segue that this node was started with");
    }
  }

  @Test
  void closesWhatIsOneSessionTooMany() throws Exception {
    List<ChannelSocket> sessions = new ArrayList<>();
    try {
      for (int i = 0; i <= ShellServer.MAX_SESSIONS; i++) {
        sessions.add(ChannelSocket.connect(socket()));
      }
      assertThat(sessions.get(ShellServer.MAX_SESSIONS).input().read()).isEqualTo(-1);
    } finally {
      for (ChannelSocket session : sessions) {
        session.close();
      }
    }
  }

  /** Commands for these tests. */
  public static final class Commands {
    public void say(String word) {
      Process.Utils.current().out().println(word);
    }

    public int seven() {
      return 7;
    }

    public void refuse() throws CommandException {
      throw new CommandException("not today; try tomorrow");
    }

    public String where(CommandSession session) {
      return session.currentDir().toString();
    }

    public void flood() {
      Process.Utils.current().out().print("x".repeat(3_000_000));
    }
  }

  /** Tells when a text appears on it. */
  private static final class Screen extends ByteArrayOutputStream {
    private final String awaited;
    private final CompletableFuture<Void> seen;

    Screen(String awaited, CompletableFuture<Void> seen) {
      this.awaited = awaited;
      this.seen = seen;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      if (toString(StandardCharsets.UTF_8).contains(awaited)) {
        seen.complete(null);
      }
    }
  }

  private CommandProcessorImpl processor() {
    CommandProcessorImpl processor = new CommandProcessorImpl(threadIo);
    processor.addCommand("test", new Commands());
    return processor;
  }

  private Completion completion() {
    return new Completion(new NodeAccess(home), new CommandList());
  }

  private int run(String command) throws ShellException {
    return new ShellClient(home).command(command, out, err);
  }

  private int session(InputStream in, ByteArrayOutputStream screen) {
    try {
      return new ShellClient(home).session(in, screen, err);
    } catch (ShellException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static InputStream pipe(PipedOutputStream keyboard) {
    try {
      return new PipedInputStream(keyboard);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path socket() {
    return home.resolve("run").resolve("shell.sock");
  }

  private static InputStream input(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private String output() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
