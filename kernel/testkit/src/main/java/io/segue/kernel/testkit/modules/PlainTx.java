package io.segue.kernel.testkit.modules;

import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.module.Descriptors;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.module.Tx;
import io.segue.kernel.api.module.TxFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A transaction format for tests: a gas limit, a fee and messages, signed by nobody.
 *
 * <pre>
 * gas limit, 8 bytes | fee coins, 4 bytes | (denom, amount)... | messages, 4 bytes | (url, bytes)...
 * </pre>
 */
public final class PlainTx implements TxFormat {
  private static final byte[] NOTHING = {};

  /** A transaction of one message without a fee, with 1,000,000 gas. */
  public static byte[] of(String typeUrl, byte[] message) {
    return of(1_000_000, List.of(), List.of(new Tx.Message(typeUrl, message)));
  }

  /** A transaction. */
  public static byte[] of(long gasLimit, List<Tx.Coin> fee, List<Tx.Message> messages) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(gasLimit);
      out.writeInt(fee.size());
      for (Tx.Coin coin : fee) {
        out.writeUTF(coin.denom());
        out.writeUTF(coin.amount());
      }
      out.writeInt(messages.size());
      for (Tx.Message message : messages) {
        out.writeUTF(message.typeUrl());
        out.writeInt(message.value().length);
        out.write(message.value());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public Tx decode(byte[] raw, Descriptors descriptors, boolean simulate) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(raw))) {
      long gasLimit = in.readLong();
      List<Tx.Coin> fee = new ArrayList<>();
      for (int i = in.readInt(); i > 0; i--) {
        fee.add(new Tx.Coin(in.readUTF(), in.readUTF()));
      }
      List<Tx.Message> messages = new ArrayList<>();
      for (int i = in.readInt(); i > 0; i--) {
        messages.add(new Tx.Message(in.readUTF(), in.readNBytes(in.readInt())));
      }
      return new Tx(raw, messages, gasLimit, fee, null);
    } catch (IOException e) {
      throw new ModuleException("sdk", 2, "no plain transaction: tx parse error");
    }
  }

  /** Nothing: tests look at the state. */
  @Override
  public byte[] encodeResponses(List<Tx.Message> responses) {
    return NOTHING;
  }

  /** Gas used, as decimal digits. */
  @Override
  public byte[] encodeSimulation(
      long gasWanted, long gasUsed, List<Tx.Message> responses, List<Event> events) {
    return Long.toString(gasUsed).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  @Override
  public byte[] simulatedTx(byte[] request) {
    return request;
  }
}
