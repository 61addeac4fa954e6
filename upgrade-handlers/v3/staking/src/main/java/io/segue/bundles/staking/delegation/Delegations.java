package io.segue.bundles.staking.delegation;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.staking.Delegation;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.bundles.staking.state.ConsensusKeys;
import io.segue.bundles.staking.state.StakingErrors;
import io.segue.bundles.staking.state.StakingKeeper;
import io.segue.bundles.staking.validator.DecidingValidator;
import io.segue.bundles.staking.validator.Misbehaviors;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ModuleException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * Brings stake to validators and takes it out again: shares, tokens and delegations move together.
 * Where the coins lie is the caller's to see to. Lives for one call.
 */
public final class Delegations {
  private final Context context;
  private final Addresses addresses;
  private final StakingKeeper keeper;

  public Delegations(Context context, Addresses addresses) {
    this.context = context;
    this.addresses = addresses;
    this.keeper = new StakingKeeper(context.store());
  }

  /**
   * Refuses a validator to which nothing can be delegated.
   *
   * @throws ModuleException staking/34
   */
  public static void requireExchangeRate(Validator validator) {
    if (Shares.worthless(validator)) {
      throw StakingErrors.noExchangeRate();
    }
  }

  /**
   * Adds tokens to a delegation, which is made where there is none.
   *
   * @return the new shares
   * @throws ModuleException staking/34
   */
  public Dec add(byte[] delegator, byte[] operator, BigInteger tokens) {
    Validator before = keeper.require(operator);
    requireExchangeRate(before);
    Shares.Change change = Shares.add(before, tokens);
    Dec shares = held(keeper.delegation(delegator, operator)).plus(change.shares());
    save(delegator, operator, shares);
    Validator after = change.validator();
    if (Arrays.equals(delegator, operator)
        && after.getJailed()
        && holdsEnough(after, shares)
        && !new Misbehaviors(context.store()).has(ConsensusKeys.address(after))) {
      after = after.toBuilder().setJailed(false).build();
    }
    keeper.update(operator, before, after);
    return change.shares();
  }

  /**
   * The shares of a delegation that are worth so many tokens.
   *
   * @throws ModuleException staking/3, staking/19, staking/22, sdk/18 where it has too few
   */
  public Dec sharesOf(byte[] delegator, byte[] operator, BigInteger tokens) {
    Validator validator = keeper.require(operator);
    Delegation delegation =
        keeper.delegation(delegator, operator).orElseThrow(StakingErrors::noDelegation);
    Dec shares = Shares.ofTokens(validator, tokens);
    if (shares.compareTo(Dec.parseScaled(delegation.getShares())) > 0) {
      throw SdkErrors.invalidRequest("invalid shares amount");
    }
    return shares;
  }

  /**
   * Takes shares out of a delegation that has them; what is left of it stays.
   *
   * @return the tokens that they are worth
   * @throws ModuleException sdk/18 or staking/16 where the validator decides blocks and would end
   */
  public BigInteger remove(byte[] delegator, byte[] operator, Dec shares) {
    Validator before = keeper.require(operator);
    Dec left = held(keeper.delegation(delegator, operator)).minus(shares);
    Shares.Change change = Shares.remove(before, shares);
    DecidingValidator deciding = new DecidingValidator(context.store());
    deciding.requireStays(context, operator, change.validator());
    Validator after = change.validator();
    if (Arrays.equals(delegator, operator) && !after.getJailed() && !holdsEnough(before, left)) {
      if (deciding.is(operator)) {
        throw StakingErrors.selfDelegationBelowMinimum(
            "validator " + before.getOperatorAddress() + " decides the blocks of this chain");
      }
      after = after.toBuilder().setJailed(true).build();
    }
    save(delegator, operator, left);
    keeper.update(operator, before, after);
    keeper.removeIfEmpty(operator, after);
    return change.tokens();
  }

  private static boolean holdsEnough(Validator validator, Dec ownShares) {
    return Shares.worth(validator, ownShares)
            .compareTo(new BigInteger(validator.getMinSelfDelegation()))
        >= 0;
  }

  private void save(byte[] delegator, byte[] operator, Dec shares) {
    if (shares.signum() == 0) {
      keeper.removeDelegation(delegator, operator);
    } else {
      keeper.put(
          delegator,
          operator,
          Delegation.newBuilder()
              .setDelegatorAddress(addresses.account(delegator))
              .setValidatorAddress(addresses.operator(operator))
              .setShares(shares.scaled())
              .build());
    }
  }

  private static Dec held(Optional<Delegation> delegation) {
    return delegation.map(Delegation::getShares).map(Dec::parseScaled).orElse(Dec.ZERO);
  }
}
