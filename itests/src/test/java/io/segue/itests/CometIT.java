package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.nodes.Distribution;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A chain whose blocks CometBFT makes: an upgrade between two of them, ends without notice, and
 * servers that answer as with the embedded engine.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CometIT {
  /** The fee market of v2 asks for it; before, it is just paid. */
  private static final String FEES = "--fees 1000stake";

  private static final String LATEST_BLOCK = "/cosmos/base/tendermint/v1beta1/blocks/latest";

  @TempDir static Path folder;

  private CometProcess comet;
  private TestedNode node;

  @BeforeAll
  void start() {
    comet = CometProcess.init(folder.resolve("home"));
    node = comet.node().start();
    comet.start();
    node.awaitHeight(2);
  }

  @AfterAll
  void stop() {
    if (comet != null) {
      comet.close();
    }
  }

  @Test
  void restAnswersAsWithTheEmbeddedEngine() throws IOException {
    Rest rest = new Rest(node);
    String hash = rest.sends(folder, " " + FEES);
    rest.assertFields(hash);

    JsonNode tx = rest.get("/cosmos/tx/v1beta1/txs/" + hash).path("tx_response");
    String height = tx.path("height").asText();
    JsonNode block = rest.get("/cosmos/base/tendermint/v1beta1/blocks/" + height);
    JsonNode own = node.rpc("block?height=" + height);
    assertThat(time(block)).as("nanoseconds are written in two ways").isEqualTo(time(own));
    assertThat(block.at("/block/data/txs")).isEqualTo(own.at("/block/data/txs"));
    assertThat(rest.get("/cosmos/base/tendermint/v1beta1/node_info").at("/default_node_info/other"))
        .hasToString(
            "{\"tx_index\":\"on\",\"rpc_address\":\"tcp" + node.url().substring(4) + "\"}");
    JsonNode shown = node.shell("chain:tx " + hash);
    assertThat(shown.path("height").asText()).isEqualTo(height);
    assertThat(node.shell("chain:block " + height).at("/txs/0/hash").asText())
        .isEqualToIgnoringCase(hash);
    HttpResponse<String> beyond = rest.ask("/cosmos/base/tendermint/v1beta1/blocks/1000000", 0);
    assertThat(beyond.statusCode()).isEqualTo(400);
    assertThat(beyond.body()).contains("requested block height is bigger then the chain length");
  }

  private static Instant time(JsonNode block) {
    return Instant.parse(block.at("/block/header/time").asText());
  }

  @Test
  void grpcAnswersAsWithTheEmbeddedEngine() throws Exception {
    Grpcurl.assumeInstalled();
    Grpcurl grpcurl = new Grpcurl(node.served("gRPC is"));
    String hash = send().path("hash").asText();
    JsonNode tx = grpcurl.call("cosmos.tx.v1beta1.Service/GetTx", "{\"hash\":\"" + hash + "\"}");
    assertThat(tx.at("/txResponse/txhash").asText()).isEqualToIgnoringCase(hash);
    String height = tx.at("/txResponse/height").asText();
    JsonNode block =
        grpcurl.call("cosmos.tx.v1beta1.Service/GetBlockWithTxs", "{\"height\":" + height + "}");
    assertThat(block.at("/block/header/height").asText()).isEqualTo(height);
    assertThat(block.at("/txs/0/body/messages/0/@type").asText())
        .isEqualTo("/cosmos.bank.v1beta1.MsgSend");
    JsonNode found =
        grpcurl.call(
            "cosmos.tx.v1beta1.Service/GetTxsEvent",
            "{\"query\":\"tx.height=" + height + " AND message.module='bank'\"}");
    assertThat(found.path("total").asText()).isEqualTo("1");
    assertThat(
            grpcurl.call("cosmos.base.node.v1beta1.Service/Status", "{}").path("height").asLong())
        .isGreaterThanOrEqualTo(Long.parseLong(height));
  }

  @Test
  void upgradesWhileCometBftRunsOn() throws IOException {
    Rest rest = new Rest(node);
    long appVersion = appVersion(2);
    send();

    long height = UpgradePlans.pass(node, "v2", 30, "");
    node.until("the hold", () -> UpgradePlans.state(node).equals("HELD"));
    assertThat(node.segue("query", "bank", "balances", "alice").toString()).contains("stake");
    assertThat(node.shell("node:status").path("height").asLong()).isEqualTo(height - 1);
    assertThat(rest.get(LATEST_BLOCK).at("/block/header/height").asLong()).isEqualTo(height - 1);
    assertThat(health("ready")).contains("upgrade:deploy");
    node.inShell("upgrade:deploy " + Distribution.upgrade("v2").toAbsolutePath());
    node.awaitHeight(height + 1);
    assertRunning();
    assertThat(appVersion(height)).isEqualTo(appVersion);
    assertThat(appVersion(height + 1)).isGreaterThan(appVersion);
    assertThat(comet.isRunning()).isTrue();
    rest.assertFields(rest.sends(folder, " " + FEES));
    assertThat(rest.get("/segue/feemarket/v1/base_fee").isEmpty()).isFalse();

    endsWithoutNotice();
    theEmbeddedEngineReplaysIt();
  }

  /** The same blocks, of CometBFT's consensus, give the same roots without it. */
  private void theEmbeddedEngineReplaysIt() {
    Path file = folder.resolve("blocks");
    JsonNode exported = node.segue("blocks", "export", file.toString());
    assertThat(exported.at("/generations/0/name").asText()).isEqualTo("v2");
    assertThat(exported.path("txs").asLong()).isPositive();
    JsonNode replayed =
        node.segue(
            "replay",
            "--blocks",
            file.toString(),
            "--bundles",
            Distribution.upgrade("v2").toAbsolutePath().getParent().toString(),
            "--home",
            folder.resolve("replayed").toString());
    assertThat(replayed.path("lastHeight")).isEqualTo(exported.path("lastHeight"));
  }

  /** Either end of the socket, and both; CometBFT compares app hashes when it comes back. */
  private void endsWithoutNotice() throws IOException {
    comet.kill();
    answersWithoutCometBft();
    comet.start();
    goesOn();

    node.kill();
    comet.kill();
    node.start();
    comet.start();
    goesOn();
    assertRunning();
  }

  /** From the state as ever, and to what only CometBFT knows: that it does not answer. */
  private void answersWithoutCometBft() throws IOException {
    Rest rest = new Rest(node);
    node.until("the hold", () -> health("ready").contains("no CometBFT drives this node"));
    assertThat(node.shell("node:status").path("state").asText()).isEqualTo("HELD");
    assertThat(rest.get("/cosmos/bank/v1beta1/supply").path("supply")).isNotEmpty();
    HttpResponse<String> block = rest.ask(LATEST_BLOCK, 0);
    assertThat(block.statusCode()).isEqualTo(503);
    assertThat(block.body()).contains("\"code\":14,", "CometBFT does not answer at " + node.url());
    assertThat(node.tryInShell("chain:block").output()).contains("CometBFT does not answer at");
    assertThat(metrics()).contains("\nsegue_engine_answers{chain_id=\"itest-1\"} 0.0\n");
  }

  private void goesOn() {
    node.until("CometBFT's RPC", () -> node.height() > 0);
    node.awaitHeight(node.height() + 3);
    node.until("readiness", () -> health("ready").contains("\"ready\":true"));
  }

  private void assertRunning() throws IOException {
    JsonNode status = node.shell("node:status");
    assertThat(status.path("state").asText()).isEqualTo("RUNNING");
    assertThat(status.path("generation").asText()).isEqualTo("v2");
    assertThat(metrics())
        .contains("\ncometbft_consensus_validators{chain_id=\"itest-1\"} 1.0\n")
        .contains("\nsegue_engine_answers{chain_id=\"itest-1\"} 1.0\n")
        .containsPattern("\ncometbft_consensus_block_interval_seconds_count\\{.*} [1-9]");
  }

  private JsonNode send() {
    String line = "tx bank send alice validator 7stake --wait " + FEES;
    JsonNode sent = node.segue(line.split(" "));
    assertThat(sent.path("code").asInt()).isZero();
    return sent;
  }

  private String metrics() throws IOException {
    return node.get(URI.create(node.served("Metrics are"))).body();
  }

  private String health(String of) throws IOException {
    return node.get(URI.create(node.served("Metrics are")).resolve("/health/" + of)).body();
  }

  private long appVersion(long height) throws IOException {
    return node.rpc("block?height=" + height).at("/block/header/version/app").asLong();
  }
}
