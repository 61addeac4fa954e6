package io.segue.bundles.staking;

import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.base.Coin;
import io.segue.bundles.staking.state.StakingKeeper;
import io.segue.kernel.api.module.ModuleException;
import java.math.BigInteger;

/** Amounts in the messages of staking. */
final class Amounts {
  private Amounts() {}

  /**
   * A coin that says how much is to move.
   *
   * @param otherwise what the error says of one that is malformed or not above 0
   * @throws ModuleException sdk/18; sdk/2 where the amount is no number
   */
  static Coins.Amount positive(Coin coin, String otherwise) {
    BigInteger amount = Coins.parseAmount(coin.getAmount());
    if (amount.signum() <= 0 || !Coins.validDenom(coin.getDenom())) {
      throw SdkErrors.invalidRequest(otherwise);
    }
    return new Coins.Amount(coin.getDenom(), amount);
  }

  /**
   * Refuses what is not of the denomination that the chain bonds.
   *
   * @throws ModuleException sdk/18
   */
  static void requireBondable(StakingKeeper keeper, Coins.Amount amount) {
    String bonded = keeper.params().getBondDenom();
    if (!amount.denom().equals(bonded)) {
      throw SdkErrors.invalidRequest(
          "invalid coin denomination: got " + amount.denom() + ", expected " + bonded);
    }
  }

  static Coins coins(Coins.Amount amount) {
    return Coins.of(amount.denom(), amount.amount());
  }

  /**
   * The least that an operator holds of its own validator.
   *
   * @throws ModuleException sdk/18; sdk/2 where it is no number
   */
  static BigInteger minSelfDelegation(String text) {
    BigInteger amount = text.isEmpty() ? BigInteger.ZERO : Coins.parseAmount(text);
    if (amount.signum() <= 0) {
      throw SdkErrors.invalidRequest("minimum self delegation must be a positive integer");
    }
    return amount;
  }
}
