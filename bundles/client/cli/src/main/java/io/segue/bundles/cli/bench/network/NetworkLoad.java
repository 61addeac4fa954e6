package io.segue.bundles.cli.bench.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.bench.measure.Samples;
import io.segue.bundles.cli.bench.measure.TransferLoad;
import io.segue.bundles.cli.bench.measure.TransferRounds;
import io.segue.bundles.cli.chain.ChainInfo;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.keyring.GeneratedAccounts;
import io.segue.bundles.nodes.Waiting;
import io.segue.bundles.sdk.Addresses;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The same load for any network of validators, and what is measured of it.
 *
 * <p>Thread safety: for one thread.
 */
final class NetworkLoad {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(5);
  private static final int SINGLE_TRANSFERS = 20;

  /** CometBFT drops a connection whose batch takes longer than 10 s. */
  private static final int BATCH = 1;

  private final MeasuredNetwork network;
  private final Size size;
  private final Consumer<String> progress;
  private final Samples latencyMs = new Samples();
  private final Samples perSecond = new Samples();
  private final Samples peakMb = new Samples();
  private final ObjectNode caughtUp = Output.object();
  private int signedRounds;
  private @Nullable TransferLoad load;

  /**
   * How much.
   *
   * @param accounts generated ones in genesis, who receive
   * @param senders how many of them send, the first ones
   * @param perSender transfers of each in a round
   * @param connections over which they are sent, to the validators in turn
   */
  record Size(int accounts, int senders, int perSender, int connections) {
    private long perRound() {
      return (long) senders * perSender;
    }
  }

  /**
   * A load of transfers.
   *
   * @param progress takes a line for the user
   */
  NetworkLoad(MeasuredNetwork network, Size size, Consumer<String> progress) {
    this.network = network;
    this.size = size;
    this.progress = progress;
  }

  /** Waits until every validator makes blocks. */
  void awaitBlocks() {
    for (NodeClient client : network.clients()) {
      awaitHeight(client, 2);
    }
  }

  /** Transfers a second, sent to all validators at once. */
  void measureTransfers(int rounds) {
    TransferRounds transfers = new TransferRounds(network.clients(), network::requireAlive);
    for (int round = 0; round <= rounds; round++) {
      double rate = transfers.run(sign(), size.perRound());
      if (round > 0) {
        perSecond.add(rate);
      }
      String which = round == 0 ? "warm-up" : "round " + round + " of " + rounds;
      progress.accept("%s: %.0f transfers/s".formatted(which, rate));
    }
    transfers.requireAllGood();
  }

  /** How fast the last validator catches up after as many rounds without it. */
  void measureCatchingUp(int rounds) {
    List<NodeClient> all = network.clients();
    int last = all.size() - 1;
    long from = all.get(last).height();
    network.stop(last);
    TransferRounds transfers = new TransferRounds(all.subList(0, last), () -> {});
    for (int round = 0; round < rounds; round++) {
      transfers.run(sign(), size.perRound());
    }
    long to = all.get(0).height();
    long beginNs = System.nanoTime();
    network.startAgain(last);
    awaitHeight(all.get(last), to);
    double seconds = (System.nanoTime() - beginNs) / 1e9;
    caughtUp.put("blocks", to - from);
    caughtUp.put("transfers", rounds * size.perRound());
    caughtUp.put("seconds", Math.round(seconds * 10) / 10.0);
    caughtUp.put("transfersPerSecond", Math.round(rounds * size.perRound() / seconds));
    progress.accept("caught up: " + caughtUp);
  }

  /** Milliseconds from sending one transfer to the answer that a block has it, without a load. */
  void measureLatency() {
    NodeClient client = network.clients().get(0);
    for (int i = 0; i < SINGLE_TRANSFERS; i++) {
      long beginNs = System.nanoTime();
      NodeClient.Broadcast sent =
          client.broadcast(load().transfer(0, (long) signedRounds * size.perSender + i));
      if (sent.code() != 0) {
        throw new CliException("a transfer is refused: " + sent.log());
      }
      while (client.tx(sent.hash()).isEmpty()) {
        Waiting.pause(POLL);
      }
      latencyMs.add((System.nanoTime() - beginNs) / 1e6);
    }
    progress.accept("latency of %d transfers: %s".formatted(SINGLE_TRANSFERS, latencyMs.json()));
  }

  /** Signs the next round. */
  private List<List<byte[]>> sign() {
    long firstSequence = (long) signedRounds * size.perSender;
    signedRounds++;
    return load().sign(size.connections, size.perSender, firstSequence, BATCH);
  }

  /** Made when the chain is there: it says the numbers of the accounts. */
  private TransferLoad load() {
    if (load == null) {
      String first = GeneratedAccounts.key(0).address(new Addresses(Addresses.DEFAULT_PREFIX));
      long number = new ChainInfo(network.clients().get(0)).account(first).number();
      load = new TransferLoad(size.senders, size.accounts, number);
    }
    return load;
  }

  /** The most memory of each validator. */
  void measureMemory() {
    network.requireAlive();
    for (int i = 0; i < network.clients().size(); i++) {
      peakMb.add(network.peakMb(i));
    }
  }

  private void awaitHeight(NodeClient client, long height) {
    boolean there =
        Waiting.until(
                LIMIT,
                () -> {
                  network.requireAlive();
                  return client.hasReached(height) ? Optional.of(true) : Optional.<Boolean>empty();
                })
            .isPresent();
    if (!there) {
      throw new CliException(client.uri() + " did not reach height " + height + " in time");
    }
  }

  /** How many times as many transfers a second this network has as another, by the medians. */
  double ratioTo(NetworkLoad other) {
    return Math.round(10 * perSecond.quantile(0.5) / other.perSecond.quantile(0.5)) / 10.0;
  }

  /** All that was measured. */
  ObjectNode json() {
    ObjectNode json = Output.object();
    json.set("latencyMs", latencyMs.json());
    json.set("transfersPerSecond", perSecond.json());
    if (!caughtUp.isEmpty()) {
      json.set("caughtUp", caughtUp);
    }
    json.set("peakMemoryMb", peakMb.json());
    return json;
  }
}
