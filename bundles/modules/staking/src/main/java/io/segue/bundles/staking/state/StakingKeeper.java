package io.segue.bundles.staking.state;

import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.proto.staking.BondStatus;
import io.segue.bundles.sdk.proto.staking.Delegation;
import io.segue.bundles.sdk.proto.staking.Params;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.bundles.sdk.state.Pair;
import io.segue.bundles.sdk.state.Range;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Validators, delegations and parameters in the {@link StakingState}; lives for one call. Whoever
 * saves a validator does it here, where its indexes are kept right.
 */
public final class StakingKeeper {
  /** Tokens that give a validator one unit of voting power in consensus. */
  public static final BigInteger TOKENS_PER_POWER = BigInteger.valueOf(1_000_000);

  /** Most voting power of all validators together, as CometBFT has it. */
  public static final BigInteger MAX_TOTAL_POWER = BigInteger.valueOf(Long.MAX_VALUE / 8);

  private final KVStore store;

  public StakingKeeper(KVStore store) {
    this.store = store;
  }

  public Optional<Validator> validator(byte[] operator) {
    return StakingState.VALIDATORS.find(store, operator);
  }

  /**
   * A validator that should be there.
   *
   * @throws ModuleException staking/3
   */
  public Validator require(byte[] operator) {
    return validator(operator).orElseThrow(StakingErrors::noValidator);
  }

  /** Whether some validator has a consensus key of this address. */
  public boolean hasConsensusAddress(byte[] address) {
    return StakingState.BY_CONSENSUS_ADDRESS.has(store, address);
  }

  public Optional<Delegation> delegation(byte[] delegator, byte[] operator) {
    return StakingState.DELEGATIONS.find(store, Pair.of(delegator, operator));
  }

  public Params params() {
    return StakingState.PARAMS.getOr(store, Params.getDefaultInstance());
  }

  /** Saves a new validator. */
  public void add(byte[] operator, Validator validator) {
    StakingState.BY_CONSENSUS_ADDRESS.set(store, ConsensusKeys.address(validator), operator);
    rank(operator, null, validator);
    StakingState.VALIDATORS.set(store, operator, validator);
  }

  /** Saves a changed validator; its consensus key is the same. */
  public void update(byte[] operator, Validator before, Validator after) {
    rank(operator, before, after);
    StakingState.VALIDATORS.set(store, operator, after);
  }

  private void remove(byte[] operator, Validator validator) {
    StakingState.BY_CONSENSUS_ADDRESS.remove(store, ConsensusKeys.address(validator));
    rank(operator, validator, null);
    StakingState.VALIDATORS.remove(store, operator);
  }

  /** Removes a validator that nobody delegates to and nothing holds any more. */
  public void removeIfEmpty(byte[] operator, Validator validator) {
    if (validator.getStatus() == BondStatus.BOND_STATUS_UNBONDED
        && Dec.parseScaled(validator.getDelegatorShares()).signum() == 0) {
      remove(operator, validator);
    }
  }

  public void put(byte[] delegator, byte[] operator, Delegation delegation) {
    StakingState.DELEGATIONS.set(store, Pair.of(delegator, operator), delegation);
  }

  public void removeDelegation(byte[] delegator, byte[] operator) {
    StakingState.DELEGATIONS.remove(store, Pair.of(delegator, operator));
  }

  public void put(Params params) {
    StakingState.PARAMS.set(store, params);
    StakingState.CHANGED.set(store, true);
  }

  /** The number of the next unbonding; each number is given once. */
  public long nextUnbonding() {
    long next = lastUnbonding() + 1;
    lastUnbonding(next);
    return next;
  }

  /** The number of the last unbonding; 0 before the first. */
  public long lastUnbonding() {
    return StakingState.LAST_UNBONDING_ID.getOr(store, 0L);
  }

  public void lastUnbonding(long number) {
    if (number != 0) {
      StakingState.LAST_UNBONDING_ID.set(store, number);
    }
  }

  /** All validators, in order of their operators' addresses. */
  public void forEachValidator(Consumer<Validator> visitor) {
    StakingState.VALIDATORS.forEach(
        store, Range.all(), (operator, validator) -> visitor.accept(validator));
  }

  /** All delegations, by delegator and operator. */
  public void forEachDelegation(Consumer<Delegation> visitor) {
    StakingState.DELEGATIONS.forEach(
        store, Range.all(), (key, delegation) -> visitor.accept(delegation));
  }

  /** The validators that consensus knows, in order of their operators' addresses. */
  public void forEachBonded(Consumer<Validator> visitor) {
    StakingState.BONDED_POWERS.forEach(
        store, Range.all(), (operator, power) -> visitor.accept(indexed(operator)));
  }

  /** A validator that an index names. */
  public Validator indexed(byte[] operator) {
    return validator(operator)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "an index has "
                        + HexFormat.of().formatHex(operator)
                        + ", which is no validator"));
  }

  /** Whether a validator takes part in consensus. */
  public static boolean bonded(Validator validator) {
    return validator.getStatus() == BondStatus.BOND_STATUS_BONDED;
  }

  public static BigInteger tokens(Validator validator) {
    return new BigInteger(validator.getTokens());
  }

  /** A validator's voting power in consensus, while or if it is bonded. */
  public static long power(Validator validator) {
    return tokens(validator).divide(TOKENS_PER_POWER).longValueExact();
  }

  /** Moves a validator in the index by power, and notes where that may change who is bonded. */
  private void rank(byte[] operator, @Nullable Validator before, @Nullable Validator after) {
    Optional<Long> from = rank(before);
    Optional<Long> to = rank(after);
    if (from.equals(to)) {
      return;
    }
    from.ifPresent(power -> StakingState.BY_POWER.remove(store, Pair.of(power, operator)));
    to.ifPresent(power -> StakingState.BY_POWER.set(store, Pair.of(power, operator), operator));
    if (from.orElse(0L) + to.orElse(0L) > 0) {
      StakingState.CHANGED.set(store, true);
    }
  }

  /** The power with which a validator may be bonded; empty where it is jailed. */
  private static Optional<Long> rank(@Nullable Validator validator) {
    return Optional.ofNullable(validator).filter(v -> !v.getJailed()).map(StakingKeeper::power);
  }
}
