package io.segue.kernel.api.module;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decoded transaction.
 *
 * @param raw the bytes as broadcast
 * @param messages what it asks for, in order; at least one
 * @param gasLimit highest amount of gas it may use
 * @param fee coins offered, as sent
 * @param format the parsed form, private to the module that has the {@link TxFormat}
 */
public record Tx(
    byte[] raw, List<Message> messages, long gasLimit, List<Coin> fee, @Nullable Object format) {
  public Tx {
    messages = List.copyOf(messages);
    fee = List.copyOf(fee);
  }

  /** One message: its type URL and its bytes. */
  public record Message(String typeUrl, byte[] value) {}

  /** An amount as a transaction spells it: decimal digits without a sign. */
  public record Coin(String denom, String amount) {}
}
