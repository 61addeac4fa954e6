package io.segue.itests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** REST of a running node, and what it has to answer whatever engine makes the blocks. */
final class Rest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FIELDS = "/rest-fields.txt";

  private final HttpClient http = HttpClient.newHttpClient();
  private final TestedNode node;
  private final String url;

  Rest(TestedNode node) {
    this.node = node;
    this.url = node.served("REST is");
  }

  /** The answer at a height; 0 for the last. */
  HttpResponse<String> ask(String path, long height) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
    if (height != 0) {
      request.header("x-cosmos-block-height", Long.toString(height));
    }
    return send(request);
  }

  /** The JSON of a path that has to be answered. */
  JsonNode get(String path) throws IOException {
    HttpResponse<String> answer = ask(path, 0);
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  /**
   * A transaction by POST: estimated, decoded, encoded again, and sent.
   *
   * @param options of the transfer, besides what it sends
   * @return its hash, when it is found
   */
  String sends(Path folder, String options) throws IOException {
    String made = "tx bank send alice alice 7stake --gas 200000 --generate-only" + options;
    Path unsigned = Files.writeString(folder.resolve("made.json"), node.command(made.split(" ")));
    String signed = node.command("tx", "sign", unsigned.toString(), "--from", "alice");
    Path file = Files.writeString(folder.resolve("signed.json"), signed);
    String tx = "{\"tx_bytes\":\"" + node.command("tx", "encode", file.toString()).strip() + "\"";

    JsonNode gas = post("simulate", tx + ",\"nobody\":1}").path("gas_info");
    assertThat(gas.path("gas_used").asLong()).isGreaterThan(10_000);
    JsonNode decoded = post("decode", tx + "}");
    assertThat(decoded.at("/tx/body/messages/0/@type").asText())
        .isEqualTo("/cosmos.bank.v1beta1.MsgSend");
    assertThat(post("encode", decoded.toString())).hasToString(tx + "}");
    assertThat(post("txs", tx + "}").path("message").asText()).contains("supported types: sync");
    JsonNode sent = post("txs", tx + ",\"mode\":\"BROADCAST_MODE_SYNC\"}").path("tx_response");
    assertThat(sent.path("code").asInt()).as(sent.toString()).isZero();
    String hash = sent.path("txhash").asText();
    node.until(
        "the transaction", () -> ask("/cosmos/tx/v1beta1/txs/" + hash, 0).statusCode() == 200);
    JsonNode again = post("txs", tx + ",\"mode\":\"BROADCAST_MODE_SYNC\"}").path("tx_response");
    assertThat(again.path("code").asInt()).as("known already: " + again).isEqualTo(19);
    return hash;
  }

  /**
   * Every engine's answers about blocks and transactions have the same fields: those of a file.
   *
   * @param hash of a committed transaction
   */
  void assertFields(String hash) throws IOException {
    String height = get("/cosmos/tx/v1beta1/txs/" + hash).at("/tx_response/height").asText();
    List<String> found = new ArrayList<>();
    for (String line : fields().lines().toList()) {
      if (line.startsWith("/")) {
        found.add(line);
        String path = line.replace("{hash}", hash).replace("{height}", height);
        SortedSet<String> fields = new TreeSet<>();
        collect(get(path), "", fields);
        fields.forEach(field -> found.add("  " + field));
      }
    }
    assertThat(String.join("\n", found) + "\n").isEqualTo(fields());
  }

  private static String fields() throws IOException {
    try (InputStream in = Rest.class.getResourceAsStream(FIELDS)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    }
  }

  private static void collect(JsonNode value, String at, SortedSet<String> fields) {
    if (value.isObject()) {
      value.properties().forEach(one -> collect(one.getValue(), at + "." + one.getKey(), fields));
    } else if (value.isArray()) {
      value.forEach(one -> collect(one, at + "[]", fields));
    } else {
      fields.add(at.substring(1) + " " + value.getNodeType());
    }
  }

  JsonNode post(String method, String body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/cosmos/tx/v1beta1/" + method))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return JSON.readTree(send(request).body());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
