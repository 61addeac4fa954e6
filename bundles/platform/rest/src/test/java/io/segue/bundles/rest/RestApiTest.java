package io.segue.bundles.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.bundles.descriptors.HttpRoutes.Match;
import io.segue.bundles.descriptors.Types;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RestApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<Integer, Status> STATUSES =
      Map.of(
          2, Status.Unknown,
          3, Status.InvalidArgument,
          5, Status.NotFound,
          13, Status.Internal);

  private final FakeChain chain = new FakeChain();
  private final RestApi api = new RestApi(chain, chain);

  /** The recorded answers are read, go through the messages' bytes, and are written again. */
  @Test
  void answersAsTheCosmosSdk() throws IOException {
    List<String> others = new ArrayList<>();
    int answered = 0;
    for (JsonNode call : golden()) {
      Types types = Types.of(chain);
      String[] url = call.path("path").asText().split("\\?", 2);
      String method = call.path("method").asText("GET");
      Optional<Match> match = types.routes().find(method, url[0]);
      JsonNode expected = call.path("response");
      if (match.isEmpty() && !url[0].equals("/nope")) {
        others.add(url[0].replaceAll("/[0-9]+$|/latest$", ""));
        continue;
      }
      chain.answering(
          path -> {
            if (call.path("status").asInt() != 200) {
              throw new QueryException(
                  Objects.requireNonNull(STATUSES.get(expected.path("code").asInt())),
                  expected.path("message").asText());
            }
            return types
                .json()
                .parse(
                    match.orElseThrow().route().method().getOutputType(),
                    expected.toString().getBytes(UTF_8))
                .toByteArray();
          });
      RestAnswer answer =
          api.answer(
              new RestRequest(
                  method,
                  url[0],
                  url.length == 1 ? "" : url[1],
                  Optional.ofNullable(
                      call.path("request_header").path("x-cosmos-block-height").textValue()),
                  call.path("body").asText().getBytes(UTF_8)));
      assertThat(answer.status()).as(call.toString()).isEqualTo(call.path("status").asInt());
      if (call.path("body").asText().equals("{bad")) {
        assertThat(JSON.readTree(answer.body()).path("message").asText()).startsWith("invalid");
      } else {
        assertThat(JSON.readTree(answer.body())).as(call.toString()).isEqualTo(expected);
      }
      JsonNode height = call.path("response_header").path("Grpc-Metadata-X-Cosmos-Block-Height");
      if (!height.isMissingNode()) {
        assertThat(answer.height().map(Object::toString)).contains(height.asText());
      }
      answered++;
    }
    assertThat(answered).isGreaterThanOrEqualTo(50);
    assertThat(new TreeSet<>(others))
        .allMatch(
            path ->
                path.startsWith("/cosmos/base/")
                    || path.startsWith("/cosmos/consensus/")
                    || path.startsWith("/cosmos/tx/"));
  }

  @Test
  void refusesWhatIsNoRoute() {
    assertThat(refused("GET", "/nope", ""))
        .isEqualTo("501 {\"code\":12,\"message\":\"Not Implemented\",\"details\":[]}");
    assertThat(refused("POST", "/cosmos/bank/v1beta1/params", ""))
        .isEqualTo("501 {\"code\":12,\"message\":\"Method Not Allowed\",\"details\":[]}");
    assertThat(refused("GET", "/cosmos/bank/v1beta1/balances/%ff", "")).startsWith("400 ");
    assertThat(refused("GET", "/cosmos/bank/v1beta1/supply", "pagination.limit=%zz"))
        .startsWith("400 {\"code\":3,\"message\":\"invalid URL escape");
    assertThat(refused("GET", "/cosmos/bank/v1beta1/supply", "a=1&".repeat(1001)))
        .startsWith("400 {\"code\":3,\"message\":\"more than 1000 query parameters");
    assertThat(
            refused("GET", "/cosmos/bank/v1beta1/supply", "pagination.limit=1&pagination.limit=2"))
        .isEqualTo(
            "400 {\"code\":3,\"message\":\"parameter pagination.limit stands twice\","
                + "\"details\":[]}");
  }

  @Test
  void tellsAnAnswerThatItCantRead() {
    chain.answering(path -> new byte[] {(byte) 0xff});
    assertThat(refused("GET", "/cosmos/bank/v1beta1/params", ""))
        .startsWith("500 {\"code\":13,\"message\":\"the answer of /cosmos.bank.v1beta1.Query/Par");
  }

  @Test
  void describesEveryRouteWithTheSchemasItRefersTo() throws IOException {
    RestAnswer answer = ask("GET", RestApi.OPEN_API, "");
    JsonNode document = JSON.readTree(answer.body());
    JsonNode balances = document.path("paths").path("/cosmos/bank/v1beta1/balances/{address}");
    assertThat(balances.path("get").path("operationId").asText())
        .isEqualTo("cosmos.bank.v1beta1.Query.AllBalances");
    assertThat(balances.toString()).contains("\"pagination.limit\"", "\"in\":\"path\"");
    List<String> references = document.findValuesAsText("$ref");
    assertThat(references)
        .hasSizeGreaterThan(50)
        .allSatisfy(
            reference ->
                assertThat(
                        document
                            .path("components")
                            .path("schemas")
                            .has(reference.replace("#/components/schemas/", "")))
                    .as(reference)
                    .isTrue());
    assertThat(new String(ask("GET", RestApi.PAGE, "").body(), UTF_8))
        .contains("/openapi.json")
        .doesNotContain("https://");
  }

  private String refused(String method, String path, String query) {
    RestAnswer answer = ask(method, path, query);
    return answer.status() + " " + new String(answer.body(), UTF_8);
  }

  private RestAnswer ask(String method, String path, String query) {
    return api.answer(new RestRequest(method, path, query, Optional.empty(), new byte[0]));
  }

  private static JsonNode golden() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RestApiTest.class.getResourceAsStream("/rest_golden.json"))) {
      return JSON.readTree(in).path("calls");
    }
  }
}
