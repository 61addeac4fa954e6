package io.segue.bundles.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.DescriptorSets;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.auth.MsgEnsureAccount;
import io.segue.bundles.sdk.proto.bank.BankInternalProto;
import io.segue.bundles.sdk.proto.bank.MsgDeductFee;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.Module;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * As much of a bank as auth needs: fees and plain transfers. Its genesis is lines of {@code address
 * amount}, such as {@code cosmos1... 7ustake,9ufee}, between quotes.
 */
public final class TestBank implements Module {
  private static final Addresses ADDRESSES = new Addresses("cosmos");
  private static final byte[] COLLECTOR = Addresses.module("fee_collector");

  @Override
  public String name() {
    return "bank";
  }

  @Override
  public long consensusVersion() {
    return 1;
  }

  @Override
  public byte[] descriptors() {
    return DescriptorSets.of(MsgSend.getDescriptor().getFile(), BankInternalProto.getDescriptor());
  }

  @Override
  public Map<String, MessageHandler> messages() {
    return Map.of(
        "/cosmos.bank.v1beta1.MsgSend", new Send(),
        "/segue.bank.v1.MsgDeductFee", new DeductFee());
  }

  @Override
  public List<ValidatorUpdate> initGenesis(Context context, byte[] genesisJson) {
    String text = new String(genesisJson, UTF_8);
    for (String line : text.substring(1, text.length() - 1).split("\\|")) {
      String[] parts = line.split(" ");
      if (parts.length == 2) {
        byte[] address = ADDRESSES.parseAccount(parts[0]);
        Coins.parse(parts[1]).forEach(coin -> set(context, address, coin.denom(), coin.amount()));
      }
    }
    return List.of();
  }

  private static void move(Context context, byte[] from, byte[] to, Coins coins) {
    for (Coins.Amount coin : coins) {
      BigInteger has = balance(context, from, coin.denom());
      if (has.compareTo(coin.amount()) < 0) {
        throw SdkErrors.insufficientFunds(
            "spendable balance " + has + coin.denom() + " is smaller than " + coin);
      }
      set(context, from, coin.denom(), has.subtract(coin.amount()));
      set(context, to, coin.denom(), balance(context, to, coin.denom()).add(coin.amount()));
    }
    String sender = ADDRESSES.account(from);
    String receiver = ADDRESSES.account(to);
    String amount = coins.toString();
    context.emit(Event.of("coin_spent", "spender", sender, "amount", amount));
    context.emit(Event.of("coin_received", "receiver", receiver, "amount", amount));
    context.emit(Event.of("transfer", "recipient", receiver, "sender", sender, "amount", amount));
    context.emit(Event.of("message", "sender", sender));
    context.call(
        "/segue.auth.v1.MsgEnsureAccount",
        MsgEnsureAccount.newBuilder().setAddress(ByteString.copyFrom(to)).build().toByteArray());
  }

  private static BigInteger balance(Context context, byte[] address, String denom) {
    byte[] stored = context.store().get(key(address, denom));
    return stored == null ? BigInteger.ZERO : new BigInteger(new String(stored, UTF_8));
  }

  private static void set(Context context, byte[] address, String denom, BigInteger amount) {
    context.store().set(key(address, denom), amount.toString().getBytes(UTF_8));
  }

  private static byte[] key(byte[] address, String denom) {
    return (ADDRESSES.account(address) + denom).getBytes(UTF_8);
  }

  private static final class Send implements MessageHandler {
    @Override
    public List<byte[]> signers(byte[] message) {
      return List.of(ADDRESSES.signer(Proto.parse(MsgSend.parser(), message).getFromAddress()));
    }

    @Override
    public byte[] handle(Context context, byte[] message) {
      MsgSend send = Proto.parse(MsgSend.parser(), message);
      move(
          context,
          ADDRESSES.parseAccount(send.getFromAddress()),
          ADDRESSES.parseAccount(send.getToAddress()),
          Coins.strict(send.getAmountList()));
      return new byte[0];
    }
  }

  private static final class DeductFee implements MessageHandler {
    @Override
    public List<byte[]> signers(byte[] message) {
      return List.of();
    }

    @Override
    public byte[] handle(Context context, byte[] bytes) {
      MsgDeductFee message = Proto.parse(MsgDeductFee.parser(), bytes);
      move(
          context, message.getPayer().toByteArray(), COLLECTOR, Coins.strict(message.getFeeList()));
      return new byte[0];
    }

    @Override
    public boolean internal() {
      return true;
    }
  }
}
