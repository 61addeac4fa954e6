package io.segue.bundles.cli.demo;

import io.segue.bundles.cli.chain.ChainInfo;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.chain.Signer;
import io.segue.bundles.cli.chain.TxBuilder;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What clients do all the time: each sender sends signed transfers to the next one, and others ask
 * for balances and for the node's status.
 *
 * <p>Thread safety: for one thread.
 */
public final class Load {
  /** A transfer of each sender every so many milliseconds. */
  static final long TRANSFER_PERIOD_MS = 50;

  /** A balance, and a status, every so many milliseconds. */
  static final long QUERY_PERIOD_MS = 20;

  /** What is sent. */
  static final Coins AMOUNT = Coins.of("stake", 7);

  /** Enough for a transfer, and for the highest base fee of the upgrade's fee market. */
  static final Coins FEE = Coins.of("stake", 200);

  static final long GAS_LIMIT = 200_000;

  private final NodeClient node;
  private final ChainInfo chain;
  private final List<Signer> senders;
  private final int slowness;
  private final RequestStats transfers = new RequestStats();
  private final RequestStats queries = new RequestStats();
  private final List<PacedThread> transferStreams = new ArrayList<>();
  private final List<PacedThread> queryStreams = new ArrayList<>();
  private final AtomicLong height = new AtomicLong();

  Load(NodeClient node, List<Signer> senders) {
    this(node, senders, 1);
  }

  /**
   * Of one node.
   *
   * @param slowness 1 for the periods above; so many times as long for other values
   */
  public Load(NodeClient node, List<Signer> senders, int slowness) {
    this.node = node;
    this.slowness = slowness;
    this.chain = new ChainInfo(node);
    this.senders = senders;
  }

  public void start() {
    for (int i = 0; i < senders.size(); i++) {
      Signer sender = senders.get(i);
      String receiver = senders.get((i + 1) % senders.size()).address();
      transferStreams.add(
          new PacedThread(
              "transfers-" + i, slowness * TRANSFER_PERIOD_MS, () -> transfer(sender, receiver)));
    }
    queryStreams.add(new PacedThread("balances", slowness * QUERY_PERIOD_MS, this::askBalance));
    queryStreams.add(new PacedThread("status", slowness * QUERY_PERIOD_MS, this::askStatus));
  }

  public void stopTransfers() {
    transferStreams.forEach(PacedThread::stop);
  }

  public void stopQueries() {
    queryStreams.forEach(PacedThread::stop);
  }

  /** Whether the chain has every transfer that the mempool took. */
  public boolean committed() {
    return senders.stream()
        .allMatch(sender -> chain.account(sender.address()).sequence() == sender.sequence());
  }

  public RequestStats transfers() {
    return transfers;
  }

  public RequestStats queries() {
    return queries;
  }

  private void transfer(Signer sender, String receiver) {
    MsgSend message =
        MsgSend.newBuilder()
            .setFromAddress(sender.address())
            .setToAddress(receiver)
            .addAllAmount(AMOUNT.toProto())
            .build();
    byte[] tx = sender.sign(TxBuilder.of(message).withFee(FEE, GAS_LIMIT));
    boolean taken =
        transfers.make(
            "transfer",
            () -> {
              NodeClient.Broadcast broadcast = node.broadcast(tx);
              return broadcast.code() == 0
                  ? ""
                  : broadcast.codespace() + "/" + broadcast.code() + ": " + broadcast.log();
            });
    if (taken) {
      sender.sent();
    }
  }

  private void askBalance() {
    String address = senders.get(0).address();
    queries.make(
        "balance",
        () -> chain.balance(address, "stake", 0).signum() > 0 ? "" : "a balance disappeared");
  }

  private void askStatus() {
    queries.make(
        "status",
        () -> {
          long now = NodeClient.height(node.status());
          long before = height.getAndSet(now);
          return now >= before ? "" : "height " + now + " after height " + before;
        });
  }
}
