package io.segue.upgrade.handlers.v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.DescriptorSets;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What plan v2 brings is exported too: the bank of version 2 and the base fee as it moved. */
class V2ExportTest {
  private static final long SEEDS = 6;
  private static final int MESSAGES = 150;

  /** Without fees, so that governance's messages run, too. */
  private static final Map<Phase, List<String>> FREE =
      Map.of(
          Phase.GENESIS,
          Objects.requireNonNull(V2Chain.ORDERS.get(Phase.GENESIS)),
          Phase.ANTE,
          List.of());

  /** What needs others before it; a test of gov beside the modules of genesis has them all. */
  private static final Set<String> RARE =
      Set.of(
          "/cosmos.staking.v1beta1.MsgBeginRedelegate",
          "/cosmos.staking.v1beta1.MsgCancelUnbondingDelegation",
          "/cosmos.staking.v1beta1.MsgCreateValidator");

  /** The validator there is, and others that may come. */
  private static final List<String> OPERATORS =
      List.of(
          "cosmosvaloper157h8850gfgetku22er3f73zte0rqyksqd3q994",
          operatorOf(V2Chain.A),
          operatorOf(V2Chain.B));

  private static final int BLOCKS = 3;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, BLOCKS})
  void goesOnWithTheSameRoots(int blocks) {
    try (ModuleChain chain = V2Chain.upgraded();
        ModuleChain again = ModuleChain.of(V2Chain.ORDERS, V2Chain.modules())) {
      for (int i = 0; i < blocks; i++) {
        busyBlock(chain);
      }
      long height = chain.height();
      again.startAfter(height, chain.export(height));
      assertThat(again.roots(height)).isEqualTo(chain.roots(height));

      busyBlock(chain);
      busyBlock(again);
      assertThat(again.roots(height + 1)).isEqualTo(chain.roots(height + 1));
    }
  }

  private static void busyBlock(ModuleChain chain) {
    byte[][] transfers = new byte[20][];
    for (int i = 0; i < transfers.length; i++) {
      transfers[i] = V2Chain.send(V2Chain.A, V2Chain.B, 1 + i, 1_000_000, 10_000);
    }
    assertThat(chain.block(transfers).txResults()).extracting(ExecTxResult::code).containsOnly(0);
  }

  /** Whatever messages say, of every type that a transaction may send. */
  @Test
  void goesOnWithTheSameRootsAfterRandomMessages() {
    List<Module> modules =
        Stream.of(V2Chain.modules()).filter(module -> module.descriptors().length > 0).toList();
    List<String> types = RandomMessages.sendable(modules);
    Set<String> done = new TreeSet<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      try (ModuleChain chain = V2Chain.before();
          ModuleChain again = ModuleChain.of(FREE, V2Chain.modules())) {
        chain.upgrade(new V2Handler(), FREE, V2Chain.modules());
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
    return V2Chain.ADDRESSES.operator(V2Chain.ADDRESSES.parseAccount(account));
  }

  private static Map<String, List<String>> words() {
    Map<String, List<String>> words = new LinkedHashMap<>();
    words.put("authority$", List.of(V2Chain.ADDRESSES.account(Addresses.module("gov"))));
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
    words.put("", List.of(V2Chain.A, V2Chain.B, V2Chain.A.toUpperCase(Locale.ROOT)));
    return words;
  }
}
