package io.segue.upgrade.handlers.v3;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.DescriptorSets;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.kernel.testkit.modules.PlainTx;
import io.segue.kernel.testkit.modules.RandomMessages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What plan v3 brings is exported too: the lead time of upgrades and the indexes of staking. */
class V3ExportTest {
  private static final long SEEDS = 6;
  private static final int MESSAGES = 150;

  /** Without fees, so that governance's messages run, too. */
  private static final Map<Phase, List<String>> FREE =
      Map.of(
          Phase.GENESIS,
          Objects.requireNonNull(V3Chain.ORDERS.get(Phase.GENESIS)),
          Phase.END_BLOCK,
          List.of("staking"),
          Phase.ANTE,
          List.of());

  /** What needs others before it; a test of gov beside the modules of genesis has them all. */
  private static final Set<String> RARE =
      Set.of(
          "/cosmos.staking.v1beta1.MsgBeginRedelegate",
          "/cosmos.staking.v1beta1.MsgCancelUnbondingDelegation",
          "/cosmos.staking.v1beta1.MsgCreateValidator");

  private static final List<String> OPERATORS =
      List.of(V3Chain.OPERATOR, operatorOf(V3Chain.A), operatorOf(V3Chain.B));

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void goesOnWithTheSameRoots(int blocks) {
    try (ModuleChain chain = V3Chain.upgraded();
        ModuleChain again = ModuleChain.of(V3Chain.ORDERS, V3Chain.modules())) {
      for (int i = 0; i < blocks; i++) {
        chain.block(V3Chain.send(1_000));
      }
      long height = chain.height();
      again.startAfter(height, chain.export(height));
      assertThat(again.roots(height)).isEqualTo(chain.roots(height));

      chain.block(V3Chain.send(1_000));
      again.block(V3Chain.send(1_000));
      assertThat(again.roots(height + 1)).isEqualTo(chain.roots(height + 1));
    }
  }

  /** Whatever messages say, of every type that a transaction may send. */
  @Test
  void goesOnWithTheSameRootsAfterRandomMessages() {
    List<Module> modules = List.of(V3Chain.modules());
    List<String> types = RandomMessages.sendable(modules);
    Set<String> done = new TreeSet<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      try (ModuleChain chain = V3Chain.before();
          ModuleChain again = ModuleChain.of(FREE, V3Chain.modules())) {
        chain.upgrade(new V3Handler(), FREE, V3Chain.modules());
        RandomMessages messages =
            new RandomMessages(
                    DescriptorSets.files(modules.stream().map(Module::descriptors).toList()),
                    words(),
                    seed)
                .holding("pubkey$", List.of("/cosmos.crypto.ed25519.PubKey"));
        for (int i = 0; i < MESSAGES; i++) {
          String type = messages.pick(types);
          if (chain.run(PlainTx.of(type, messages.next(type).toByteArray())).code() == 0) {
            done.add(type);
          }
        }
        long height = chain.height();
        again.startAfter(height, chain.export(height));
        assertThat(again.roots(height)).as("seed %s", seed).isEqualTo(chain.roots(height));
      }
    }
    assertThat(done).containsAll(types.stream().filter(type -> !RARE.contains(type)).toList());
  }

  private static String operatorOf(String account) {
    return V3Chain.ADDRESSES.operator(V3Chain.ADDRESSES.parseAccount(account));
  }

  private static Map<String, List<String>> words() {
    Map<String, List<String>> words = new LinkedHashMap<>();
    words.put("authority$", List.of(V3Chain.ADDRESSES.account(Addresses.module("gov"))));
    words.put("[dD]enom$|use_default_for$", List.of("stake"));
    words.put("amount$", List.of("1", "2", "7"));
    words.put("fee_burn_share$", List.of("0", "0.5", "1.0", "0.10"));
    words.put("min_commission_rate$", List.of("0", "50000000000000000", "0100"));
    words.put("Plan.(name|info)$", List.of("v9", "next"));
    words.put("alidator.*address$", OPERATORS);
    words.put("MsgEditValidator.commission_rate$", List.of("", "", "0"));
    words.put("MsgEditValidator.min_self_delegation$", List.of("", "2", "3"));
    words.put("min_self_delegation$", List.of("1", "2"));
    words.put("CommissionRates", List.of("0", "100000000000000000", "0200000000000000000"));
    words.put("Description", List.of("text", "[do-not-modify]", "ü"));
    words.put("", List.of(V3Chain.A, V3Chain.B, V3Chain.A.toUpperCase(Locale.ROOT)));
    return words;
  }
}
