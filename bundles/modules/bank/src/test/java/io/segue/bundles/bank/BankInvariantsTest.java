package io.segue.bundles.bank;

import static io.segue.bundles.bank.BankChain.A;
import static io.segue.bundles.bank.BankChain.ADDRESSES;
import static io.segue.bundles.bank.BankChain.B;
import static io.segue.bundles.bank.BankChain.NEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.sdk.state.Pair;
import io.segue.bundles.sdk.state.Schema;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.kernel.testkit.modules.PlainAuth;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The bank's invariants hold whatever users do, and see what is damaged. */
class BankInvariantsTest {
  private static final BankState STATE = new BankState(new Schema());
  private static final byte[] HOLDER = ADDRESSES.parseAccount(A);

  @Test
  void holdWhateverIsSent() throws Exception {
    Random random = new Random(7);
    String[] accounts = {A, B, NEW};
    try (BankChain chain = BankChain.started()) {
      for (int i = 0; i < 300; i++) {
        chain.send(
            accounts[random.nextInt(3)],
            accounts[random.nextInt(3)],
            random.nextInt(120) + (random.nextBoolean() ? "stake" : "ufee"));
      }
      int sum = 0;
      for (String account : accounts) {
        sum += Integer.parseInt(chain.balance(account, "stake"));
      }
      assertThat(sum).isEqualTo(150);
    }
  }

  @Test
  void seeABalanceThatAppearedFromNowhere() {
    assertBroken(
        "total-supply",
        store -> STATE.balances.set(store, Pair.of(HOLDER, "fresh"), BigInteger.valueOf(7)));
  }

  @Test
  void seeABalanceOfNothing() {
    assertBroken(
        "positive-balances",
        store -> STATE.balances.set(store, Pair.of(HOLDER, "fresh"), BigInteger.ZERO));
  }

  @Test
  void seeAnIndexEntryThatIsGone() {
    assertBroken("index", store -> STATE.holders.remove(store, Pair.of("stake", HOLDER)));
  }

  @Test
  void seeAnIndexEntryTooMany() {
    assertBroken("index", store -> STATE.holders.add(store, Pair.of("fresh", HOLDER)));
  }

  private static void assertBroken(String invariant, Consumer<KVStore> damage) {
    try (ModuleChain chain =
        ModuleChain.of(BankChain.ORDERS, new PlainAuth(), new DamagedBank(damage))) {
      chain.start(
          "{\"bank\":{\"balances\":[{\"address\":\""
              + A
              + "\",\"coins\":[{\"denom\":\"stake\",\"amount\":\"100\"}]}]}}");

      assertThatThrownBy(chain::block)
          .hasStackTraceContaining("invariant bank/" + invariant + " is broken");
    }
  }

  /** A bank whose state is damaged at the end of each block. */
  private record DamagedBank(Module bank, Consumer<KVStore> damage) implements Module {
    DamagedBank(Consumer<KVStore> damage) {
      this(BankChain.bank(), damage);
    }

    @Override
    public String name() {
      return bank.name();
    }

    @Override
    public long consensusVersion() {
      return bank.consensusVersion();
    }

    @Override
    public List<ValidatorUpdate> initGenesis(Context context, byte[] genesisJson) {
      return bank.initGenesis(context, genesisJson);
    }

    @Override
    public List<ValidatorUpdate> endBlock(Context context) {
      damage.accept(context.store());
      return List.of();
    }

    @Override
    public Map<String, Invariant> invariants() {
      return bank.invariants();
    }
  }
}
