package io.segue.upgrade.handlers.v2;

import io.segue.bundles.sdk.proto.staking.QueryParamsRequest;
import io.segue.bundles.sdk.proto.staking.QueryParamsResponse;
import io.segue.bundles.sdk.service.Client;
import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.upgrade.handlers.v2.bank.proto.MsgSetParams;
import io.segue.upgrade.handlers.v2.bank.proto.Params;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The upgrade of plan {@code v2}.
 *
 * <ol>
 *   <li>{@link #prepare}: every entry of store {@code bank} is brought to its new key, and the
 *       empty store {@code feemarket} is added.
 *   <li>{@link #handle}: the fee market gets its genesis, in the denomination that the chain bonds;
 *       the modules are migrated; and the bank is told to burn a tenth of each fee.
 * </ol>
 */
public final class V2Handler implements UpgradeHandler {
  /** The share of each fee that is burned from the plan's height on. */
  static final String FEE_BURN_SHARE = "0.100000000000000000";

  /**
   * The fee market's start: 100 coins buy 1,000,000 gas, so that a transfer that asks for 200,000
   * gas has to offer 20; never less, and at most ten times as much in blocks that ask for over
   * 50,000,000 gas for long.
   */
  private static final String FEE_MARKET_GENESIS =
      "{\"params\":{\"denom\":\"%s\",\"target_block_gas\":\"50000000\","
          + "\"change_denominator\":\"8\",\"min_base_fee\":\"100\",\"max_base_fee\":\"1000\"},"
          + "\"base_fee\":\"100\"}";

  private static final String FEE_MARKET = "feemarket";

  @Override
  public List<StoreLoad> prepare(UpgradeContext context) {
    return List.of(new BalancesByDenom().load(), new StoreLoad.Add(FEE_MARKET));
  }

  @Override
  public void handle(UpgradeContext context) {
    Client modules = Client.of(context);
    context.genesis(FEE_MARKET, feeMarketGenesis(bondDenom(modules)));
    context.runMigrations();
    modules.call(
        MsgSetParams.newBuilder()
            .setParams(Params.newBuilder().setFeeBurnShare(FEE_BURN_SHARE))
            .build());
  }

  private static byte[] feeMarketGenesis(String denom) {
    return String.format(Locale.ROOT, FEE_MARKET_GENESIS, denom).getBytes(StandardCharsets.UTF_8);
  }

  private static String bondDenom(Client modules) {
    return modules
        .query(QueryParamsRequest.getDefaultInstance(), QueryParamsResponse.getDefaultInstance())
        .getParams()
        .getBondDenom();
  }
}
