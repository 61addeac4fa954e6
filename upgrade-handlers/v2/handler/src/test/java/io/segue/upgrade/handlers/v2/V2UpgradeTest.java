package io.segue.upgrade.handlers.v2;

import static io.segue.upgrade.handlers.v2.V2Chain.A;
import static io.segue.upgrade.handlers.v2.V2Chain.ADDRESSES;
import static io.segue.upgrade.handlers.v2.V2Chain.B;
import static io.segue.upgrade.handlers.v2.V2Chain.resource;
import static io.segue.upgrade.handlers.v2.V2Chain.stake;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.bank.QueryAllBalancesRequest;
import io.segue.bundles.sdk.proto.bank.QueryAllBalancesResponse;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.testkit.modules.ModuleChain;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Plan v2 on a state that the generation before wrote. {@code state-before.txt} and {@code
 * state-after.txt} are committed: whoever changes what the plan does to the state has to change
 * them, and sees it.
 */
class V2UpgradeTest {
  private static final byte[] FEE_COLLECTOR = Addresses.module("fee_collector");

  @Test
  void turnsTheStateBeforeIntoTheStateAfter() {
    try (ModuleChain chain = V2Chain.upgraded()) {
      assertThat(chain.dump()).isEqualTo(resource("state-after.txt"));
      assertThat(HexFormat.of().formatHex(chain.appHash())).isEqualTo(resource("root-after.txt"));
    }
  }

  @Test
  void givesTheBanksStateThatANewChainWouldStartWith() {
    try (ModuleChain upgraded = V2Chain.upgraded();
        ModuleChain fresh = ModuleChain.of(V2Chain.ORDERS, V2Chain.modules())) {
      String burn = ",\"v2_params\":{\"fee_burn_share\":\"0.1\"},\"denom_metadata\"";
      fresh.start(resource("genesis.json").replace(",\n  \"denom_metadata\"", burn));

      assertThat(fresh.dump("bank")).isEqualTo(upgraded.dump("bank"));
    }
  }

  @Test
  void keepsEveryBalanceWhereItsOwnerFindsIt() throws Exception {
    try (ModuleChain chain = V2Chain.upgraded()) {
      QueryAllBalancesResponse balances =
          QueryAllBalancesResponse.parseFrom(
              chain
                  .query(
                      "/cosmos.bank.v1beta1.Query/AllBalances",
                      QueryAllBalancesRequest.newBuilder().setAddress(A).build().toByteArray())
                  .value());

      assertThat(balances.getBalancesList())
          .extracting(coin -> coin.getAmount() + coin.getDenom())
          .containsExactly("1000000stake", "7ufee");
      assertThat(balances.getPagination().getTotal()).isEqualTo(2);
    }
  }

  @Test
  void burnsATenthOfEachFeeFromThenOn() throws Exception {
    try (ModuleChain chain = V2Chain.upgraded()) {
      long collected = stake(chain, FEE_COLLECTOR);

      ExecTxResult result = chain.run(V2Chain.send(A, B, 7, 200_000, 505));

      assertThat(result.log()).isEmpty();
      assertThat(V2Chain.types(result.events())).contains("burn");
      assertThat(stake(chain, ADDRESSES.parseAccount(A))).isEqualTo(1_000_000 - 7 - 505);
      assertThat(stake(chain, FEE_COLLECTOR)).isEqualTo(collected + 455);
      assertThat(chain.exportGenesis("bank"))
          .contains("\"supply\":[", "{\"denom\":\"stake\",\"amount\":\"8000282\"}");
    }
  }

  @Test
  void refusesFeesBelowTheBaseFeeFromThenOn() {
    try (ModuleChain chain = V2Chain.upgraded()) {
      ExecTxResult result = chain.run(V2Chain.send(A, B, 7, 200_000, 19));

      assertThat(result.code()).isEqualTo(13);
      assertThat(result.log())
          .isEqualTo("insufficient fees; got: 19stake required: 20stake: insufficient fee");
      assertThat(chain.run(V2Chain.send(A, B, 7, 200_000, 20)).code()).isZero();
    }
  }

  @Test
  void letsAModuleOfTheGenerationBeforeGoOnWithTheNewBank() throws Exception {
    try (ModuleChain chain = V2Chain.upgraded()) {
      long before = stake(chain, ADDRESSES.parseAccount(B));

      byte[] sender = ADDRESSES.parseAccount(B);
      ExecTxResult burnt = chain.run(V2Chain.tx(OldGov.BURN, sender, 200_000, 20));
      ExecTxResult returned = chain.run(V2Chain.tx(OldGov.RETURN, sender, 200_000, 20));

      assertThat(burnt.log()).isEmpty();
      assertThat(V2Chain.types(burnt.events())).contains("coin_spent", "burn");
      assertThat(returned.log()).isEmpty();
      assertThat(stake(chain, OldGov.ACCOUNT)).isZero();
      assertThat(stake(chain, ADDRESSES.parseAccount(B))).isEqualTo(before - 40 + 5);
    }
  }

  @Test
  void goesOnFromItsOwnExport() {
    try (ModuleChain chain = V2Chain.upgraded();
        ModuleChain again = ModuleChain.of(V2Chain.ORDERS, V2Chain.modules())) {
      chain.run(V2Chain.send(A, B, 7, 200_000, 505));
      again.start(
          "{\"bank\":"
              + chain.exportGenesis("bank")
              + ",\"staking\":"
              + chain.exportGenesis("staking")
              + ",\"feemarket\":"
              + chain.exportGenesis("feemarket")
              + "}");

      assertThat(again.dump("bank")).isEqualTo(chain.dump("bank"));
      assertThat(again.dump("staking")).isEqualTo(chain.dump("staking"));
      assertThat(again.dump("feemarket")).isEqualTo(chain.dump("feemarket"));
    }
  }

  @Test
  void holdsWhereTheStoreOfTheBankWasNotRewritten() {
    UpgradeHandler forgetful =
        new UpgradeHandler() {
          @Override
          public List<StoreLoad> prepare(UpgradeContext context) {
            return List.of(new StoreLoad.Add("feemarket"));
          }

          @Override
          public void handle(UpgradeContext context) {
            new V2Handler().handle(context);
          }
        };
    try (ModuleChain chain = V2Chain.before()) {
      assertThatThrownBy(() -> chain.upgrade(forgetful, V2Chain.ORDERS, V2Chain.modules()))
          .hasStackTraceContaining("store bank still has a key of consensus version 1")
          .hasStackTraceContaining("must ask for the rewrite of store bank");
      assertThat(chain.height()).isEqualTo(V2Chain.HEIGHT);
    }
  }
}
