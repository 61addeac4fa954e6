package io.segue.bundles.cli.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Message;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.keyring.Key;
import io.segue.bundles.nodes.Waiting;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import java.time.Duration;

/**
 * An account that sends one transaction after the other, and counts its sequence itself.
 *
 * <p>Thread safety: for one thread.
 */
public final class Signer {
  private static final Duration COMMIT_LIMIT = Duration.ofSeconds(60);

  private final Key key;
  private final String address;
  private final String chainId;
  private final long accountNumber;
  private long sequence;

  /** Asks the chain for the account of a key. */
  public Signer(Key key, String chainId, ChainInfo chain) {
    this.key = key;
    this.address = key.address(new Addresses(Addresses.DEFAULT_PREFIX));
    this.chainId = chainId;
    ChainInfo.Account account = chain.account(address);
    this.accountNumber = account.number();
    this.sequence = account.sequence();
  }

  public String address() {
    return address;
  }

  /** The sequence of the next transaction. */
  public long sequence() {
    return sequence;
  }

  /** Signs with the next sequence; {@link #sent} counts it. */
  public byte[] sign(TxBuilder tx) {
    return tx.sign(key, chainId, accountNumber, sequence);
  }

  /** Counts a transaction that the mempool took. */
  public void sent() {
    sequence++;
  }

  /**
   * Sends a message and waits for its block.
   *
   * @return the result of {@code tx}
   * @throws CliException where the chain refuses it
   */
  public JsonNode send(NodeClient node, Message message, Coins fee, long gasLimit) {
    return await(node, message, submit(node, message, fee, gasLimit));
  }

  /**
   * Sends a message, and does not wait for a block.
   *
   * @return hash of the transaction, for {@link #await}
   * @throws CliException where the mempool refuses it
   */
  public String submit(NodeClient node, Message message, Coins fee, long gasLimit) {
    NodeClient.Broadcast broadcast =
        node.broadcast(sign(TxBuilder.of(message).withFee(fee, gasLimit)));
    if (broadcast.code() != 0) {
      throw refused(message, broadcast.codespace(), broadcast.code(), broadcast.log());
    }
    sent();
    return broadcast.hash();
  }

  /**
   * Waits for the block of a message that was sent.
   *
   * @return the result of {@code tx}
   * @throws CliException where the chain refuses it
   */
  public static JsonNode await(NodeClient node, Message message, String hash) {
    JsonNode tx =
        Waiting.until(COMMIT_LIMIT, () -> node.tx(hash))
            .orElseThrow(() -> new CliException("no block has the transaction " + hash));
    JsonNode result = tx.path("tx_result");
    if (result.path("code").asLong() != 0) {
      throw refused(
          message,
          result.path("codespace").asText(),
          result.path("code").asLong(),
          result.path("log").asText());
    }
    return tx;
  }

  private static CliException refused(Message message, String codespace, long code, String log) {
    return new CliException(
        "the chain refuses "
            + message.getDescriptorForType().getName()
            + " with "
            + codespace
            + "/"
            + code
            + ": "
            + log);
  }
}
