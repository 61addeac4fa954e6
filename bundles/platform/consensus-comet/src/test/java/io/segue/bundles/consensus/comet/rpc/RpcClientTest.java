package io.segue.bundles.consensus.comet.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.kernel.api.engine.Engine.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A CometBFT that does not answer, or not as it should. */
class RpcClientTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private RecordedComet comet;

  @BeforeEach
  void start() throws IOException {
    comet = new RecordedComet();
  }

  @AfterEach
  void stop() {
    comet.close();
  }

  @Test
  void saysWhereNobodyAnswers() {
    RpcClient client = client(LONG, 1 << 20);
    comet.close();
    assertThatThrownBy(() -> client.call("status", RpcClient.params()))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "CometBFT does not answer at "
                + client.uri()
                + ": no connection. Next: start it, or set rpc in"
                + " etc/io.segue.consensus.comet.cfg to its rpc.laddr");
  }

  @Test
  void whoHangsIsTriedByOneCallAtATime() throws Exception {
    CountDownLatch goesOn = new CountDownLatch(1);
    comet.instead =
        (method, params) -> {
          if (method.startsWith("slow")) {
            goesOn.await();
          }
          return "{\"result\":{}}".getBytes(UTF_8);
        };
    RpcClient client = client(Duration.ofSeconds(2), 1 << 20);
    assertUnavailable(client, "slow", "nothing within 2000 ms");
    CompletableFuture<JsonNode> trying = CompletableFuture.supplyAsync(() -> call(client, "slow2"));
    assertThat(comet.calls.take()).isEqualTo("slow");
    assertThat(comet.calls.take()).isEqualTo("slow2");
    assertUnavailable(client, "quick", "nothing within 2000 ms");
    assertThat(comet.calls).as("calls that CometBFT was bothered with").isEmpty();
    goesOn.countDown();
    assertThat(trying.get()).isEmpty();
    assertThat(call(client, "quick")).isEmpty();
  }

  @Test
  void refusesAnAnswerThatIsTooLong() {
    comet.instead = (method, params) -> new byte[101];
    assertUnavailable(client(LONG, 100), "status", "an answer of more than 100 bytes");
    assertUnavailable(client(LONG, 101), "status", "HTTP status 200 and no result of status");
  }

  @Test
  void refusesWhatIsNoAnswerOfCometBft() {
    comet.instead = (method, params) -> "<html>".getBytes(UTF_8);
    assertUnavailable(client(LONG, 100), "status", "HTTP status 200 and no result of status");
    comet.instead = (method, params) -> "{}".getBytes(UTF_8);
    assertUnavailable(client(LONG, 100), "status", "HTTP status 200 and no result of status");
  }

  @Test
  void handsOnWhatCometBftRefuses() {
    comet.instead = (method, params) -> RecordedComet.error("height 9 is not available");
    assertThatThrownBy(() -> client(LONG, 1 << 20).call("block", RpcClient.params()))
        .isInstanceOf(RpcErrorException.class)
        .hasMessage("height 9 is not available");
  }

  private RpcClient client(Duration timeout, int maxAnswerBytes) {
    return new RpcClient(comet.uri(), timeout, maxAnswerBytes);
  }

  private static void assertUnavailable(RpcClient client, String method, String why) {
    assertThatThrownBy(() -> client.call(method, RpcClient.params()))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining(why);
  }

  private static JsonNode call(RpcClient client, String method) {
    try {
      return client.call(method, RpcClient.params());
    } catch (RpcErrorException e) {
      throw new AssertionError(e);
    }
  }
}
