package io.segue.itests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * CometBFT's own command line for ABCI, as it is published: what it asks is answered, and what it
 * drives does no harm to the chain, before CometBFT has started it, beside it and after it.
 */
class AbciCliIT {
  private static final String TCP = "tcp://127.0.19.1:26658";
  private static final String BEGINNING = "block 0 comes before the chain has started";

  @TempDir Path folder;

  private Path program;

  @Test
  void asksAndDrivesANodeBesideItsCometBft() throws Exception {
    program = ClientProgram.require("abci-cli");
    try (CometProcess comet = CometProcess.init(folder.resolve("home"))) {
      TestedNode node = comet.node().start();
      String address = CometProcess.address(node);
      node.until("the socket", () -> Files.exists(node.home().resolve("run/abci.sock")));
      assertThat(succeeds(address, "", "info")).contains("-> data: segue");
      assertThat(succeeds(address, "", "echo", "hello")).contains("-> data: hello");
      assertThat(fails(address, "finalize_block", "0x00")).contains(BEGINNING);
      assertThat(fails(address, "test")).contains("initial_height 0 is refused");

      comet.start();
      node.awaitHeight(2);
      String tx = "0x" + transfer(node);
      answersBesideCometBft(address, tx);
      assertThat(comet.isRunning()).isTrue();

      comet.kill();
      node.until("the hold", () -> node.shell("node:status").toString().contains("NO_COMETBFT"));
      isDriven(address, tx, node.shell("node:status").path("height").asLong());
      overTcp(node);

      node.set("io.segue.consensus.comet", "address", address);
      node.until("the socket", () -> run(address, "", "info").status() == 0);
      comet.start();
      node.until("CometBFT's RPC", () -> node.height() > 0);
      node.awaitHeight(node.height() + 2);
    }
  }

  private void answersBesideCometBft(String address, String tx) {
    assertThat(
            succeeds(
                address, "", "query", "\"\"", "--path", "/cosmos.bank.v1beta1.Query/TotalSupply"))
        .contains("-> code: OK", "stake");
    assertThat(succeeds(address, "", "query", "0x00", "--path", "/store/bank/key", "--prove"))
        .contains("-> code: OK", "-> key.hex: 00", "ics23:smt");
    assertThat(succeeds(address, "", "check_tx", tx)).isEqualToIgnoringNewLines("-> code: OK");
    assertThat(succeeds(address, "", "check_tx", "0x00")).contains("-> code: 2", "tx parse error");
    assertThat(fails(address, "prepare_proposal", tx)).contains("another engine drives this node");
  }

  /** What proposes and executes blocks, on one connection; the tool knows no heights. */
  private void isDriven(String address, String tx, long height) {
    String proposals = "info\nprepare_proposal " + tx + "\nprocess_proposal " + tx + "\n";
    assertThat(succeeds(address, proposals, "batch"))
        .contains("-> data: segue", "-> log: Succeeded. Tx: ", "-> status: ACCEPT");
    assertThat(run(address, "echo hello\n", "console").output()).contains("> -> code: OK");
    assertThat(fails(address, "finalize_block", tx))
        .contains("block 0 does not follow the committed height " + height);
    assertThat(fails(address, "commit")).contains("no finalized block to commit");
  }

  private void overTcp(TestedNode node) {
    node.set("io.segue.consensus.comet", "address", TCP);
    node.until("the port", () -> run(TCP, "", "info").status() == 0);
    assertThat(succeeds(TCP, "", "echo", "hello")).contains("-> data: hello");
  }

  /** A signed transfer, in hex. */
  private String transfer(TestedNode node) throws IOException {
    String made = "tx bank send alice validator 7stake --gas 200000 --generate-only";
    Path unsigned = Files.writeString(folder.resolve("made.json"), node.command(made.split(" ")));
    String signed = node.command("tx", "sign", unsigned.toString(), "--from", "alice");
    Path file = Files.writeString(folder.resolve("signed.json"), signed);
    String encoded = node.command("tx", "encode", file.toString()).strip();
    return HexFormat.of().formatHex(Base64.getDecoder().decode(encoded));
  }

  private String succeeds(String address, String input, String... line) {
    TestedNode.Result result = run(address, input, line);
    assertThat(result.status()).as(result.output()).isZero();
    return result.output();
  }

  private String fails(String address, String... line) {
    TestedNode.Result result = run(address, "", line);
    assertThat(result.status()).as(result.output()).isEqualTo(1);
    return result.output();
  }

  /** The tool prints transactions as they are, whatever their bytes. */
  private TestedNode.Result run(String address, String input, String... line) {
    List<String> words =
        new ArrayList<>(List.of(program.toString(), "--address", address, "--log_level", "none"));
    words.addAll(List.of(line));
    try {
      Path typed = Files.writeString(folder.resolve("typed"), input);
      Path printed = folder.resolve("printed");
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectInput(typed.toFile())
              .redirectOutput(printed.toFile())
              .start();
      boolean ended = process.waitFor(30, TimeUnit.SECONDS);
      process.destroyForcibly();
      return new TestedNode.Result(
          ended ? process.exitValue() : -1, Files.readString(printed, ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
