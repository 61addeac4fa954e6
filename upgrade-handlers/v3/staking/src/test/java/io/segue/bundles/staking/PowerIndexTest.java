package io.segue.bundles.staking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.sdk.proto.staking.BondStatus;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.kernel.testkit.modules.PlainAuth;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PowerIndexTest {
  private static final byte[] LOW = address(1);
  private static final byte[] HIGH = address(2);

  @Test
  void givesTheHighestPowerFirstAndOfEqualOnesTheLowestOperator() {
    on(
        store -> {
          Stakes stakes = new Stakes(store);
          stakes.put(HIGH, validator(HIGH, 3, BondStatus.BOND_STATUS_BONDED));
          stakes.put(LOW, validator(LOW, 3, BondStatus.BOND_STATUS_BONDED));
          stakes.put(address(0), validator(address(0), 2, BondStatus.BOND_STATUS_BONDED));
          stakes.put(address(9), validator(address(9), 300, BondStatus.BOND_STATUS_BONDED));

          assertThat(bonded(stakes))
              .containsExactly(name(address(9)), name(LOW), name(HIGH), name(address(0)));
        });
  }

  @Test
  void followsAValidatorThatGainsPowerOrIsNoLongerBonded() {
    on(
        store -> {
          Stakes stakes = new Stakes(store);
          stakes.put(LOW, validator(LOW, 3, BondStatus.BOND_STATUS_BONDED));
          stakes.put(HIGH, validator(HIGH, 4, BondStatus.BOND_STATUS_BONDED));

          stakes.put(LOW, validator(LOW, 5, BondStatus.BOND_STATUS_BONDED));
          assertThat(bonded(stakes)).containsExactly(name(LOW), name(HIGH));

          stakes.put(LOW, validator(LOW, 5, BondStatus.BOND_STATUS_UNBONDED));
          assertThat(bonded(stakes)).containsExactly(name(HIGH));
        });
  }

  @Test
  void refusesToMigrateAStoreThatHasAnIndexAlready() {
    assertThatThrownBy(
            () ->
                onContext(
                    context -> {
                      context.store().set(StakingKeys.power(1, LOW), LOW);
                      new PowerIndexMigration(StakingChain.ADDRESSES).migrate(context);
                    }))
        .hasStackTraceContaining("store stakes of consensus version 1 has a key of version 2, 23");
  }

  @Test
  void findsAnIndexThatIsNotWhatTheValidatorsSay() {
    onContext(
        context -> {
          Module.Invariant invariant =
              new StakingInvariants(StakingChain.ADDRESSES).all().get("power-index");
          new Stakes(context.store()).put(LOW, validator(LOW, 3, BondStatus.BOND_STATUS_BONDED));
          assertThat(invariant.check(context)).isEmpty();

          context.store().delete(StakingKeys.power(3, LOW));

          assertThat(invariant.check(context).orElse("")).contains("the index by power has {}");
        });
  }

  private static List<String> bonded(Stakes stakes) {
    List<String> operators = new ArrayList<>();
    stakes.forEachBonded(validator -> operators.add(validator.getOperatorAddress()));
    return operators;
  }

  private static Validator validator(byte[] operator, long power, BondStatus status) {
    return Validator.newBuilder()
        .setOperatorAddress(name(operator))
        .setStatus(status)
        .setTokens(Stakes.TOKENS_PER_POWER.multiply(BigInteger.valueOf(power)).toString())
        .build();
  }

  private static String name(byte[] operator) {
    return StakingChain.ADDRESSES.operator(operator);
  }

  private static byte[] address(int last) {
    byte[] address = new byte[20];
    address[19] = (byte) last;
    return address;
  }

  private static void on(Consumer<KVStore> work) {
    onContext(context -> work.accept(context.store()));
  }

  private static void onContext(Consumer<Context> work) {
    try (ModuleChain chain = ModuleChain.of(Map.of(), new PlainAuth(), new AtGenesis(work))) {
      chain.start("{}");
    }
  }

  /** A module that does some work on an empty store, once. */
  private record AtGenesis(Consumer<Context> work) implements Module {
    @Override
    public String name() {
      return "stakes";
    }

    @Override
    public long consensusVersion() {
      return 1;
    }

    @Override
    public List<ValidatorUpdate> initGenesis(Context context, byte[] genesisJson) {
      work.accept(context);
      return List.of();
    }
  }
}
