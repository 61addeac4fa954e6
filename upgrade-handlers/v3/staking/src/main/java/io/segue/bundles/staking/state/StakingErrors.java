package io.segue.bundles.staking.state;

import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.kernel.api.module.ModuleException;

/** The errors of codespace {@code staking}, with the numbers and texts that clients know. */
public final class StakingErrors {
  private static final String CODESPACE = "staking";

  private StakingErrors() {}

  static ModuleException noValidator() {
    return staking(3, "", "validator does not exist");
  }

  public static ModuleException operatorExists() {
    return staking(
        4,
        "",
        "validator already exist for this operator address; must use new validator operator"
            + " address");
  }

  public static ModuleException keyExists() {
    return staking(5, "", "validator already exist for this pubkey; must use new validator pubkey");
  }

  public static ModuleException keyType(String detail) {
    return staking(6, detail, "validator pubkey type is not supported");
  }

  public static ModuleException jailed() {
    return staking(7, "", "validator for this address is currently jailed");
  }

  public static ModuleException commissionNegative() {
    return staking(9, "", "commission must be positive");
  }

  public static ModuleException commissionHuge() {
    return staking(10, "", "commission cannot be more than 100%");
  }

  public static ModuleException commissionAboveMax() {
    return staking(11, "", "commission cannot be more than the max rate");
  }

  public static ModuleException commissionTooSoon() {
    return staking(12, "", "commission cannot be changed more than once in 24h");
  }

  public static ModuleException commissionChangeNegative() {
    return staking(13, "", "commission change rate must be positive");
  }

  public static ModuleException commissionChangeAboveMax() {
    return staking(14, "", "commission change rate cannot be more than the max rate");
  }

  public static ModuleException commissionChangedTooMuch() {
    return staking(15, "", "commission cannot be changed more than max change rate");
  }

  public static ModuleException selfDelegationBelowMinimum(String detail) {
    return staking(
        16,
        detail,
        "validator's self delegation must be greater than their minimum self delegation");
  }

  public static ModuleException minSelfDelegationDecreased() {
    return staking(17, "", "minimum self delegation cannot be decrease");
  }

  public static ModuleException noDelegation() {
    return staking(19, "", "no delegation for (address, validator) tuple");
  }

  public static ModuleException insufficientShares() {
    return staking(22, "", "insufficient delegation shares");
  }

  public static ModuleException tooManyUnbondings() {
    return staking(
        27, "", "too many unbonding delegation entries for (delegator, validator) tuple");
  }

  public static ModuleException selfRedelegation() {
    return staking(29, "", "cannot redelegate to the same validator");
  }

  public static ModuleException tinyRedelegation() {
    return staking(30, "", "too few tokens to redelegate (truncates to zero tokens)");
  }

  public static ModuleException badDestination() {
    return staking(31, "", "redelegation destination validator not found");
  }

  public static ModuleException transitiveRedelegation() {
    return staking(
        32,
        "",
        "redelegation to this validator already in progress; first redelegation to this validator"
            + " must complete before next redelegation");
  }

  public static ModuleException tooManyRedelegations() {
    return staking(
        33,
        "",
        "too many redelegation entries for (delegator, src-validator, dst-validator) tuple");
  }

  public static ModuleException noExchangeRate() {
    return staking(34, "", "cannot delegate to validators with invalid (zero) ex-rate");
  }

  public static ModuleException emptyKey() {
    return staking(39, "", "empty validator public key");
  }

  public static ModuleException commissionBelowMinimum(Dec least) {
    return staking(
        40,
        "cannot set validator commission to less than minimum rate of " + least,
        "commission cannot be less than min rate");
  }

  /** Refuses a genesis; {@code what} names the entry. */
  public static ModuleException invalidGenesis(String what) {
    return SdkErrors.invalidRequest("genesis of staking: " + what);
  }

  private static ModuleException staking(int code, String detail, String text) {
    return SdkErrors.registered(CODESPACE, code, detail, text);
  }
}
