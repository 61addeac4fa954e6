package io.segue.bundles.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Message;
import io.segue.bundles.cli.bench.measure.BenchNode;
import io.segue.bundles.cli.bench.measure.ClientConnection;
import io.segue.bundles.cli.bench.measure.GrpcConnection;
import io.segue.bundles.cli.bench.measure.HttpConnection;
import io.segue.bundles.cli.bench.measure.Memory;
import io.segue.bundles.cli.bench.measure.Samples;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.keyring.GeneratedAccounts;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.auth.QueryAccountRequest;
import io.segue.bundles.sdk.proto.bank.QueryBalanceRequest;
import io.segue.bundles.sdk.proto.upgrade.QueryCurrentPlanRequest;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code segue bench queries}: how fast the servers answer, while blocks go on. {@code health},
 * which asks no module, is measured in the same run for comparison.
 */
@Command(
    name = "queries",
    description = {
      "Queries a second and their time over JSON-RPC, REST and gRPC, of a node that makes blocks;",
      "and the time from a broadcast to its event on a WebSocket."
    },
    mixinStandardHelpOptions = true)
final class QueriesBench implements Runnable {
  private static final int PREPARED = 256;

  @Spec private CommandSpec spec;
  @Mixin private Output output;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      description = "Accounts in genesis. Default: ${DEFAULT-VALUE}.")
  private int accounts = 10_000;

  @Option(
      names = "--connections",
      paramLabel = "N",
      split = ",",
      description = "Numbers of connections that ask at once. Default: ${DEFAULT-VALUE}.")
  private List<Integer> connections = List.of(1, 16, 128);

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "How long each is measured. Default: ${DEFAULT-VALUE}.")
  private int seconds = 3;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "Transactions whose event is waited for. Default: ${DEFAULT-VALUE}.")
  private int events = 50;

  @Option(
      names = "--block-interval-ms",
      paramLabel = "MS",
      description = "Pause between blocks; 0: none. Default: ${DEFAULT-VALUE}.")
  private long blockIntervalMs = 1000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Chooses the accounts that are asked for. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  /** Opens a connection. */
  @FunctionalInterface
  private interface Opening {
    ClientConnection open() throws IOException;
  }

  /** A series of one server, of one query. */
  private record Series(String server, String query, Opening opening, List<byte[]> requests) {}

  @Override
  public void run() {
    ObjectNode result = Output.object();
    result.put("accounts", accounts);
    result.put("blockIntervalMs", blockIntervalMs);
    result.put("seed", seed);
    try (BenchNode node = new BenchNode(accounts, Duration.ofMillis(blockIntervalMs))) {
      node.awaitHeight(2);
      List<Series> all = series(node);
      for (int count : connections) {
        ObjectNode rows = result.putObject("connections" + count);
        double health = 0;
        for (Series one : all) {
          ObjectNode row = measure(one, count);
          double rate = row.path("perSecond").asDouble();
          health = health == 0 ? rate : health;
          row.put("toHealth", Math.round(100 * rate / health) / 100.0);
          rows.set(one.server + " " + one.query, row);
          tell(count, one, row);
        }
      }
      result.set("broadcastToEventMs", new EventLatency(node, accounts).measure(events).json());
      result.put("peakMemoryMb", Math.round(Memory.peakMb(node.process().pid())));
    }
    output.print(spec.commandLine().getOut(), result);
  }

  private void tell(int count, Series series, ObjectNode row) {
    if (!output.json()) {
      spec.commandLine()
          .getErr()
          .printf("%d connections, %s %s: %s%n", count, series.server, series.query, row);
    }
  }

  private List<Series> series(BenchNode node) {
    int rpc = node.client().uri().getPort();
    int rest = node.restPort();
    int grpc = node.grpcPort();
    List<byte[]> health = List.of(HttpConnection.get("/health"));
    List<Series> all = new ArrayList<>();
    all.add(new Series("JSON-RPC", "health", () -> new HttpConnection(rpc), health));
    Random random = new Random(seed);
    Addresses addresses = new Addresses(Addresses.DEFAULT_PREFIX);
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < PREPARED; i++) {
      asked.add(GeneratedAccounts.key(random.nextInt(accounts)).address(addresses));
    }
    for (Query query : Query.values()) {
      String name = query.name().toLowerCase(Locale.ROOT);
      all.add(
          new Series(
              "JSON-RPC",
              name,
              () -> new HttpConnection(rpc),
              asked.stream().map(address -> abciQuery(query, address)).toList()));
      all.add(
          new Series(
              "REST",
              name,
              () -> new HttpConnection(rest),
              asked.stream().map(address -> HttpConnection.get(query.target(address))).toList()));
      all.add(
          new Series(
              "gRPC",
              name,
              () -> new GrpcConnection(grpc),
              asked.stream()
                  .map(address -> GrpcConnection.call(query.path, query.request(address)))
                  .toList()));
    }
    return all;
  }

  private static byte[] abciQuery(Query query, String address) {
    return HttpConnection.post(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"abci_query\",\"params\":{\"path\":\"%s\",\"data\":\"%s\"}}"
            .formatted(query.path, HexFormat.of().formatHex(query.request(address).toByteArray())));
  }

  /** A second to warm up, which does not count, and then as long as is asked. */
  private ObjectNode measure(Series series, int count) {
    long beginNs = System.nanoTime() + 1_000_000_000;
    long endNs = beginNs + seconds * 1_000_000_000L;
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<Samples>> parts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int first = i;
        parts.add(threads.submit(() -> ask(series, first, beginNs, endNs)));
      }
      Samples us = new Samples();
      for (Future<Samples> part : parts) {
        us.addAll(part.get());
      }
      ObjectNode row = Output.object();
      row.put("perSecond", Math.round(us.size() / (double) seconds));
      row.put("medianUs", Math.round(us.quantile(0.5)));
      row.put("p99Us", Math.round(us.quantile(0.99)));
      return row;
    } catch (ExecutionException e) {
      throw new CliException(
          series.server + " does not answer " + series.query + ": " + FailureText.of(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException("interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Samples ask(Series series, int first, long beginNs, long endNs)
      throws IOException {
    Samples us = new Samples();
    try (ClientConnection line = series.opening.open()) {
      int next = first;
      for (long nowNs = System.nanoTime(); nowNs - endNs < 0; ) {
        line.ask(series.requests.get(next++ % series.requests.size()));
        long doneNs = System.nanoTime();
        if (nowNs - beginNs >= 0) {
          us.add((doneNs - nowNs) / 1e3);
        }
        nowNs = doneNs;
      }
    }
    return us;
  }

  /** What is asked. */
  private enum Query {
    ACCOUNT("/cosmos.auth.v1beta1.Query/Account") {
      @Override
      Message request(String address) {
        return QueryAccountRequest.newBuilder().setAddress(address).build();
      }

      @Override
      String target(String address) {
        return "/cosmos/auth/v1beta1/accounts/" + address;
      }
    },
    BALANCE("/cosmos.bank.v1beta1.Query/Balance") {
      @Override
      Message request(String address) {
        return QueryBalanceRequest.newBuilder().setAddress(address).setDenom("stake").build();
      }

      @Override
      String target(String address) {
        return "/cosmos/bank/v1beta1/balances/" + address + "/by_denom?denom=stake";
      }
    },
    PLAN("/cosmos.upgrade.v1beta1.Query/CurrentPlan") {
      @Override
      Message request(String address) {
        return QueryCurrentPlanRequest.getDefaultInstance();
      }

      @Override
      String target(String address) {
        return "/cosmos/upgrade/v1beta1/current_plan";
      }
    };

    private final String path;

    Query(String path) {
      this.path = path;
    }

    abstract Message request(String address);

    abstract String target(String address);
  }
}
