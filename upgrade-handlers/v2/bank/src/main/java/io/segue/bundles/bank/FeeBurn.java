package io.segue.bundles.bank;

import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import io.segue.upgrade.handlers.v2.bank.proto.Params;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The share of each fee that is burned: a parameter in the store {@code bank}. Of every coin of a
 * fee that share is burned, cut off to whole coins, and the rest is collected.
 */
final class FeeBurn {
  private FeeBurn() {}

  /** The parameters; nothing is burned where they were never written. */
  static Params read(KVStore store) {
    byte[] value = store.get(BankKeys.V2_PARAMS);
    return value == null
        ? Params.newBuilder().setFeeBurnShare(Dec.ZERO.pointed()).build()
        : Proto.stored(Params.parser(), value);
  }

  /**
   * Replaces the parameters; a share of nothing is not stored.
   *
   * @throws ModuleException sdk/18 where the share is no decimal from 0 to 1
   */
  static void write(KVStore store, Params params) {
    Dec share = share(params);
    if (share.signum() == 0) {
      store.delete(BankKeys.V2_PARAMS);
    } else {
      Params stored = Params.newBuilder().setFeeBurnShare(share.pointed()).build();
      store.set(BankKeys.V2_PARAMS, stored.toByteArray());
    }
  }

  /**
   * The share that parameters name.
   *
   * @throws ModuleException sdk/18 where it is no decimal from 0 to 1
   */
  static Dec share(Params params) {
    Dec share;
    try {
      share = Dec.parse(params.getFeeBurnShare());
    } catch (IllegalArgumentException e) {
      throw refused(params, String.valueOf(e.getMessage()));
    }
    if (share.signum() < 0 || share.compareTo(Dec.ONE) > 0) {
      throw refused(params, "it must be from 0 to 1");
    }
    return share;
  }

  /** The part of a fee that is burned; may be nothing. */
  static Coins burnedOf(KVStore store, Coins fee) {
    Dec share = Dec.parse(read(store).getFeeBurnShare());
    List<Coins.Amount> burned = new ArrayList<>();
    for (Coins.Amount coin : fee) {
      BigInteger amount = share.times(coin.amount()).truncate();
      if (amount.signum() > 0) {
        burned.add(new Coins.Amount(coin.denom(), amount));
      }
    }
    return Coins.of(burned);
  }

  private static ModuleException refused(Params params, String why) {
    return SdkErrors.invalidRequest("fee_burn_share \"" + params.getFeeBurnShare() + "\": " + why);
  }
}
