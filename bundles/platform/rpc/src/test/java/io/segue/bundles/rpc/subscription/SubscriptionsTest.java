package io.segue.bundles.rpc.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.segue.bundles.rpc.FakeEngine;
import io.segue.bundles.rpc.Golden;
import io.segue.bundles.rpc.json.JsonOut;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionsTest {
  private static final JsonNode ID = IntNode.valueOf(1);

  private final FakeEngine engine = Golden.eventsEngine();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final FakeClient client = new FakeClient();
  private Subscriptions subscriptions = at(74, 2, 5);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NewBlock",
        "NewBlockHeader",
        "NewBlockEvents",
        "Tx",
        "NewRound",
        "CompleteProposal",
        "ValidatorSetUpdates"
      })
  void tellsWhatCometBftTells(String type) throws Exception {
    tellsAsRecorded(type);
  }

  @Test
  void tellsVotesOfTheCommitAndNoPrevotes() throws Exception {
    subscriptions.subscribe(client, ID, "tm.event='Vote'");
    engine.tellHeight(75);
    assertThat(client.messages)
        .containsExactlyElementsOf(
            recorded("Vote").stream()
                .filter(message -> message.at("/result/data/value/Vote/type").asInt() == 2)
                .toList());
  }

  @Test
  void tellsStepsAsCometBftDoes() throws Exception {
    subscriptions.subscribe(client, ID, "tm.event='NewRoundStep'");
    engine.tellHeight(75);
    List<JsonNode> steps = recorded("NewRoundStep"); // the first is of the height before
    assertThat(client.messages).containsExactlyElementsOf(steps.subList(1, steps.size()));
  }

  @Test
  void tellsEveryHeightInOrderAndOnce() throws Exception {
    subscriptions.subscribe(client, ID, "tm.event EXISTS");
    engine.tellHeight(74);
    engine.tellHeight(75);
    engine.tellHeight(75);
    assertThat(client.types())
        .containsExactly(
            "NewRound",
            "RoundState",
            "CompleteProposal",
            "RoundState",
            "RoundState",
            "Vote",
            "RoundState",
            "NewBlock",
            "NewBlockHeader",
            "NewBlockEvents",
            "Tx",
            "RoundState");
  }

  @Test
  void leavesOutNoHeightThatTheEngineToldLate() throws Exception {
    engine.blocks.put(76L, engine.blocks.get(75L));
    engine.results.put(76L, engine.results.get(75L));
    engine.commits.put(76L, engine.commits.get(75L));
    subscriptions.subscribe(client, ID, "tm.event = 'NewBlock'");
    engine.tellHeight(76);
    assertThat(client.messages).hasSize(2);
  }

  @Test
  void matchesOverAllEventsOfATransaction() throws Exception {
    subscriptions.subscribe(
        client, ID, "tm.event='Tx' AND app.creator='Cosmoshi Netowoko' AND app.key='b'");
    subscriptions.subscribe(client, ID, "tx.height = 75 AND app EXISTS");
    subscriptions.subscribe(client, ID, "tm.event='Tx' AND app.creator='nobody'");
    subscriptions.subscribe(client, ID, "tm.event='NewBlock' AND app.key='a'");
    engine.tellHeight(75);
    assertThat(client.types()).containsExactly("Tx", "Tx");
  }

  @Test
  void answersUnderTheIdAndQueryOfTheSubscriber() throws Exception {
    subscriptions.subscribe(client, TextNode.valueOf("a\"b"), "tm.event   =  'NewBlockHeader'");
    engine.tellHeight(75);
    JsonNode message = client.messages.get(0);
    assertThat(message.path("id").asText()).isEqualTo("a\"b");
    assertThat(message.at("/result/query").asText()).isEqualTo("tm.event   =  'NewBlockHeader'");
  }

  @Test
  void dropsAndTellsAClientThatDoesNotKeepUpAndGoesOnWithTheOthers() throws Exception {
    FakeClient slow = new FakeClient();
    slow.room = 1;
    subscriptions.subscribe(slow, ID, "tm.event='NewBlock'");
    subscriptions.subscribe(slow, IntNode.valueOf(2), "tm.event='NewBlockHeader'");
    subscriptions.subscribe(client, ID, "tm.event='NewBlockHeader'");
    engine.tellHeight(75);
    assertThat(slow.messages).hasSize(1);
    assertThat(slow.last).hasSize(1);
    JsonNode error = slow.last.get(0);
    assertThat(error.path("id").asInt()).isEqualTo(2);
    assertThat(error.at("/error/code").asInt()).isEqualTo(-32000);
    assertThat(error.at("/error/message").asText()).isEqualTo("Server error");
    assertThat(error.at("/error/data").asText())
        .isEqualTo(
            "subscription was canceled (reason: client is not pulling messages fast enough)");
    assertThat(client.messages).hasSize(1);
    assertThatThrownBy(() -> subscriptions.unsubscribeAll(slow))
        .hasMessage("subscription not found");
  }

  @Test
  void endsSubscriptionsByAnErrorWhereABlockIsNoLongerKept() throws Exception {
    subscriptions.subscribe(client, ID, "tm.event='NewBlock'");
    engine.blocks.clear();
    engine.tellHeight(75);
    assertThat(client.messages.get(0).at("/error/data").asText())
        .isEqualTo("subscription was canceled (reason: block 75 is no longer kept)");
    engine.tellHeight(76);
    assertThat(client.messages).hasSize(1);
  }

  @Test
  void limitsSubscriptionsOfAClient() throws Exception {
    for (int i = 0; i < 5; i++) {
      subscriptions.subscribe(client, ID, "a.b=" + i);
    }
    assertThatThrownBy(() -> subscriptions.subscribe(client, ID, "a.b=5"))
        .hasMessage("max_subscriptions_per_client 5 reached");
    subscriptions.unsubscribe(client, "a.b = 3");
    subscriptions.subscribe(client, ID, "a.b=5");
  }

  @Test
  void limitsClients() throws Exception {
    subscriptions.subscribe(client, ID, "a.b=1");
    FakeClient second = new FakeClient();
    subscriptions.subscribe(second, ID, "a.b=1");
    FakeClient third = new FakeClient();
    assertThatThrownBy(() -> subscriptions.subscribe(third, ID, "a.b=1"))
        .hasMessage("max_subscription_clients 2 reached");
    subscriptions.subscribe(second, ID, "a.b=2");
    subscriptions.closed(second);
    subscriptions.closed(second);
    subscriptions.subscribe(third, ID, "a.b=1");
  }

  @Test
  void refusesWhatCometBftRefuses() throws Exception {
    subscriptions.subscribe(client, ID, "tm.event='Tx'");
    assertThatThrownBy(() -> subscriptions.subscribe(client, ID, "tm.event  = 'Tx'"))
        .hasMessage("already subscribed");
    assertThatThrownBy(() -> subscriptions.subscribe(client, ID, "foo"))
        .hasMessage("failed to parse query: offset 3: EOF");
    assertThatThrownBy(() -> subscriptions.subscribe(client, ID, "a".repeat(513)))
        .hasMessage("maximum query length exceeded");
    assertThatThrownBy(() -> subscriptions.unsubscribe(client, "tm.event='NewBlock'"))
        .hasMessage("subscription not found");
    assertThatThrownBy(() -> subscriptions.unsubscribe(client, ""))
        .hasMessage("failed to parse query: offset 0: EOF");
    subscriptions.unsubscribeAll(client);
    assertThatThrownBy(() -> subscriptions.unsubscribeAll(client))
        .hasMessage("subscription not found");
    engine.tellHeight(75);
    assertThat(client.messages).isEmpty();
  }

  @Test
  void tellsThoseThatAreLeftWhenItStops() throws Exception {
    subscriptions.subscribe(client, ID, "tm.event='Tx'");
    subscriptions.close();
    assertThat(stopped).isTrue();
    assertThat(engine.listeners).isEmpty();
    assertThat(client.messages.get(0).at("/error/data").asText())
        .isEqualTo("subscription was canceled (reason: the server stops)");
  }

  @Test
  void tellsOnAThreadOfItsOwn() throws Exception {
    BlockingQueue<String> threads = new LinkedBlockingQueue<>();
    SocketPeer watching =
        new SocketPeer() {
          @Override
          public String remote() {
            return "";
          }

          @Override
          public boolean offer(JsonOut message) {
            threads.add(Thread.currentThread().getName());
            return true;
          }

          @Override
          public void drop(JsonOut last) {}
        };
    engine.height = 74;
    try (Subscriptions running = new Subscriptions(engine, 1, 1)) {
      running.subscribe(watching, ID, "tm.event='NewBlock'");
      engine.tellHeight(75);
      assertThat(threads.poll(10, TimeUnit.SECONDS)).isEqualTo("segue-rpc-events");
    }
  }

  private void tellsAsRecorded(String type) throws Exception {
    long height = type.equals("ValidatorSetUpdates") ? 87 : 75;
    subscriptions.close();
    subscriptions = at(height - 1, 2, 5);
    subscriptions.subscribe(client, ID, "tm.event='" + type + "'");
    engine.tellHeight(height);
    assertThat(client.messages)
        .containsExactlyElementsOf(
            recorded(type).stream().filter(message -> isOf(message, height)).toList());
  }

  private static boolean isOf(JsonNode message, long height) {
    JsonNode block = message.at("/result/data/value/block/header/height");
    return block.isMissingNode() || block.asLong() == height;
  }

  private static List<JsonNode> recorded(String type) {
    return Golden.messages().stream()
        .filter(message -> message.at("/result/query").asText().equals("tm.event='" + type + "'"))
        .toList();
  }

  private Subscriptions at(long height, int maxClients, int maxPerClient) {
    engine.height = height;
    return new Subscriptions(
        engine, maxClients, maxPerClient, Runnable::run, () -> stopped.set(true));
  }
}
