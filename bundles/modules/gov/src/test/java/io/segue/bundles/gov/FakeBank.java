package io.segue.bundles.gov;

import com.google.protobuf.ByteString;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.bank.BalanceOfRequest;
import io.segue.bundles.sdk.proto.bank.BalanceOfResponse;
import io.segue.bundles.sdk.proto.bank.MayReceiveRequest;
import io.segue.bundles.sdk.proto.bank.MayReceiveResponse;
import io.segue.bundles.sdk.proto.bank.MsgBurn;
import io.segue.bundles.sdk.proto.bank.MsgMove;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.bank.QuerySupplyOfRequest;
import io.segue.bundles.sdk.proto.bank.QuerySupplyOfResponse;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.QueryHandler;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Stands in for the bank: balances and the events of their moves.
 *
 * <pre>
 * address, 20 bytes | denom -> amount, decimal digits
 * </pre>
 */
final class FakeBank implements Module {
  private static final byte[] NOTHING = {};

  private final Addresses addresses;
  private final Map<String, Coins> genesis;

  /**
   * A bank.
   *
   * @param genesis balances by address
   */
  FakeBank(Addresses addresses, Map<String, Coins> genesis) {
    this.addresses = addresses;
    this.genesis = genesis;
  }

  @Override
  public String name() {
    return "bank";
  }

  @Override
  public long consensusVersion() {
    return 1;
  }

  @Override
  public List<ValidatorUpdate> initGenesis(Context context, byte[] genesisJson) {
    genesis.forEach(
        (account, coins) -> {
          byte[] address = addresses.parseAccount(account);
          coins.forEach(c -> write(context.store(), address, c.denom(), c.amount()));
        });
    return List.of();
  }

  @Override
  public Map<String, MessageHandler> messages() {
    return Map.of(
        "/segue.bank.v1.MsgMove", new Internal(this::move),
        "/segue.bank.v1.MsgBurn", new Internal(this::burn),
        "/cosmos.bank.v1beta1.MsgSend", new Send());
  }

  @Override
  public Map<String, QueryHandler> queries() {
    return Map.of(
        "/segue.bank.v1.Query/BalanceOf", FakeBank::balanceOf,
        "/segue.bank.v1.Query/MayReceive", FakeBank::mayReceive,
        "/cosmos.bank.v1beta1.Query/SupplyOf", this::supplyOf);
  }

  private void move(Context context, byte[] message) {
    MsgMove move = Proto.parse(MsgMove.parser(), message);
    move(context, move.getFrom(), move.getTo(), Coins.strict(move.getAmountList()));
  }

  private void move(Context context, ByteString from, ByteString to, Coins coins) {
    String sender = addresses.account(from.toByteArray());
    String recipient = addresses.account(to.toByteArray());
    spend(context, from, coins);
    context.emit(Event.of("coin_received", "receiver", recipient, "amount", coins.toString()));
    coins.forEach(
        coin -> {
          BigInteger before = read(context.store(), to.toByteArray(), coin.denom());
          write(context.store(), to.toByteArray(), coin.denom(), before.add(coin.amount()));
        });
    context.emit(
        Event.of("transfer", "recipient", recipient, "sender", sender, "amount", coins.toString()));
    context.emit(Event.of("message", "sender", sender));
  }

  private void burn(Context context, byte[] message) {
    MsgBurn burn = Proto.parse(MsgBurn.parser(), message);
    Coins coins = Coins.strict(burn.getAmountList());
    spend(context, burn.getFrom(), coins);
    String burner = addresses.account(burn.getFrom().toByteArray());
    context.emit(Event.of("burn", "burner", burner, "amount", coins.toString()));
  }

  private void spend(Context context, ByteString from, Coins coins) {
    for (Coins.Amount coin : coins) {
      BigInteger balance = read(context.store(), from.toByteArray(), coin.denom());
      if (balance.compareTo(coin.amount()) < 0) {
        throw SdkErrors.insufficientFunds(
            "spendable balance " + balance + coin.denom() + " is smaller than " + coin);
      }
      BigInteger rest = balance.subtract(coin.amount());
      write(context.store(), from.toByteArray(), coin.denom(), rest);
    }
    String spender = addresses.account(from.toByteArray());
    context.emit(Event.of("coin_spent", "spender", spender, "amount", coins.toString()));
  }

  private static byte[] balanceOf(Context context, byte[] request) {
    BalanceOfRequest asked = Proto.request(BalanceOfRequest.parser(), request);
    BigInteger amount = read(context.store(), asked.getAddress().toByteArray(), asked.getDenom());
    return BalanceOfResponse.newBuilder().setAmount(amount.toString()).build().toByteArray();
  }

  /** Users may not pay this one. */
  static final byte[] POOL = Addresses.module("bonded_tokens_pool");

  private static byte[] mayReceive(Context context, byte[] request) {
    MayReceiveRequest asked = Proto.request(MayReceiveRequest.parser(), request);
    boolean may = !Arrays.equals(asked.getAddress().toByteArray(), POOL);
    return MayReceiveResponse.newBuilder().setMay(may).build().toByteArray();
  }

  /** What there was at the start. */
  private byte[] supplyOf(Context context, byte[] request) {
    String denom = Proto.request(QuerySupplyOfRequest.parser(), request).getDenom();
    BigInteger supply =
        genesis.values().stream()
            .map(coins -> coins.amountOf(denom))
            .reduce(BigInteger.ZERO, BigInteger::add);
    return QuerySupplyOfResponse.newBuilder()
        .setAmount(new Coins.Amount(denom, supply).toProto())
        .build()
        .toByteArray();
  }

  private static BigInteger read(KVStore store, byte[] address, String denom) {
    byte[] amount = store.get(key(address, denom));
    return amount == null
        ? BigInteger.ZERO
        : new BigInteger(new String(amount, StandardCharsets.US_ASCII));
  }

  private static void write(KVStore store, byte[] address, String denom, BigInteger amount) {
    store.set(key(address, denom), amount.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] key(byte[] address, String denom) {
    return ByteString.copyFrom(address).concat(ByteString.copyFromUtf8(denom)).toByteArray();
  }

  /** Does something with a message. */
  @FunctionalInterface
  private interface Work {
    void run(Context context, byte[] message);
  }

  /** A message that only modules send. */
  private record Internal(Work work) implements MessageHandler {
    @Override
    public List<byte[]> signers(byte[] message) {
      return List.of();
    }

    @Override
    public byte[] handle(Context context, byte[] message) {
      work.run(context, message);
      return NOTHING;
    }

    @Override
    public boolean internal() {
      return true;
    }
  }

  /** The one message that proposals may carry. */
  private final class Send implements MessageHandler {
    @Override
    public List<byte[]> signers(byte[] message) {
      return List.of(addresses.signer(sent(message).getFromAddress()));
    }

    @Override
    public byte[] handle(Context context, byte[] message) {
      MsgSend send = sent(message);
      move(
          context,
          ByteString.copyFrom(addresses.parseAccount(send.getFromAddress())),
          ByteString.copyFrom(addresses.parseAccount(send.getToAddress())),
          Coins.strict(send.getAmountList()));
      return NOTHING;
    }

    private static MsgSend sent(byte[] message) {
      return Proto.parse(MsgSend.parser(), message);
    }
  }
}
