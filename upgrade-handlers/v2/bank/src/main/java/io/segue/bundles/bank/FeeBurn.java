package io.segue.bundles.bank;

import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.service.Services;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import io.segue.upgrade.handlers.v2.bank.proto.MsgSetParams;
import io.segue.upgrade.handlers.v2.bank.proto.MsgUpdateParams;
import io.segue.upgrade.handlers.v2.bank.proto.Params;
import io.segue.upgrade.handlers.v2.bank.proto.QueryParamsRequest;
import io.segue.upgrade.handlers.v2.bank.proto.QueryParamsResponse;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The share of each fee that is burned: a parameter in the store {@code bank}. Of every coin of a
 * fee that share is burned, cut off to whole coins, and the rest is collected.
 */
final class FeeBurn {
  private final BankState state;

  FeeBurn(BankState state) {
    this.state = state;
  }

  /** Adds the messages by which governance and upgrades change it, and the query. */
  void addTo(Services.Builder services) {
    services
        .governed(MsgUpdateParams.getDefaultInstance())
        .refuseOthers(
            (expected, named) -> SdkErrors.unauthorized("expected " + expected + " got " + named))
        .check((context, message) -> share(message.getParams()))
        .handle((context, message) -> set(context.store(), message.getParams()))
        .internal(MsgSetParams.getDefaultInstance())
        .handle((context, message) -> set(context.store(), message.getParams()))
        .query(
            QueryParamsRequest.getDefaultInstance(),
            QueryParamsResponse.getDefaultInstance(),
            (context, request) ->
                QueryParamsResponse.newBuilder().setParams(get(context.store())).build());
  }

  /** The parameters; nothing is burned where they were never written. */
  Params get(KVStore store) {
    return state.feeBurn.getOr(
        store, Params.newBuilder().setFeeBurnShare(Dec.ZERO.pointed()).build());
  }

  /**
   * Replaces the parameters; a share of nothing is not stored.
   *
   * @throws ModuleException sdk/18 where the share is no decimal from 0 to 1
   */
  void set(KVStore store, Params params) {
    Dec share = share(params);
    if (share.signum() == 0) {
      state.feeBurn.remove(store);
    } else {
      state.feeBurn.set(store, Params.newBuilder().setFeeBurnShare(share.pointed()).build());
    }
  }

  /**
   * The share that parameters name.
   *
   * @throws ModuleException sdk/18 where it is no decimal from 0 to 1
   */
  private static Dec share(Params params) {
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
  Coins burnedOf(KVStore store, Coins fee) {
    Dec share = Dec.parse(get(store).getFeeBurnShare());
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
