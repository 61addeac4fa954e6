package io.segue.bundles.staking.genesis;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.proto.staking.BondStatus;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.bundles.staking.state.ConsensusKeys;
import io.segue.bundles.staking.state.StakingErrors;
import io.segue.bundles.staking.state.StakingKeeper;
import io.segue.bundles.staking.validator.DecidingValidator;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.ModuleException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Checks the validators of a genesis, and tells consensus about those that are bonded. */
final class GenesisValidators {
  private final Addresses addresses;

  GenesisValidators(Addresses addresses) {
    this.addresses = addresses;
  }

  /**
   * A validator as it is stored: checked by itself, with nothing left out.
   *
   * @param where the entry, for the error
   * @throws ModuleException sdk/18; names entry and member
   */
  Validator complete(String where, Validator pointed) {
    Validator validator;
    try {
      validator = Decimals.scaled(pointed);
      addresses.parseOperator(validator.getOperatorAddress());
    } catch (IllegalArgumentException e) {
      throw StakingErrors.invalidGenesis(where + ": " + e.getMessage());
    }
    BigInteger tokens = integer(where + ".tokens", validator.getTokens());
    String own = validator.getMinSelfDelegation();
    requireKey(where, validator);
    if (validator.getStatus() != BondStatus.BOND_STATUS_BONDED
        && validator.getStatus() != BondStatus.BOND_STATUS_UNBONDING
        && validator.getStatus() != BondStatus.BOND_STATUS_UNBONDED) {
      throw StakingErrors.invalidGenesis(
          where
              + ".status must be BOND_STATUS_BONDED, BOND_STATUS_UNBONDING or"
              + " BOND_STATUS_UNBONDED");
    }
    requireWithinLimit(tokens.divide(StakingKeeper.TOKENS_PER_POWER));
    if (Dec.parseScaled(validator.getDelegatorShares()).signum() > 0 != tokens.signum() > 0) {
      throw StakingErrors.invalidGenesis(
          where + ": tokens without delegator_shares, or the reverse");
    }
    Validator.Builder builder = validator.toBuilder();
    builder.setOperatorAddress(
        addresses.operator(addresses.parseOperator(validator.getOperatorAddress())));
    builder.setTokens(tokens.toString());
    builder.setMinSelfDelegation(
        integer(where + ".min_self_delegation", own.isEmpty() ? "0" : own).toString());
    builder.getDescriptionBuilder();
    builder.getUnbondingTimeBuilder();
    builder.getCommissionBuilder().getUpdateTimeBuilder();
    return builder.build();
  }

  /**
   * Refuses bonded validators that are too many, or all stake where it is too much for consensus.
   *
   * @throws ModuleException sdk/18
   */
  static void requireTogether(List<Validator> validators, long maxValidators) {
    long bonded = validators.stream().filter(StakingKeeper::bonded).count();
    if (bonded > maxValidators) {
      throw StakingErrors.invalidGenesis(
          bonded + " validators are bonded, params.max_validators is " + maxValidators);
    }
    BigInteger total = BigInteger.ZERO;
    for (Validator validator : validators) {
      total = total.add(BigInteger.valueOf(StakingKeeper.power(validator)));
      requireWithinLimit(total);
    }
  }

  /**
   * The validators that consensus starts with, highest power first, then by operator.
   *
   * @param powers that consensus is told, by operator
   */
  static List<ValidatorUpdate> updates(StakingKeeper keeper, SortedMap<byte[], Long> powers) {
    return powers.entrySet().stream()
        .sorted(
            Map.Entry.<byte[], Long>comparingByValue()
                .reversed()
                .thenComparing(entry -> keeper.indexed(entry.getKey()).getOperatorAddress()))
        .map(entry -> ConsensusKeys.update(keeper.indexed(entry.getKey()), entry.getValue()))
        .toList();
  }

  /** The one validator that has more than two thirds of the bonded power; empty where none has. */
  static Optional<Validator> majority(List<Validator> validators) {
    List<Validator> bonded = validators.stream().filter(StakingKeeper::bonded).toList();
    long total = bonded.stream().mapToLong(StakingKeeper::power).sum();
    return bonded.stream()
        .filter(
            v -> total - StakingKeeper.power(v) <= DecidingValidator.room(StakingKeeper.power(v)))
        .findFirst();
  }

  /**
   * Refuses a bonded validator that would not be chosen.
   *
   * @throws ModuleException sdk/18
   */
  static void requireBondable(String where, Validator validator) {
    if (validator.getJailed()) {
      throw StakingErrors.invalidGenesis(
          where
              + ": a jailed validator can't be bonded, unless it is the last one of a chain and"
              + " last_validator_powers has its power");
    }
    if (StakingKeeper.power(validator) == 0) {
      throw StakingErrors.invalidGenesis(
          where
              + ".tokens is "
              + validator.getTokens()
              + ": a bonded validator needs at least "
              + StakingKeeper.TOKENS_PER_POWER);
    }
  }

  static void requireWithinLimit(BigInteger power) {
    if (power.compareTo(StakingKeeper.MAX_TOTAL_POWER) > 0) {
      throw StakingErrors.invalidGenesis(
          "the voting power of all validators is over the limit of "
              + StakingKeeper.MAX_TOTAL_POWER);
    }
  }

  static BigInteger integer(String where, String text) {
    try {
      BigInteger value = new BigInteger(text);
      if (value.signum() >= 0 && value.bitLength() <= 256) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw StakingErrors.invalidGenesis(where + " \"" + text + "\" is no whole number");
    }
    throw StakingErrors.invalidGenesis(where + " \"" + text + "\" must be from 0 to 2^256 - 1");
  }

  private static void requireKey(String where, Validator validator) {
    try {
      ConsensusKeys.parse(validator.getConsensusPubkey());
    } catch (IllegalArgumentException e) {
      throw StakingErrors.invalidGenesis(where + ".consensus_pubkey " + e.getMessage());
    }
  }
}
