package io.segue.upgrade.handlers.v2;

import com.google.protobuf.ByteString;
import io.segue.bundles.bank.BankFactory;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.bank.BalanceOfRequest;
import io.segue.bundles.sdk.proto.bank.BalanceOfResponse;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.base.Coin;
import io.segue.bundles.staking.StakingFactory;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.api.module.Platform;
import io.segue.kernel.api.module.Tx;
import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.kernel.testkit.modules.PlainAuth;
import io.segue.kernel.testkit.modules.PlainTx;
import io.segue.upgrade.handlers.v2.feemarket.FeeMarketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The chain on which plan v2 is tried, and where its state before comes from. */
final class V2Chain {
  /** Last height of the generation before. */
  static final long HEIGHT = 41;

  static final Addresses ADDRESSES = new Addresses("cosmos");
  static final String A = "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4";
  static final String B = "cosmos15yk64u7zc9g9k2yr2wmzeva5qgwxps6yxj00e7";

  static final Map<Phase, List<String>> ORDERS =
      Map.of(
          Phase.GENESIS,
          List.of("auth", "bank", "staking", "feemarket"),
          Phase.ANTE,
          List.of("feemarket.base-fee", PlainAuth.FEE_STEP));

  private static final Platform PLATFORM =
      new Platform() {
        @Override
        public Crypto crypto() {
          throw new UnsupportedOperationException("no module here verifies signatures");
        }

        @Override
        public Optional<String> setting(String name) {
          return Optional.empty();
        }
      };

  private V2Chain() {}

  /** The modules of the new generation: two renewed or new, the others carried over. */
  static Module[] modules() {
    return new Module[] {
      new PlainAuth(),
      new BankFactory().create(PLATFORM),
      new StakingFactory().create(PLATFORM),
      new OldGov(),
      new FeeMarketFactory().create(PLATFORM)
    };
  }

  /** A chain with the state that the generation before left, not yet upgraded. */
  static ModuleChain before() {
    Map<Phase, List<String>> orders = Map.of(Phase.ANTE, List.of());
    ModuleChain chain =
        ModuleChain.of(
            orders,
            new PlainAuth(),
            new OldBank(),
            new StakingFactory().create(PLATFORM),
            new OldGov());
    chain.restore(resource("state-before.txt"), HEIGHT);
    return chain;
  }

  /** A chain on which plan v2 was applied. */
  static ModuleChain upgraded() {
    ModuleChain chain = before();
    chain.upgrade(new V2Handler(), ORDERS, modules());
    return chain;
  }

  /** A transfer of stake that pays a fee of stake. */
  static byte[] send(String from, String to, long amount, long gas, long fee) {
    byte[] message =
        MsgSend.newBuilder()
            .setFromAddress(from)
            .setToAddress(to)
            .addAmount(Coin.newBuilder().setDenom("stake").setAmount(Long.toString(amount)))
            .build()
            .toByteArray();
    return tx("/cosmos.bank.v1beta1.MsgSend", message, gas, fee);
  }

  /** A transaction of one message that pays a fee of stake. */
  static byte[] tx(String typeUrl, byte[] message, long gas, long fee) {
    return PlainTx.of(
        gas,
        List.of(new Tx.Coin("stake", Long.toString(fee))),
        List.of(new Tx.Message(typeUrl, message)));
  }

  /** An account's stake. */
  static long stake(ModuleChain chain, byte[] address) throws IOException {
    byte[] answer =
        chain
            .query(
                "/segue.bank.v1.Query/BalanceOf",
                BalanceOfRequest.newBuilder()
                    .setAddress(ByteString.copyFrom(address))
                    .setDenom("stake")
                    .build()
                    .toByteArray())
            .value();
    return Long.parseLong(BalanceOfResponse.parseFrom(answer).getAmount());
  }

  static List<String> types(List<Event> events) {
    return events.stream().map(Event::type).toList();
  }

  static String resource(String name) {
    try (InputStream in = V2Chain.class.getResourceAsStream("/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Owns the store of the bank of the generation before; it never runs. */
  private static final class OldBank implements Module {
    @Override
    public String name() {
      return "bank";
    }

    @Override
    public long consensusVersion() {
      return 1;
    }
  }
}
