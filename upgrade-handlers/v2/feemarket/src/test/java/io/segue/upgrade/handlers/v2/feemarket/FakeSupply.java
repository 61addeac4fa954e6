package io.segue.upgrade.handlers.v2.feemarket;

import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.proto.bank.QuerySupplyOfRequest;
import io.segue.bundles.sdk.proto.bank.QuerySupplyOfResponse;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.QueryHandler;
import java.math.BigInteger;
import java.util.Map;

/** Stands in for the bank: there are so many stake, and nothing else. */
record FakeSupply(long stake) implements Module {
  @Override
  public String name() {
    return "bank";
  }

  @Override
  public long consensusVersion() {
    return 1;
  }

  @Override
  public Map<String, QueryHandler> queries() {
    return Map.of(
        "/cosmos.bank.v1beta1.Query/SupplyOf",
        (context, request) -> {
          String denom = Proto.request(QuerySupplyOfRequest.parser(), request).getDenom();
          BigInteger amount = BigInteger.valueOf(denom.equals("stake") ? stake : 0);
          return QuerySupplyOfResponse.newBuilder()
              .setAmount(new Coins.Amount(denom, amount).toProto())
              .build()
              .toByteArray();
        });
  }
}
