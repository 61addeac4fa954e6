package io.segue.kernel.testkit.modules;

import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.AnteStep;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.Tx;
import io.segue.kernel.api.module.TxFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Stands in for the module {@code auth}: it knows {@link PlainTx}, keeps who has an account in its
 * store {@code acc}, and takes fees from the first signer by asking the bank.
 *
 * <pre>
 * 01 | address -> 01: there is an account
 * 02 | name    -> 01: there is a module account
 * </pre>
 */
public final class PlainAuth implements Module {
  /** Name of the ante step that takes the fee. */
  public static final String FEE_STEP = "auth.fee";

  private static final byte[] PRESENT = {1};
  private static final byte[] CREATED = {0x08, 0x01};
  private static final byte[] NOTHING = {};

  @Override
  public String name() {
    return "auth";
  }

  @Override
  public long consensusVersion() {
    return 1;
  }

  @Override
  public List<String> stores() {
    return List.of("acc");
  }

  /** A list of the store's keys, as hex. */
  @Override
  public List<ValidatorUpdate> initGenesis(Context context, byte[] genesisJson) {
    String keys = new String(genesisJson, StandardCharsets.UTF_8).replaceAll("[^0-9a-f,]", "");
    for (String key : keys.isEmpty() ? new String[0] : keys.split(",")) {
      context.store().set(HexFormat.of().parseHex(key), PRESENT);
    }
    return List.of();
  }

  @Override
  public byte[] exportGenesis(Context context) {
    StringJoiner keys = new StringJoiner(",", "[", "]");
    try (KVIterator entries = context.store().iterate(NOTHING, null)) {
      while (entries.next()) {
        keys.add("\"" + HexFormat.of().formatHex(entries.key()) + "\"");
      }
    }
    return keys.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Optional<TxFormat> txFormat() {
    return Optional.of(new PlainTx());
  }

  @Override
  public Map<String, AnteStep> anteSteps() {
    return Map.of(FEE_STEP, PlainAuth::takeFee);
  }

  @Override
  public Map<String, MessageHandler> messages() {
    return Map.of(
        "/segue.auth.v1.MsgEnsureAccount", new Ensure((byte) 1),
        "/segue.auth.v1.MsgEnsureModuleAccount", new Ensure((byte) 2));
  }

  /** The key under which an account is kept. */
  public static byte[] key(byte[] address) {
    return Ensure.key((byte) 1, address);
  }

  private static void takeFee(Context context, Tx tx) {
    if (tx.fee().isEmpty()) {
      return;
    }
    Tx.Message first = tx.messages().get(0);
    ByteArrayOutputStream deduct = new ByteArrayOutputStream();
    field(deduct, 1, context.signers(first.typeUrl(), first.value()).get(0));
    for (Tx.Coin coin : tx.fee()) {
      ByteArrayOutputStream one = new ByteArrayOutputStream();
      field(one, 1, coin.denom().getBytes(StandardCharsets.UTF_8));
      field(one, 2, coin.amount().getBytes(StandardCharsets.UTF_8));
      field(deduct, 2, one.toByteArray());
    }
    context.call("/segue.bank.v1.MsgDeductFee", deduct.toByteArray());
  }

  /** A field of protobuf with fewer than 128 bytes. */
  private static void field(ByteArrayOutputStream out, int number, byte[] value) {
    out.write(number << 3 | 2);
    out.write(value.length);
    out.writeBytes(value);
  }

  /** Keeps what stands in the first field of a message, a text or bytes. */
  private record Ensure(byte prefix) implements MessageHandler {
    @Override
    public List<byte[]> signers(byte[] message) {
      return List.of();
    }

    @Override
    public boolean internal() {
      return true;
    }

    @Override
    public byte[] handle(Context context, byte[] message) {
      byte[] key = key(prefix, Arrays.copyOfRange(message, 2, 2 + message[1]));
      if (context.store().has(key)) {
        return NOTHING;
      }
      context.store().set(key, PRESENT);
      return CREATED;
    }

    static byte[] key(byte prefix, byte[] name) {
      byte[] key = new byte[1 + name.length];
      key[0] = prefix;
      System.arraycopy(name, 0, key, 1, name.length);
      return key;
    }
  }
}
