package io.segue.bundles.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.bundles.http.HttpRequest;
import io.segue.bundles.http.WebSocket;
import io.segue.bundles.rpc.call.JsonRpc;
import io.segue.bundles.rpc.call.MethodTable;
import io.segue.bundles.rpc.call.UriParams;
import io.segue.bundles.rpc.method.CommitWaiters;
import io.segue.bundles.rpc.query.QueryParser;
import io.segue.bundles.rpc.query.QuerySyntaxException;
import io.segue.bundles.rpc.subscription.EventQuery;
import io.segue.bundles.rpc.subscription.SocketClient;
import io.segue.bundles.rpc.subscription.SocketMethods;
import io.segue.bundles.rpc.subscription.Subscriptions;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.slf4j.LoggerFactory;

/** What anybody may send to JSON-RPC: all is answered, and nothing fails as the code's fault. */
class RequestsFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final FakeEngine ENGINE = new FakeEngine();
  private static final JsonRpc RPC = new JsonRpc(methods(), 10);
  private static final ListAppender<ILoggingEvent> LOG = log();

  private static MethodTable methods() {
    return RpcServer.methods(
        ENGINE,
        FakeApplication.answering(
            query -> new QueryResponse(0, "", "", query.data(), query.data(), List.of(), 1)),
        () -> "",
        List::of,
        new CommitWaiters(ENGINE, Optional::empty));
  }

  /** A failure that is no refusal is logged, and answered as an internal error. */
  private static ListAppender<ILoggingEvent> log() {
    Logger logger = (Logger) LoggerFactory.getLogger(JsonRpc.class);
    logger.setLevel(Level.WARN);
    logger.setAdditive(false);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    return log;
  }

  @AfterEach
  void forget() {
    LOG.list.clear();
  }

  @FuzzTest
  void answersPosts(byte[] body) throws IOException {
    requireAnswer(RPC.post(body));
  }

  /** A method, a question mark and parameters. */
  @FuzzTest
  void answersUris(byte[] input) throws IOException {
    String[] target = new String(input, UTF_8).split("\\?", 2);
    String query = target.length == 1 ? "" : target[1];
    requireAnswer(RPC.uri(target[0], new UriParams(HttpRequest.parameters(query))));
  }

  @FuzzTest
  void answersSockets(byte[] message) throws IOException {
    Subscriptions subscriptions = new Subscriptions(ENGINE, 1, 1, Runnable::run, () -> {});
    Answers socket = new Answers();
    SocketClient client = new SocketClient(RPC, new SocketMethods(RPC, subscriptions), socket);
    client.text(message, () -> socket.done = true);
    client.closed();
    requireNoFailure();
  }

  @FuzzTest
  void readsQueriesOfEvents(byte[] input) {
    String text = new String(input, UTF_8);
    EventQuery query;
    try {
      query = new EventQuery(QueryParser.conditions(text));
    } catch (QuerySyntaxException refused) {
      return;
    }
    query.wants("Tx");
    query.matches(Map.of("tm.event", List.of("Tx"), "transfer.amount", List.of("8atom", "9.5")));
    assertThat(query.isSameAs(query)).isTrue();
  }

  private static void requireAnswer(CompletionStage<JsonRpc.Response> answer) throws IOException {
    JsonRpc.Response response = answer.toCompletableFuture().getNow(null);
    if (response != null && response.body().size() > 0) {
      try (var parser = JSON.createParser(response.body().buffer(), 0, response.body().size())) {
        parser.readValueAsTree();
      } catch (JsonProcessingException e) {
        throw new AssertionError("the answer is no JSON", e);
      }
    }
    requireNoFailure();
  }

  private static void requireNoFailure() {
    if (!LOG.list.isEmpty()) {
      String failures = LOG.list.get(0).getFormattedMessage() + LOG.list.get(0).getThrowableProxy();
      LOG.list.clear();
      throw new AssertionError(failures);
    }
  }

  /** A client that reads. */
  private static final class Answers implements WebSocket {
    boolean done;

    @Override
    public String remote() {
      return "somewhere";
    }

    @Override
    public boolean send(byte[] utf8, int length) {
      return true;
    }

    @Override
    public void sendLast(byte[] utf8, int length) {}
  }
}
