package io.segue.bundles.gov;

import com.google.protobuf.ByteString;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.proto.staking.BondedPowerResponse;
import io.segue.bundles.sdk.proto.staking.DelegationsOfRequest;
import io.segue.bundles.sdk.proto.staking.DelegationsOfResponse;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.QueryHandler;
import java.util.Map;
import java.util.TreeMap;

/** Stands in for staking: who delegated how many tokens to whom; all validators are bonded. */
final class FakeStaking implements Module {
  private final Addresses addresses;
  private final Map<String, Map<String, Long>> delegations = new TreeMap<>();

  FakeStaking(Addresses addresses) {
    this.addresses = addresses;
  }

  /** Before the chain starts. */
  FakeStaking delegate(String delegator, String validator, long tokens) {
    delegations.computeIfAbsent(delegator, d -> new TreeMap<>()).put(validator, tokens);
    return this;
  }

  @Override
  public String name() {
    return "staking";
  }

  @Override
  public long consensusVersion() {
    return 1;
  }

  @Override
  public Map<String, QueryHandler> queries() {
    return Map.of(
        "/segue.staking.v1.Query/BondedPower", this::bondedPower,
        "/segue.staking.v1.Query/DelegationsOf", this::delegationsOf);
  }

  private byte[] bondedPower(Context context, byte[] request) {
    Map<String, Long> tokens = new TreeMap<>();
    delegations.values().forEach(d -> d.forEach((v, amount) -> tokens.merge(v, amount, Long::sum)));
    BondedPowerResponse.Builder response =
        BondedPowerResponse.newBuilder()
            .setTotal(Long.toString(tokens.values().stream().mapToLong(Long::longValue).sum()));
    tokens.forEach(
        (validator, amount) ->
            response.addValidators(
                BondedPowerResponse.Validator.newBuilder()
                    .setAccount(bytes(validator))
                    .setOperator(bytes(validator))
                    .setTokens(Long.toString(amount))
                    .setShares(Dec.of(amount).pointed())));
    return response.build().toByteArray();
  }

  private byte[] delegationsOf(Context context, byte[] request) {
    byte[] delegator =
        Proto.request(DelegationsOfRequest.parser(), request).getDelegator().toByteArray();
    DelegationsOfResponse.Builder response = DelegationsOfResponse.newBuilder();
    delegations
        .getOrDefault(addresses.account(delegator), Map.of())
        .forEach(
            (validator, amount) ->
                response.addDelegations(
                    DelegationsOfResponse.Delegation.newBuilder()
                        .setValidator(bytes(validator))
                        .setShares(Dec.of(amount).pointed())));
    return response.build().toByteArray();
  }

  private ByteString bytes(String account) {
    return ByteString.copyFrom(addresses.parseAccount(account));
  }
}
