package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.bundles.nodes.Distribution;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * REST of a whole node, and the command line beside it: what its modules describe, at each height
 * as the code of that height.
 */
class RestIT {
  private static final String BASE_FEE = "/segue/feemarket/v1/base_fee";

  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
  private String url = "";

  @TempDir Path folder;

  @Test
  void servesAModuleThatAnUpgradeBringsWithoutARestart() throws Exception {
    try (TestedNode node = TestedNode.init(folder.resolve("home"))) {
      node.start().awaitHeight(2);
      url = node.served("REST is");

      assertThat(ask("/cosmos/bank/v1beta1/supply", 0).body()).contains("\"denom\":\"stake\"");
      assertThat(ask("//cosmos/bank/v1beta1/supply", 0).body()).contains("\"denom\":\"stake\"");
      assertThat(ask("/cosmos/bank/v1beta1/balances/", 0).body())
          .contains("invalid address: empty address string is not allowed");
      assertThat(ask("/cosmos/staking/v1beta1/validators", 0).body())
          .contains(
              "\"max_rate\":\"0.200000000000000000\"",
              "/cosmos.crypto.ed25519.PubKey",
              "BOND_STATUS_BONDED");
      assertThat(ask("/cosmos/gov/v1/proposals/9", 0).statusCode()).isEqualTo(404);
      assertThat(ask("/cosmos/upgrade/v1beta1/current_plan", 0).body())
          .isEqualTo("{\"plan\":null}");
      assertThat(ask(BASE_FEE, 0).statusCode()).isEqualTo(501);
      assertThat(paths().has(BASE_FEE)).isFalse();
      for (String module : List.of("mint", "distribution", "slashing")) {
        HttpResponse<String> absent = ask("/cosmos/" + module + "/v1beta1/params", 0);
        assertThat(absent.statusCode()).isEqualTo(501);
        assertThat(absent.body())
            .isEqualTo("{\"code\":12,\"message\":\"Not Implemented\",\"details\":[]}");
      }
      TestedNode.Result unknown = node.run("query", "feemarket", "base-fee");
      assertThat(unknown.status()).isEqualTo(2);
      assertThat(unknown.output()).contains("the node has no module 'feemarket' for query");
      Rest rest = new Rest(node);
      for (String form : List.of("encode/amino", "decode/amino")) {
        assertThat(rest.post(form, "{}").path("code").asInt()).isEqualTo(12);
      }
      rest.assertFields(rest.sends(folder, " --fees 1000stake"));

      node.inShell("upgrade:deploy " + Distribution.upgrade("v2").toAbsolutePath());
      long height = UpgradePlans.pass(node, "v2", 60, "");
      assertThat(ask("/cosmos/gov/v1/proposals/1", 0).body())
          .contains("/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade");
      node.awaitHeight(height + 1);

      HttpResponse<String> fee = ask(BASE_FEE, 0);
      assertThat(fee.statusCode()).as(fee.body()).isEqualTo(200);
      assertThat(fee.headers().firstValue("Grpc-Metadata-X-Cosmos-Block-Height")).isPresent();
      assertThat(paths().has(BASE_FEE)).isTrue();
      assertThat(ask(BASE_FEE, height - 1).statusCode()).isEqualTo(501);
      HttpResponse<String> before = ask("/cosmos/bank/v1beta1/params", height - 1);
      assertThat(before.statusCode()).as(before.body()).isEqualTo(200);
      assertThat(before.headers().firstValue("Grpc-Metadata-X-Cosmos-Block-Height"))
          .contains(Long.toString(height - 1));
      assertThat(ask(BASE_FEE, 1_000_000).statusCode()).isEqualTo(500);
      takesCommandsOf(node);
    }
  }

  /** The fee market's own commands; its parameters are governance's to change. */
  private void takesCommandsOf(TestedNode node) throws Exception {
    assertThat(node.segue("query", "feemarket", "base-fee").path("denom").asText())
        .isEqualTo("stake");
    JsonNode params = node.segue("query", "feemarket", "params").path("params");
    String[] update = {
      "tx",
      "feemarket",
      "update-params",
      "--params",
      params.toString(),
      "--title",
      "As they are",
      "--summary",
      "No change",
      "--deposit",
      "1000stake",
      "--from",
      "alice",
      "--fees",
      "1000stake",
      "--wait"
    };
    String proposal = node.segue(update).path("proposalId").asText();
    assertThat(ask("/cosmos/gov/v1/proposals/" + proposal, 0).body())
        .contains("/segue.feemarket.v1.MsgUpdateParams");
  }

  private JsonNode paths() throws Exception {
    return new ObjectMapper().readTree(ask("/openapi.json", 0).body()).path("paths");
  }

  private HttpResponse<String> ask(String path, long height)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
    if (height != 0) {
      request.header("x-cosmos-block-height", Long.toString(height));
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
