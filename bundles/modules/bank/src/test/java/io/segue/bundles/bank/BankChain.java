package io.segue.bundles.bank;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.bank.BalanceOfRequest;
import io.segue.bundles.sdk.proto.bank.BalanceOfResponse;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.base.Coin;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.api.module.Tx;
import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.kernel.testkit.modules.PlainAuth;
import io.segue.kernel.testkit.modules.PlainTx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A chain with the bank, and the words that its tests use. */
final class BankChain implements AutoCloseable {
  static final Addresses ADDRESSES = new Addresses("cosmos");
  static final Map<Phase, List<String>> ORDERS =
      Map.of(Phase.GENESIS, List.of("auth", "bank"), Phase.ANTE, List.of(PlainAuth.FEE_STEP));

  /** Keys A and B of the recorded chain. */
  static final String A = "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4";

  static final String B = "cosmos15yk64u7zc9g9k2yr2wmzeva5qgwxps6yxj00e7";

  /** An address that nobody knows at first. */
  static final String NEW = ADDRESSES.account(Addresses.module("somebody new"));

  private final ModuleChain chain;

  private BankChain(ModuleChain chain) {
    this.chain = chain;
  }

  static Module bank() {
    return new BankModule(ADDRESSES, new ModuleAccounts(ModuleAccounts.DEFAULT_BLOCKED));
  }

  /** A chain started with this member {@code bank}, after one empty block. */
  static BankChain startedWith(String bankGenesis) {
    BankChain chain = new BankChain(ModuleChain.of(ORDERS, new PlainAuth(), bank()));
    chain.chain.start("{\"bank\":" + bankGenesis + "}");
    chain.chain.block();
    return chain;
  }

  /** A chain in which A has 100 stake and 1000 ufee, and B has 50 stake. */
  static BankChain started() {
    return startedWith(
        "{\"balances\":["
            + "{\"address\":\""
            + A
            + "\",\"coins\":[{\"denom\":\"stake\",\"amount\":\"100\"},"
            + "{\"denom\":\"ufee\",\"amount\":\"1000\"}]},"
            + "{\"address\":\""
            + B
            + "\",\"coins\":[{\"denom\":\"stake\",\"amount\":\"50\"}]}]}");
  }

  ModuleChain chain() {
    return chain;
  }

  ExecTxResult run(String typeUrl, Message message) {
    return chain.run(PlainTx.of(typeUrl, message.toByteArray()));
  }

  ExecTxResult send(String from, String to, String coins) {
    return run(
        "/cosmos.bank.v1beta1.MsgSend",
        MsgSend.newBuilder()
            .setFromAddress(from)
            .setToAddress(to)
            .addAllAmount(coins(coins))
            .build());
  }

  /** A transfer that pays a fee. */
  static byte[] sendWithFee(String from, String to, String coins, long gas, String fee) {
    List<Tx.Coin> feeCoins = new ArrayList<>();
    for (Coin coin : coins(fee)) {
      feeCoins.add(new Tx.Coin(coin.getDenom(), coin.getAmount()));
    }
    byte[] message =
        MsgSend.newBuilder()
            .setFromAddress(from)
            .setToAddress(to)
            .addAllAmount(coins(coins))
            .build()
            .toByteArray();
    return PlainTx.of(
        gas, feeCoins, List.of(new Tx.Message("/cosmos.bank.v1beta1.MsgSend", message)));
  }

  QueryResponse query(String method, Message request) {
    return chain.query("/cosmos.bank.v1beta1.Query/" + method, request.toByteArray());
  }

  String balance(String account, String denom) throws Exception {
    return balance(bytes(account).toByteArray(), denom);
  }

  String balance(byte[] address, String denom) throws Exception {
    QueryResponse answer =
        chain.query(
            "/segue.bank.v1.Query/BalanceOf",
            BalanceOfRequest.newBuilder()
                .setAddress(ByteString.copyFrom(address))
                .setDenom(denom)
                .build()
                .toByteArray());
    return BalanceOfResponse.parseFrom(answer.value()).getAmount();
  }

  /** The coins that a text like {@code 0stake,7ufee} names, whether they are valid or not. */
  static List<Coin> coins(String text) {
    List<Coin> coins = new ArrayList<>();
    for (String part : text.isEmpty() ? new String[0] : text.split(",")) {
      String denom = part.replaceFirst("^-?[0-9]+", "");
      coins.add(
          Coin.newBuilder()
              .setDenom(denom)
              .setAmount(part.substring(0, part.length() - denom.length()))
              .build());
    }
    return coins;
  }

  static ByteString bytes(String account) {
    return ByteString.copyFrom(ADDRESSES.parseAccount(account));
  }

  /** Events as text: {@code type{key=value, ...}}. */
  static List<String> text(List<Event> events) {
    return events.stream()
        .map(
            event ->
                event.type()
                    + event.attributes().stream()
                        .map(a -> a.key() + "=" + a.value())
                        .collect(Collectors.joining(", ", "{", "}")))
        .toList();
  }

  @Override
  public void close() {
    chain.close();
  }
}
