package io.segue.bundles.cli.bench.measure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.segue.bundles.cli.chain.TxBuilder;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.keyring.GeneratedAccounts;
import io.segue.bundles.cli.keyring.Key;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Signed transfers of several senders, as JSON-RPC batches that are ready to be sent: one list for
 * each connection, every sender on one connection, in order of its sequences.
 */
public final class TransferLoad {
  /** Most requests that a node takes in one batch. */
  public static final int MAX_BATCH = 10;

  private static final Coins AMOUNT = Coins.of("stake", 1);
  private static final Coins FEE = Coins.of("stake", 20);
  private static final long GAS_LIMIT = 100_000;

  private final Addresses addresses = new Addresses(Addresses.DEFAULT_PREFIX);
  private final List<Key> keys;
  private final List<String> receivers;
  private final long firstAccountNumber;

  /**
   * Of the first {@code senders} accounts.
   *
   * @param accounts receivers are spread over all of them
   * @param firstAccountNumber on the chain, of the first; the others have those after it
   */
  public TransferLoad(int senders, int accounts, long firstAccountNumber) {
    this.firstAccountNumber = firstAccountNumber;
    keys = IntStream.range(0, senders).parallel().mapToObj(GeneratedAccounts::key).toList();
    receivers =
        IntStream.range(0, senders)
            .parallel()
            .map(i -> (int) ((i * 7919L + 1) % accounts))
            .mapToObj(i -> GeneratedAccounts.key(i).address(addresses))
            .toList();
  }

  /**
   * Signs.
   *
   * @param perSender transfers of each sender
   * @param firstSequence of each sender
   * @param batch requests in a batch, 1 to {@value #MAX_BATCH}
   */
  public List<List<byte[]>> sign(int connections, int perSender, long firstSequence, int batch) {
    return IntStream.range(0, connections)
        .parallel()
        .mapToObj(connection -> batches(connection, connections, perSender, firstSequence, batch))
        .toList();
  }

  private List<byte[]> batches(
      int connection, int connections, int perSender, long first, int size) {
    List<byte[]> batches = new ArrayList<>();
    ArrayNode batch = Output.JSON.createArrayNode();
    for (int k = 0; k < perSender; k++) {
      for (int sender = connection; sender < keys.size(); sender += connections) {
        batch
            .addObject()
            .put("jsonrpc", "2.0")
            .put("id", batch.size())
            .put("method", "broadcast_tx_sync")
            .putObject("params")
            .put("tx", transfer(sender, first + k));
        if (batch.size() == size) {
          batches.add(bytes(batch));
          batch = Output.JSON.createArrayNode();
        }
      }
    }
    if (!batch.isEmpty()) {
      batches.add(bytes(batch));
    }
    return batches;
  }

  /** A signed transfer of one sender. */
  public byte[] transfer(int sender, long sequence) {
    Key key = keys.get(sender);
    MsgSend message =
        MsgSend.newBuilder()
            .setFromAddress(key.address(addresses))
            .setToAddress(receivers.get(sender))
            .addAllAmount(AMOUNT.toProto())
            .build();
    return TxBuilder.of(message)
        .withFee(FEE, GAS_LIMIT)
        .sign(key, BenchNode.CHAIN_ID, firstAccountNumber + sender, sequence);
  }

  private static byte[] bytes(ArrayNode batch) {
    return batch.toString().getBytes(StandardCharsets.UTF_8);
  }
}
