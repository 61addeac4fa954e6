package io.segue.bundles.cli.bench.measure;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.nodes.Waiting;
import io.segue.kernel.api.node.FailureText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends signed transfers to nodes and waits until blocks have them all.
 *
 * <p>Thread safety: for one thread.
 */
public final class TransferRounds {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final List<NodeClient> clients;
  private final Runnable requireAlive;

  /**
   * Rounds over some nodes of a chain.
   *
   * @param clients connection i is one to client i, over again where there are more connections;
   *     blocks are counted at the first
   * @param requireAlive throws where a node ended
   */
  public TransferRounds(List<NodeClient> clients, Runnable requireAlive) {
    this.clients = List.copyOf(clients);
    this.requireAlive = requireAlive;
  }

  /**
   * One round.
   *
   * @param batches of each connection; see {@link TransferLoad#sign}
   * @param transfers how many they hold
   * @return transfers a second, from the first request to the commit of the last block with one
   */
  public double run(List<List<byte[]>> batches, long transfers) {
    NodeClient first = clients.get(0);
    long from = first.height();
    ExecutorService threads = Executors.newFixedThreadPool(batches.size());
    try {
      long beginNs = System.nanoTime();
      List<Future<BatchSender.Outcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < batches.size(); i++) {
        NodeClient client = clients.get(i % clients.size());
        outcomes.add(threads.submit(new BatchSender(client.uri(), batches.get(i))));
      }
      BlockCount blocks = new BlockCount(first, from);
      boolean all =
          Waiting.until(
                  LIMIT,
                  () -> {
                    requireAlive.run();
                    requireTaken(outcomes);
                    return blocks.total() >= transfers
                        ? Optional.of(true)
                        : Optional.<Boolean>empty();
                  })
              .isPresent();
      if (!all) {
        throw new CliException(
            "blocks have only %d of %d transfers after %d s"
                .formatted(blocks.total(), transfers, LIMIT.toSeconds()));
      }
      return transfers / ((System.nanoTime() - beginNs) / 1e9);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Nothing that is sent may be refused: then the round would never end. */
  private static void requireTaken(List<Future<BatchSender.Outcome>> outcomes) {
    for (Future<BatchSender.Outcome> outcome : outcomes) {
      if (outcome.isDone()) {
        try {
          if (outcome.get().refused() > 0) {
            throw new CliException("the node refuses transfers: " + outcome.get().firstRefusal());
          }
        } catch (ExecutionException e) {
          throw new CliException("a connection broke: " + FailureText.of(e), e);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new CliException("interrupted", e);
        }
      }
    }
  }

  /**
   * Reads all blocks but the last one, whose results may not be there yet.
   *
   * @throws CliException where a transaction failed in its block: it would be no transfer
   */
  public void requireAllGood() {
    NodeClient client = clients.get(0);
    long last = client.height();
    for (long height = 1; height < last; height++) {
      for (JsonNode result : client.blockResults(height).path("txs_results")) {
        if (result.path("code").asLong() != 0) {
          throw new CliException(
              "a transaction failed in block " + height + ": " + result.path("log").asText());
        }
      }
    }
  }
}
