package io.segue.upgrade.handlers.v3;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.segue.bundles.bank.BankFactory;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.base.Coin;
import io.segue.bundles.staking.StakingFactory;
import io.segue.bundles.upgrade.UpgradeFactory;
import io.segue.kernel.api.abci.Abci.QueryResponse;
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

/** The chain on which plan v3 is tried: what plan v2 left. */
final class V3Chain {
  /** Last height of the generation before. */
  static final long HEIGHT = 60;

  static final Addresses ADDRESSES = new Addresses("cosmos");
  static final String A = "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4";
  static final String B = "cosmos15yk64u7zc9g9k2yr2wmzeva5qgwxps6yxj00e7";
  static final String OPERATOR = "cosmosvaloper157h8850gfgetku22er3f73zte0rqyksqd3q994";

  /** The orders before; those of the module that ends go with it. */
  static final Map<Phase, List<String>> ORDERS_BEFORE =
      Map.of(Phase.ANTE, List.of("feemarket.base-fee", PlainAuth.FEE_STEP));

  static final Map<Phase, List<String>> ORDERS =
      Map.of(
          Phase.GENESIS,
          List.of("auth", "bank", "staking", "upgrade"),
          Phase.END_BLOCK,
          List.of("staking"),
          Phase.ANTE,
          List.of(PlainAuth.FEE_STEP));

  static final Platform PLATFORM =
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

  private V3Chain() {}

  static Module bank() {
    return new BankFactory().create(PLATFORM);
  }

  static Module feeMarket() {
    return new FeeMarketFactory().create(PLATFORM);
  }

  static Module staking() {
    return new StakingFactory().create(PLATFORM);
  }

  static Module upgrade() {
    return new UpgradeFactory().create(PLATFORM);
  }

  /** The modules of the new generation: two renewed, the others carried over. */
  static Module[] modules() {
    return new Module[] {
      new PlainAuth(), bank(), staking(), upgrade(), new Named("gov", List.of())
    };
  }

  /** A chain with the state that the generation before left, not yet upgraded. */
  static ModuleChain before() {
    ModuleChain chain =
        ModuleChain.of(
            ORDERS_BEFORE,
            new PlainAuth(),
            bank(),
            feeMarket(),
            new Named("staking", List.of("staking")),
            new Named("upgrade", List.of()),
            new Named("gov", List.of()));
    chain.restore(resource("state-before.txt"), HEIGHT);
    return chain;
  }

  /** A chain on which plan v3 was applied. */
  static ModuleChain upgraded() {
    ModuleChain chain = before();
    chain.upgrade(new V3Handler(), ORDERS, modules());
    return chain;
  }

  /** A transfer of stake that pays a fee of stake. */
  static byte[] send(long fee) {
    return tx(
        MsgSend.newBuilder()
            .setFromAddress(A)
            .setToAddress(B)
            .addAmount(Coin.newBuilder().setDenom("stake").setAmount("7"))
            .build(),
        fee);
  }

  /** A transaction of one message that pays a fee of stake. */
  static byte[] tx(Message message, long fee) {
    return PlainTx.of(
        200_000,
        List.of(new Tx.Coin("stake", Long.toString(fee))),
        List.of(
            new Tx.Message(
                "/" + message.getDescriptorForType().getFullName(), message.toByteArray())));
  }

  static <T> T ask(ModuleChain chain, String path, Message request, Parser<T> parser) {
    QueryResponse answer = chain.query(path, request.toByteArray());
    if (answer.code() != 0) {
      throw new AssertionError(answer.log());
    }
    try {
      return parser.parseFrom(answer.value());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  static String resource(String name) {
    try (InputStream in = V3Chain.class.getResourceAsStream("/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A module of the generation before that is nothing but its name and its stores. */
  private record Named(String name, List<String> stores) implements Module {
    @Override
    public long consensusVersion() {
      return 1;
    }
  }
}
