package io.segue.bundles.staking.delegation;

import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.bundles.staking.state.StakingErrors;
import io.segue.bundles.staking.state.StakingKeeper;
import io.segue.kernel.api.module.ModuleException;
import java.math.BigInteger;

/**
 * What shares in a validator are worth. A delegation is a number of shares; a share is worth the
 * validator's tokens divided by all its shares. Nothing here takes tokens away, so that is 1; it is
 * computed as the Cosmos SDK does, for validators of a genesis where it is not.
 */
public final class Shares {
  private Shares() {}

  /**
   * A validator after stake came or went.
   *
   * @param shares that were made for it, or were given back
   * @param tokens that came, or went
   */
  record Change(Validator validator, Dec shares, BigInteger tokens) {}

  /** Tokens come. */
  static Change add(Validator validator, BigInteger tokens) {
    Dec all = all(validator);
    Dec shares = all.signum() == 0 ? Dec.of(tokens) : ofTokens(validator, tokens);
    return new Change(
        changed(validator, StakingKeeper.tokens(validator).add(tokens), all.plus(shares)),
        shares,
        tokens);
  }

  /** Shares go, and with the last ones all tokens. */
  static Change remove(Validator validator, Dec shares) {
    Dec rest = all(validator).minus(shares);
    BigInteger before = StakingKeeper.tokens(validator);
    BigInteger tokens =
        rest.signum() == 0 ? before : shares.times(before).dividedBy(all(validator)).truncate();
    return new Change(changed(validator, before.subtract(tokens), rest), shares, tokens);
  }

  /**
   * The shares that are worth so many tokens.
   *
   * @throws ModuleException staking/22 where the validator has no tokens
   */
  static Dec ofTokens(Validator validator, BigInteger tokens) {
    BigInteger all = StakingKeeper.tokens(validator);
    if (all.signum() == 0) {
      throw StakingErrors.insufficientShares();
    }
    return all(validator).times(tokens).dividedByTruncated(Dec.of(all));
  }

  /** What shares are worth, in tokens; a fraction of one is cut off. */
  public static BigInteger worth(Validator validator, Dec shares) {
    Dec all = all(validator);
    return all.signum() == 0
        ? BigInteger.ZERO
        : shares.times(StakingKeeper.tokens(validator)).dividedByTruncated(all).truncate();
  }

  /** Whether a validator has shares that are worth nothing, so that no new ones have a price. */
  static boolean worthless(Validator validator) {
    return StakingKeeper.tokens(validator).signum() == 0 && all(validator).signum() > 0;
  }

  private static Dec all(Validator validator) {
    return Dec.parseScaled(validator.getDelegatorShares());
  }

  private static Validator changed(Validator validator, BigInteger tokens, Dec shares) {
    return validator.toBuilder()
        .setTokens(tokens.toString())
        .setDelegatorShares(shares.scaled())
        .build();
  }
}
