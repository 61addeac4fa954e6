package io.segue.bundles.staking.validator;

import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.bundles.staking.state.StakingKeeper;
import io.segue.bundles.staking.state.StakingState;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The validator that decides blocks alone, on a chain that has one: it is always bonded, and always
 * has more than two thirds of the voting power. So a chain whose blocks one engine makes goes on
 * whatever its accounts delegate.
 *
 * <p>Genesis names it, or has it in the one validator with more than two thirds of the power. A
 * chain without one bonds by power alone.
 */
public final class DecidingValidator {
  private final KVStore store;

  public DecidingValidator(KVStore store) {
    this.store = store;
  }

  /** Its operator; null where nobody decides alone. */
  public byte @Nullable [] operator() {
    return StakingState.DECIDING.find(store).orElse(null);
  }

  public void set(byte[] operator) {
    StakingState.DECIDING.set(store, operator);
  }

  public boolean is(byte[] operator) {
    byte[] deciding = operator();
    return deciding != null && Arrays.equals(deciding, operator);
  }

  /** Voting power that all others together may have beside {@code power}. */
  public static long room(long power) {
    return power == 0 ? 0 : (power - 1) / 2;
  }

  /**
   * Refuses that it loses its last unit of power.
   *
   * @param after the validator after stake went
   * @throws ModuleException sdk/18
   */
  public void requireStays(Context context, byte[] operator, Validator after) {
    if (StakingKeeper.power(after) == 0 && is(operator)) {
      String denom = new StakingKeeper(context.store()).params().getBondDenom();
      throw SdkErrors.invalidRequest(
          "validator "
              + after.getOperatorAddress()
              + " decides the blocks of this chain and would be left with "
              + after.getTokens()
              + denom
              + ", it needs "
              + StakingKeeper.TOKENS_PER_POWER
              + denom
              + "; take out less");
    }
  }
}
