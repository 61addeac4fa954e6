package io.segue.upgrade.handlers.v3;

import static io.segue.upgrade.handlers.v3.V3Chain.A;
import static io.segue.upgrade.handlers.v3.V3Chain.ask;
import static io.segue.upgrade.handlers.v3.V3Chain.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.staking.BondedPowerRequest;
import io.segue.bundles.sdk.proto.staking.BondedPowerResponse;
import io.segue.bundles.sdk.proto.staking.QueryValidatorDelegationsRequest;
import io.segue.bundles.sdk.proto.staking.QueryValidatorDelegationsResponse;
import io.segue.bundles.sdk.proto.upgrade.MsgSoftwareUpgrade;
import io.segue.bundles.sdk.proto.upgrade.Plan;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.upgrade.handlers.v2.feemarket.proto.MsgUpdateParams;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Plan v3 on the state that plan v2 left. {@code state-before.txt} and {@code state-after.txt} are
 * committed: whoever changes what the plan does to the state has to change them, and sees it.
 */
class V3UpgradeTest {
  private static final String GOV = V3Chain.ADDRESSES.account(Addresses.module("gov"));

  @Test
  void turnsTheStateBeforeIntoTheStateAfter() {
    try (ModuleChain chain = V3Chain.upgraded()) {
      assertThat(chain.dump()).isEqualTo(resource("state-after.txt"));
      assertThat(HexFormat.of().formatHex(chain.appHash())).isEqualTo(resource("root-after.txt"));
    }
  }

  @Test
  void givesStakingTheStateThatANewChainWouldStartWith() {
    try (ModuleChain upgraded = V3Chain.upgraded();
        ModuleChain fresh = ModuleChain.of(V3Chain.ORDERS, V3Chain.modules())) {
      fresh.start(
          "{\"bank\":"
              + upgraded.exportGenesis("bank")
              + ",\"staking\":"
              + upgraded.exportGenesis("staking")
              + "}");

      assertThat(fresh.dump("stakes")).isEqualTo(upgraded.dump("stakes"));
      assertThat(fresh.dump("upgradeparams")).isEqualTo(upgraded.dump("upgradeparams"));
      assertThat(fresh.dump("bank")).isEqualTo(upgraded.dump("bank"));
    }
  }

  @Test
  void findsTheDelegationsOfAValidatorByTheIndex() {
    try (ModuleChain chain = V3Chain.upgraded()) {
      QueryValidatorDelegationsResponse delegations =
          ask(
              chain,
              "/cosmos.staking.v1beta1.Query/ValidatorDelegations",
              QueryValidatorDelegationsRequest.newBuilder()
                  .setValidatorAddr(V3Chain.OPERATOR)
                  .build(),
              QueryValidatorDelegationsResponse.parser());

      assertThat(delegations.getDelegationResponsesList()).hasSize(1);
      assertThat(delegations.getDelegationResponses(0).getBalance().getAmount())
          .isEqualTo("2000000");
    }
  }

  @Test
  void answersGovernanceAsBefore() {
    try (ModuleChain chain = V3Chain.upgraded()) {
      BondedPowerResponse power =
          ask(
              chain,
              "/segue.staking.v1.Query/BondedPower",
              BondedPowerRequest.getDefaultInstance(),
              BondedPowerResponse.parser());

      assertThat(power.getTotal()).isEqualTo("2000000");
      assertThat(power.getValidatorsList()).hasSize(1);
    }
  }

  @Test
  void asksForNoBaseFeeAnyMore() {
    try (ModuleChain before = V3Chain.before();
        ModuleChain chain = V3Chain.upgraded()) {
      assertThat(before.run(V3Chain.send(19)).code()).isEqualTo(13);
      assertThat(chain.run(V3Chain.send(19)).log()).isEmpty();
    }
  }

  @Test
  void refusesMessagesOfTheModuleThatEnded() {
    byte[] tx = V3Chain.tx(MsgUpdateParams.newBuilder().setAuthority(A).build(), 20);
    try (ModuleChain before = V3Chain.before();
        ModuleChain chain = V3Chain.upgraded()) {
      assertThat(before.run(tx).log()).endsWith(": unauthorized");

      ExecTxResult result = chain.run(tx);

      assertThat(result.code()).isNotZero();
      assertThat(result.log()).contains("/segue.feemarket.v1.MsgUpdateParams");
    }
  }

  @Test
  void asksForTenBlocksBetweenAPlanAndItsHeight() {
    try (ModuleChain chain = V3Chain.upgraded()) {
      long next = chain.height() + 1;

      ExecTxResult near = chain.run(schedule(next + 9));
      ExecTxResult far = chain.run(schedule(next + 11));

      assertThat(near.log())
          .contains(
              "plan v4 at height "
                  + (next + 9)
                  + " leaves operators too little time; the earliest height is "
                  + (next + 10));
      assertThat(far.log()).isEmpty();
    }
  }

  @Test
  void holdsWhereTheStoreOfStakingWasNotRenamed() {
    UpgradeHandler forgetful =
        new UpgradeHandler() {
          @Override
          public List<StoreLoad> prepare(UpgradeContext context) {
            return List.of(new StoreLoad.Delete("feemarket"), new StoreLoad.Add("upgradeparams"));
          }
        };
    try (ModuleChain chain = V3Chain.before()) {
      assertThatThrownBy(() -> chain.upgrade(forgetful, V3Chain.ORDERS, V3Chain.modules()))
          .hasStackTraceContaining("stakes");
      assertThat(chain.height()).isEqualTo(V3Chain.HEIGHT);
    }
  }

  private static byte[] schedule(long height) {
    return V3Chain.tx(
        MsgSoftwareUpgrade.newBuilder()
            .setAuthority(GOV)
            .setPlan(Plan.newBuilder().setName("v4").setHeight(height))
            .build(),
        5);
  }
}
