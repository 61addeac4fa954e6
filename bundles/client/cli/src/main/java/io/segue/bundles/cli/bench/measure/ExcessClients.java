package io.segue.bundles.cli.bench.measure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.nodes.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Clients that nobody wants: they hold connections, or ask for more than there is. */
public final class ExcessClients implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final int ALLOWED = 10;
  private static final int TOO_MANY = 1000;
  private static final int TOO_LARGE_BYTES = 2_000_000;
  private static final byte[] HALF =
      "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n{"
          .getBytes(StandardCharsets.UTF_8);
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"abci_query\",\"params\":{\"path\":"
          + "\"/cosmos.bank.v1beta1.Query/TotalSupply\",\"data\":\"\"}}";

  private final int port;
  private final int sockets;
  private final int askers;
  private final List<Socket> held = new ArrayList<>();
  private final LongAdder answered = new LongAdder();
  private final ConcurrentSkipListMap<String, LongAdder> refusals = new ConcurrentSkipListMap<>();
  private volatile boolean closed;

  public ExcessClients(int port, int sockets, int askers) {
    this.port = port;
    this.sockets = sockets;
    this.askers = askers;
  }

  /** Opens the connections that do nothing; how many this machine allows. */
  public int open() {
    try {
      while (held.size() < sockets) {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        held.add(socket);
        write(socket, held.size() % 3);
      }
    } catch (IOException e) {
      refused("this machine: " + e.getMessage());
    }
    return held.size();
  }

  /** Sends nothing, half a request, or one whose answer it never reads. */
  private static void write(Socket socket, int kind) {
    try {
      if (kind == 1) {
        socket.getOutputStream().write(HALF);
      } else if (kind == 2) {
        for (int i = 0; i < ALLOWED; i++) {
          socket.getOutputStream().write(HttpConnection.get("/genesis"));
        }
      }
    } catch (IOException e) {
      // The node has closed it already, as it may.
    }
  }

  /** Has the others ask until this is closed. */
  public void ask() {
    for (int i = 0; i < askers; i++) {
      byte[] request =
          switch (i % 8) {
            case 0 -> HttpConnection.post(batch(TOO_MANY));
            case 1 -> HttpConnection.post("\"" + "x".repeat(TOO_LARGE_BYTES) + "\"");
            default -> HttpConnection.post(batch(ALLOWED));
          };
      start(() -> askWithoutEnd(request));
    }
    start(this::writeSlowly);
  }

  private static String batch(int calls) {
    return "[" + (CALL + ",").repeat(calls - 1) + CALL + "]";
  }

  private void start(Runnable work) {
    Thread thread = new Thread(work, "crowd");
    thread.setDaemon(true);
    thread.start();
  }

  private void askWithoutEnd(byte[] request) {
    while (!closed) {
      try (HttpConnection line = new HttpConnection(port)) {
        while (!closed) {
          line.ask(request);
          answered.increment();
        }
      } catch (ClientConnection.RefusedException e) {
        refused(String.valueOf(e.getMessage()));
        Waiting.pause(PAUSE);
      } catch (IOException e) {
        refused("closed");
        Waiting.pause(PAUSE);
      }
    }
  }

  private void writeSlowly() {
    while (!closed) {
      for (int i = 0; i < Math.min(held.size(), 300); i += 3) {
        try {
          held.get(i).getOutputStream().write(' ');
        } catch (IOException e) {
          // The node has closed it, as it may.
        }
      }
      Waiting.pause(Duration.ofSeconds(1));
    }
  }

  private void refused(String why) {
    refusals.computeIfAbsent(why, text -> new LongAdder()).increment();
  }

  /** What became of them. */
  public ObjectNode json() {
    ObjectNode json = Output.object();
    json.put("openedSockets", held.size());
    json.put("answered", answered.sum());
    ObjectNode why = json.putObject("refused");
    refusals.forEach((text, count) -> why.put(text, count.sum()));
    return json;
  }

  @Override
  public void close() {
    closed = true;
    for (Socket socket : held) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is gone either way.
      }
    }
  }
}
