package io.segue.bundles.staking;

import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.proto.staking.BondStatus;
import io.segue.bundles.sdk.proto.staking.Delegation;
import io.segue.bundles.sdk.proto.staking.Params;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Validators, delegations and parameters in the store {@code stakes}; lives for one call.
 *
 * <p>A delegation is a number of shares in its validator. A share is worth the validator's tokens
 * divided by all its shares.
 */
final class Stakes {
  /** Tokens that give a validator one unit of voting power in consensus. */
  static final BigInteger TOKENS_PER_POWER = BigInteger.valueOf(1_000_000);

  private final KVStore store;

  Stakes(KVStore store) {
    this.store = store;
  }

  @Nullable Validator validator(byte[] operator) {
    byte[] value = store.get(StakingKeys.validator(operator));
    return value == null ? null : Proto.stored(Validator.parser(), value);
  }

  @Nullable Delegation delegation(byte[] delegator, byte[] operator) {
    byte[] value = store.get(StakingKeys.delegation(delegator, operator));
    return value == null ? null : Proto.stored(Delegation.parser(), value);
  }

  Params params() {
    byte[] value = store.get(StakingKeys.PARAMS);
    return value == null ? Params.getDefaultInstance() : Proto.stored(Params.parser(), value);
  }

  /** Writes a validator, and keeps the index by power in step with it. */
  void put(byte[] operator, Validator validator) {
    Validator before = validator(operator);
    if (before != null && bonded(before)) {
      store.delete(StakingKeys.power(power(before).longValueExact(), operator));
    }
    store.set(StakingKeys.validator(operator), validator.toByteArray());
    index(operator, validator);
  }

  /** Enters a validator in the index by power, if it is bonded. */
  void index(byte[] operator, Validator validator) {
    if (bonded(validator)) {
      store.set(StakingKeys.power(power(validator).longValueExact(), operator), operator);
    }
  }

  void put(byte[] delegator, byte[] operator, Delegation delegation) {
    store.set(StakingKeys.delegation(delegator, operator), delegation.toByteArray());
  }

  void put(Params params) {
    store.set(StakingKeys.PARAMS, params.toByteArray());
  }

  /** All validators, in order of their operators' addresses. */
  void forEachValidator(Consumer<Validator> visitor) {
    try (KVIterator entries = store.prefix(StakingKeys.VALIDATOR)) {
      while (entries.next()) {
        visitor.accept(Proto.stored(Validator.parser(), entries.value()));
      }
    }
  }

  /** The bonded validators alone, highest power first. */
  void forEachBonded(Consumer<Validator> visitor) {
    try (KVIterator entries =
        store.reverse(StakingKeys.POWER, KVStore.prefixEnd(StakingKeys.POWER))) {
      while (entries.next()) {
        visitor.accept(indexed(entries));
      }
    }
  }

  private Validator indexed(KVIterator entry) {
    Validator validator = validator(entry.value());
    if (validator == null) {
      throw new IllegalStateException(
          "the index by power has "
              + HexFormat.of().formatHex(entry.value())
              + ", which is no validator");
    }
    return validator;
  }

  /** All delegations whose key starts with {@code prefix}, in order of keys. */
  void forEachDelegation(byte[] prefix, Consumer<Delegation> visitor) {
    try (KVIterator entries = store.prefix(prefix)) {
      while (entries.next()) {
        visitor.accept(Proto.stored(Delegation.parser(), entries.value()));
      }
    }
  }

  /** Whether a validator takes part in consensus. */
  static boolean bonded(Validator validator) {
    return validator.getStatus() == BondStatus.BOND_STATUS_BONDED;
  }

  static BigInteger tokens(Validator validator) {
    return new BigInteger(validator.getTokens());
  }

  /** A validator's voting power in consensus. */
  static BigInteger power(Validator validator) {
    return tokens(validator).divide(TOKENS_PER_POWER);
  }

  /** What shares in a validator are worth, in tokens; a fraction of one is cut off. */
  static BigInteger worth(Validator validator, String scaledShares) {
    Dec all = Dec.parseScaled(validator.getDelegatorShares());
    return all.signum() == 0
        ? BigInteger.ZERO
        : Dec.parseScaled(scaledShares).times(tokens(validator)).dividedByTruncated(all).truncate();
  }
}
