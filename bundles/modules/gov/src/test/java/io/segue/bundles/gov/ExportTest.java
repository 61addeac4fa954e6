package io.segue.bundles.gov;

import static io.segue.bundles.gov.GovChain.A;
import static io.segue.bundles.gov.GovChain.ADDRESSES;
import static io.segue.bundles.gov.GovChain.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.bank.BankFactory;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.GenesisJson;
import io.segue.bundles.sdk.proto.gov.GenesisState;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.proto.gov.ProposalStatus;
import io.segue.bundles.staking.StakingFactory;
import io.segue.bundles.upgrade.UpgradeFactory;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.kernel.testkit.modules.PlainAuth;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever users did, a chain that goes on from an export has the same root of every store. */
class ExportTest {
  private static final String OPERATOR = "cosmosvaloper157h8850gfgetku22er3f73zte0rqyksqd3q994";
  private static final String OWNER = ADDRESSES.account(ADDRESSES.parseOperator(OPERATOR));
  private static final String POOL = ADDRESSES.account(Addresses.module("bonded_tokens_pool"));
  private static final int BLOCKS = 60;
  private static final Map<Phase, List<String>> ORDERS =
      Map.of(
          Phase.GENESIS, List.of("auth", "bank", "staking", "gov", "upgrade"),
          Phase.END_BLOCK, List.of("gov", "staking"));

  private static final String STAKING =
      """
      {"params": {"unbonding_time": "1814400s", "max_validators": 100, "max_entries": 7,
        "historical_entries": 10000, "bond_denom": "stake",
        "min_commission_rate": "0.000000000000000000"},
       "validators": [{"operator_address": "%1$s",
         "consensus_pubkey": {"@type": "/cosmos.crypto.ed25519.PubKey",
           "key": "p4UGBdXftYQiQCqJVXYmg+T4pLr6YJQkAkrA09bFtvs="},
         "status": "BOND_STATUS_BONDED", "tokens": "9000000",
         "delegator_shares": "9000000.000000000000000000"}],
       "delegations": [
         {"delegator_address": "%2$s", "validator_address": "%1$s",
          "shares": "8000000.000000000000000000"},
         {"delegator_address": "%3$s", "validator_address": "%1$s",
          "shares": "1000000.000000000000000000"}]}
      """
          .formatted(OPERATOR, OWNER, A);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void goesOnWithTheSameRootsFromAnyHeight(long seed) {
    try (ModuleChain chain = busy(seed)) {
      for (long height : new long[] {1, BLOCKS / 3, BLOCKS / 2, BLOCKS}) {
        byte[] exported = chain.export(height);
        try (ModuleChain again = chain()) {
          again.startAfter(height, exported);
          assertThat(again.roots(height)).as("height %s", height).isEqualTo(chain.roots(height));
          assertThat(again.export(height)).isEqualTo(exported);
        }
      }
    }
  }

  /** The ends of blocks have room for one step only, so that most heights are in the middle. */
  @Test
  void goesOnFromTheMiddleOfWhatBlocksHaveToDo() {
    Set<String> waiting = new TreeSet<>();
    try (ModuleChain chain = started(chain(1))) {
      BusyChain busy = new BusyChain(chain, OWNER, 11);
      for (int block = 0; block < BLOCKS; block++) {
        busy.run(1);
        byte[] exported = chain.export(chain.height());
        String text = new String(exported, StandardCharsets.UTF_8);
        for (String member : List.of("closed_until", "count", "settlements")) {
          if (text.contains("\"" + member + "\":")) {
            waiting.add(member);
          }
        }
        try (ModuleChain again = chain(1)) {
          again.startAfter(chain.height(), exported);
          assertThat(again.roots(chain.height())).isEqualTo(chain.roots(chain.height()));
          assertThat(again.export(chain.height())).isEqualTo(exported);
        }
      }
    }
    assertThat(waiting).containsExactly("closed_until", "count", "settlements");
  }

