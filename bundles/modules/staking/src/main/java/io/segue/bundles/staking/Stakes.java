package io.segue.bundles.staking;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.proto.staking.BondStatus;
import io.segue.bundles.sdk.proto.staking.Delegation;
import io.segue.bundles.sdk.proto.staking.Params;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Validators, delegations and parameters in the store {@code staking}; lives for one call. Whoever
 * saves a validator keeps its indexes right.
 */
final class Stakes {
  /** Tokens that give a validator one unit of voting power in consensus. */
  static final BigInteger TOKENS_PER_POWER = BigInteger.valueOf(1_000_000);

  private final KVStore store;

  Stakes(KVStore store) {
    this.store = store;
  }

  @Nullable Validator validator(byte[] operator) {
    return find(StakingKeys.validator(operator), Validator.parser());
  }

  /**
   * A validator that should be there.
   *
   * @throws ModuleException staking/3
   */
  Validator require(byte[] operator) {
    Validator validator = validator(operator);
    if (validator == null) {
      throw StakingErrors.noValidator();
    }
    return validator;
  }

  /** Whether some validator has a consensus key of this address. */
  boolean hasConsensusAddress(byte[] address) {
    return store.has(StakingKeys.byConsensusAddress(address));
  }

  @Nullable Delegation delegation(byte[] delegator, byte[] operator) {
    return find(StakingKeys.delegation(delegator, operator), Delegation.parser());
  }

  Params params() {
    Params params = find(StakingKeys.PARAMS, Params.parser());
    return params == null ? Params.getDefaultInstance() : params;
  }

  /** Saves a new validator. */
  void add(byte[] operator, Validator validator) {
    store.set(StakingKeys.byConsensusAddress(ConsensusKeys.address(validator)), operator);
    rank(operator, null, validator);
    store.set(StakingKeys.validator(operator), validator.toByteArray());
  }

  /** Saves what became of a validator; its consensus key is the same. */
  void update(byte[] operator, Validator before, Validator after) {
    rank(operator, before, after);
    store.set(StakingKeys.validator(operator), after.toByteArray());
  }

  void remove(byte[] operator, Validator validator) {
    store.delete(StakingKeys.byConsensusAddress(ConsensusKeys.address(validator)));
    rank(operator, validator, null);
    store.delete(StakingKeys.validator(operator));
  }

  void put(byte[] delegator, byte[] operator, Delegation delegation) {
    store.set(StakingKeys.delegation(delegator, operator), delegation.toByteArray());
  }

  void removeDelegation(byte[] delegator, byte[] operator) {
    store.delete(StakingKeys.delegation(delegator, operator));
  }

  void put(Params params) {
    store.set(StakingKeys.PARAMS, params.toByteArray());
    store.set(StakingKeys.CHANGED, StakingKeys.PRESENT);
  }

  /** The number of the next unbonding; each number is given once. */
  long nextUnbonding() {
    long next = lastUnbonding() + 1;
    lastUnbonding(next);
    return next;
  }

  /** The number of the last unbonding; 0 before the first. */
  long lastUnbonding() {
    byte[] last = store.get(StakingKeys.LAST_UNBONDING);
    return last == null ? 0 : StakingKeys.number(last);
  }

  void lastUnbonding(long number) {
    if (number != 0) {
      store.set(StakingKeys.LAST_UNBONDING, StakingKeys.number(number));
    }
  }

  /** All validators, in order of their operators' addresses. */
  void forEachValidator(Consumer<Validator> visitor) {
    forEach(StakingKeys.VALIDATOR, Validator.parser(), visitor);
  }

  /** All delegations whose key starts with {@code prefix}, in order of keys. */
  void forEachDelegation(byte[] prefix, Consumer<Delegation> visitor) {
    forEach(prefix, Delegation.parser(), visitor);
  }

  /** The validators that consensus knows, in order of their operators' addresses. */
  void forEachBonded(Consumer<Validator> visitor) {
    try (KVIterator entries = store.prefix(StakingKeys.BONDED)) {
      while (entries.next()) {
        byte[] key = entries.key();
        visitor.accept(indexed(Arrays.copyOfRange(key, 2, key.length)));
      }
    }
  }

  /** A validator that an index names. */
  Validator indexed(byte[] operator) {
    Validator validator = validator(operator);
    if (validator == null) {
      throw new IllegalStateException(
          "an index has " + HexFormat.of().formatHex(operator) + ", which is no validator");
    }
    return validator;
  }

  /** Whether a validator takes part in consensus. */
  static boolean bonded(Validator validator) {
    return validator.getStatus() == BondStatus.BOND_STATUS_BONDED;
  }

  static BigInteger tokens(Validator validator) {
    return new BigInteger(validator.getTokens());
  }

  /** A validator's voting power in consensus, while or if it is bonded. */
  static long power(Validator validator) {
    return tokens(validator).divide(TOKENS_PER_POWER).longValueExact();
  }

  /** Moves a validator in the index by power, and notes where that may change who is bonded. */
  private void rank(byte[] operator, @Nullable Validator before, @Nullable Validator after) {
    byte[] from = rank(operator, before);
    byte[] to = rank(operator, after);
    if (Arrays.equals(from, to)) {
      return;
    }
    if (from != null) {
      store.delete(from);
    }
    if (to != null) {
      store.set(to, operator);
    }
    if (standing(before) + standing(after) > 0) {
      store.set(StakingKeys.CHANGED, StakingKeys.PRESENT);
    }
  }

  private static byte @Nullable [] rank(byte[] operator, @Nullable Validator validator) {
    return validator == null || validator.getJailed()
        ? null
        : StakingKeys.byPower(power(validator), operator);
  }

  /** The power with which a validator stands for being bonded. */
  private static long standing(@Nullable Validator validator) {
    return validator == null || validator.getJailed() ? 0 : power(validator);
  }

  private <M extends Message> @Nullable M find(byte[] key, Parser<M> parser) {
    byte[] value = store.get(key);
    return value == null ? null : Proto.stored(parser, value);
  }

  private <M extends Message> void forEach(byte[] prefix, Parser<M> parser, Consumer<M> visitor) {
    try (KVIterator entries = store.prefix(prefix)) {
      while (entries.next()) {
        visitor.accept(Proto.stored(parser, entries.value()));
      }
    }
  }
}
