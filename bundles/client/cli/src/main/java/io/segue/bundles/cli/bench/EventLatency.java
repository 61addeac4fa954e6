package io.segue.bundles.cli.bench;

import io.segue.bundles.cli.bench.measure.BenchNode;
import io.segue.bundles.cli.bench.measure.Samples;
import io.segue.bundles.cli.bench.measure.TransferLoad;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.console.CliException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** From the broadcast of a transaction to its event on a WebSocket, one after the other. */
final class EventLatency {
  private static final String SUBSCRIBE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"subscribe\",\"params\":{\"query\":\"tm.event='Tx'\"}}";
  private static final int LIMIT_SECONDS = 60;

  private final BenchNode node;
  private final TransferLoad transfers;
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

  EventLatency(BenchNode node, int accounts) {
    this.node = node;
    this.transfers = new TransferLoad(1, accounts, TransfersBench.FIRST_ACCOUNT_NUMBER);
  }

  /** Milliseconds of so many transfers. */
  Samples measure(int count) {
    Samples ms = new Samples();
    NodeClient client = node.client();
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://127.0.0.1:" + client.uri().getPort() + "/websocket"), new Reader())
            .join();
    try {
      socket.sendText(SUBSCRIBE, true).join();
      next();
      for (int i = 0; i < count; i++) {
        byte[] tx = transfers.transfer(0, i);
        long beginNs = System.nanoTime();
        NodeClient.Broadcast sent = client.broadcast(tx);
        if (sent.code() != 0) {
          throw new CliException("the node refuses a transfer: " + sent.log());
        }
        next();
        ms.add((System.nanoTime() - beginNs) / 1e6);
      }
    } finally {
      socket.abort();
    }
    return ms;
  }

  private void next() {
    try {
      if (messages.poll(LIMIT_SECONDS, TimeUnit.SECONDS) == null) {
        throw node.process().failure("no event came within " + LIMIT_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException("interrupted", e);
    }
  }

  /** Puts whole messages together. */
  private final class Reader implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        messages.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
