package io.segue.bundles.staking;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.proto.crypto.ed25519.PubKey;
import io.segue.bundles.sdk.proto.staking.BondStatus;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.ModuleException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Judges the validators of a genesis, and tells consensus about those that are bonded. */
final class GenesisValidators {
  /** Most voting power of all validators together, as CometBFT has it. */
  static final BigInteger MAX_TOTAL_POWER = BigInteger.valueOf(Long.MAX_VALUE / 8);

  /** Bytes of a consensus key. */
  private static final int KEY_LENGTH = 32;

  private final Addresses addresses;

  GenesisValidators(Addresses addresses) {
    this.addresses = addresses;
  }

  /**
   * A validator as it is stored: judged by itself, with nothing left out.
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
      throw StakingGenesis.refused(where + ": " + e.getMessage());
    }
    BigInteger tokens = integer(where + ".tokens", validator.getTokens());
    String own = validator.getMinSelfDelegation();
    integer(where + ".min_self_delegation", own.isEmpty() ? "0" : own);
    key(where, validator);
    if (validator.getStatus() != BondStatus.BOND_STATUS_BONDED
        && validator.getStatus() != BondStatus.BOND_STATUS_UNBONDED) {
      throw StakingGenesis.refused(
          where + ".status must be BOND_STATUS_BONDED or BOND_STATUS_UNBONDED");
    }
    if (Stakes.bonded(validator)) {
      requireBondable(where, validator);
    }
    if (Dec.parseScaled(validator.getDelegatorShares()).signum() > 0 != tokens.signum() > 0) {
      throw StakingGenesis.refused(where + ": tokens without delegator_shares, or the reverse");
    }
    Validator.Builder builder = validator.toBuilder();
    builder.setMinSelfDelegation(own.isEmpty() ? "0" : own);
    builder.getDescriptionBuilder();
    builder.getUnbondingTimeBuilder();
    builder.getCommissionBuilder().getUpdateTimeBuilder();
    return builder.build();
  }

  /**
   * The validators that consensus starts with, highest power first, then by operator.
   *
   * @throws ModuleException sdk/18 where they are too many, too powerful, or share a key
   */
  List<ValidatorUpdate> updates(List<Validator> validators, int maxValidators) {
    List<Validator> bonded = new ArrayList<>(validators);
    bonded.removeIf(validator -> !Stakes.bonded(validator));
    if (bonded.size() > maxValidators) {
      throw StakingGenesis.refused(
          bonded.size() + " validators are bonded, params.max_validators is " + maxValidators);
    }
    bonded.sort(
        Comparator.comparing(Stakes::power)
            .reversed()
            .thenComparing(Validator::getOperatorAddress));
    Set<PubKey> keys = new LinkedHashSet<>();
    BigInteger total = BigInteger.ZERO;
    List<ValidatorUpdate> updates = new ArrayList<>(bonded.size());
    for (Validator validator : bonded) {
      PubKey key = key(validator.getOperatorAddress(), validator);
      if (!keys.add(key)) {
        throw StakingGenesis.refused(
            validator.getOperatorAddress() + " has the consensus key of another validator");
      }
      total = total.add(Stakes.power(validator));
      requireWithinLimit(total);
      updates.add(
          new ValidatorUpdate(
              "ed25519", key.getKey().toByteArray(), Stakes.power(validator).longValueExact()));
    }
    return updates;
  }

  private static void requireBondable(String where, Validator validator) {
    if (validator.getJailed()) {
      throw StakingGenesis.refused(where + ": a jailed validator can't be bonded");
    }
    if (Stakes.power(validator).signum() == 0) {
      throw StakingGenesis.refused(
          where
              + ".tokens is "
              + validator.getTokens()
              + ": a bonded validator needs at least "
              + Stakes.TOKENS_PER_POWER);
    }
    requireWithinLimit(Stakes.power(validator));
  }

  private static void requireWithinLimit(BigInteger power) {
    if (power.compareTo(MAX_TOTAL_POWER) > 0) {
      throw StakingGenesis.refused(
          "the voting power of all validators is over the limit of " + MAX_TOTAL_POWER);
    }
  }

  private static BigInteger integer(String where, String text) {
    try {
      BigInteger value = new BigInteger(text);
      if (value.signum() >= 0 && value.bitLength() <= 256) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw StakingGenesis.refused(where + " \"" + text + "\" is no whole number");
    }
    throw StakingGenesis.refused(where + " \"" + text + "\" must be from 0 to 2^256 - 1");
  }

  private static PubKey key(String where, Validator validator) {
    Any any = validator.getConsensusPubkey();
    PubKey key;
    try {
      key = any.is(PubKey.class) ? any.unpack(PubKey.class) : PubKey.getDefaultInstance();
    } catch (InvalidProtocolBufferException e) {
      throw StakingGenesis.refused(where + ".consensus_pubkey does not parse: " + e.getMessage());
    }
    if (key.getKey().size() != KEY_LENGTH) {
      throw StakingGenesis.refused(
          where
              + ".consensus_pubkey must be a /cosmos.crypto.ed25519.PubKey of "
              + KEY_LENGTH
              + " bytes");
    }
    return key;
  }
}