  @Test
  void whatHappensNextIsTheSame() {
    try (ModuleChain chain = busy(9);
        ModuleChain again = chain()) {
      again.startAfter(BLOCKS, chain.export(BLOCKS));
      new BusyChain(chain, OWNER, 10).run(20);
      new BusyChain(again, OWNER, 10).run(20);
      assertThat(again.roots(BLOCKS + 20)).isEqualTo(chain.roots(BLOCKS + 20));
    }
  }

  /** Guards the other tests: chains without open votes or failed proposals would prove little. */
  @Test
  void theChainsAreBusyEnoughToMatter() throws Exception {
    Set<ProposalStatus> statuses = new TreeSet<>();
    int votes = 0;
    for (long seed = 1; seed <= 8; seed++) {
      try (ModuleChain chain = busy(seed)) {
        GenesisState gov =
            GenesisJson.withDescriptors(
                    List.of(
                        new GovModule(ADDRESSES).descriptors(),
                        new UpgradeFactory().create(GovChain.PLATFORM).descriptors(),
                        new BankFactory().create(GovChain.PLATFORM).descriptors()))
                .parse("gov", chain.exportGenesis("gov"), GenesisState.newBuilder())
                .build();
        gov.getProposalsList().stream().map(Proposal::getStatus).forEach(statuses::add);
        votes += gov.getVotesCount();
      }
    }
    assertThat(statuses).hasSize(5);
    assertThat(votes).isPositive();
  }

  @Test
  void anEntryThatIsLostIsNotPassedOver() {
    try (ModuleChain chain = busy(1)) {
      String exported = new String(chain.export(BLOCKS), StandardCharsets.UTF_8);
      refuses(exported.replaceFirst("\"balances\":\\[\\{[^}]*}\\]},", "\"balances\":["), "supply");
      refuses(exported.replace("\"proposals\":", "\"propsals\":"), "propsals");
      refuses(
          exported.replaceFirst(
              "\"starting_proposal_id\":\"\\d+\"", "\"starting_proposal_id\":\"1\""),
          "is not below starting_proposal_id 1");
      refuses(exported.replace("\"delegations\":", "\"delegation\":"), "delegation");
    }
  }

  private static void refuses(String appState, String reason) {
    try (ModuleChain chain = chain()) {
      assertThatThrownBy(() -> chain.startAfter(BLOCKS, appState.getBytes(StandardCharsets.UTF_8)))
          .hasStackTraceContaining(reason);
    }
  }

  private static ModuleChain busy(long seed) {
    ModuleChain chain = started(chain());
    new BusyChain(chain, OWNER, seed).run(BLOCKS);
    return chain;
  }

  private static ModuleChain started(ModuleChain chain) {
    GenesisState gov =
        GenesisState.newBuilder()
            .setStartingProposalId(1)
            .setParams(GovChain.params())
            .setConstitution("We, the validators")
            .build();
    chain.start(
        "{\"bank\":{\"balances\":[%s,%s,%s]},\"staking\":%s,\"gov\":%s}"
            .formatted(
                balance(POOL, "9000000"),
                balance(A, "1000"),
                balance(B, "1000"),
                STAKING,
                GovChain.json().print(gov)));
    return chain;
  }

  private static ModuleChain chain() {
    return chain(EndBlocker.GAS_PER_BLOCK);
  }

  private static ModuleChain chain(long gasPerBlock) {
    return ModuleChain.of(
        ORDERS,
        new PlainAuth(),
        new BankFactory().create(GovChain.PLATFORM),
        new StakingFactory().create(GovChain.PLATFORM),
        new GovModule(ADDRESSES, gasPerBlock),
        new UpgradeFactory().create(GovChain.PLATFORM));
  }

  private static String balance(String account, String amount) {
    return "{\"address\":\"%s\",\"coins\":[{\"denom\":\"stake\",\"amount\":\"%s\"}]}"
        .formatted(account, amount);
  }
}
