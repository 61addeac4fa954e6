package io.segue.bundles.staking;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.proto.staking.BondedPowerRequest;
import io.segue.bundles.sdk.proto.staking.BondedPowerResponse;
import io.segue.bundles.sdk.proto.staking.Delegation;
import io.segue.bundles.sdk.proto.staking.DelegationsOfRequest;
import io.segue.bundles.sdk.proto.staking.DelegationsOfResponse;
import io.segue.bundles.sdk.proto.staking.Misbehavior;
import io.segue.bundles.sdk.proto.staking.QueryDecidingValidatorRequest;
import io.segue.bundles.sdk.proto.staking.QueryDecidingValidatorResponse;
import io.segue.bundles.sdk.proto.staking.QueryMisbehaviorRequest;
import io.segue.bundles.sdk.proto.staking.QueryMisbehaviorResponse;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.QueryHandler;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Who has how much power: for other modules, and for anybody who decides blocks alone and who
 * misbehaved.
 */
final class PowerQueries {
  private static final String SERVICE = "/segue.staking.v1.Query/";

  /** Most delegations of an account that are read; of one with more, the validators are asked. */
  static final int MAX_DELEGATIONS_READ = 1_000;

  private final Addresses addresses;

  PowerQueries(Addresses addresses) {
    this.addresses = addresses;
  }

  void addTo(Map<String, QueryHandler> handlers) {
    handlers.put(
        SERVICE + "BondedPower", new Internal<>(BondedPowerRequest.parser(), this::bondedPower));
    handlers.put(
        SERVICE + "DelegationsOf",
        new Internal<>(DelegationsOfRequest.parser(), this::delegationsOf));
    handlers.put(
        SERVICE + "DecidingValidator",
        (context, request) -> {
          Proto.request(QueryDecidingValidatorRequest.parser(), request);
          return deciding(context).toByteArray();
        });
    handlers.put(
        SERVICE + "Misbehavior",
        (context, request) ->
            misbehavior(context, Proto.request(QueryMisbehaviorRequest.parser(), request))
                .toByteArray());
  }

  private Message bondedPower(Context context, BondedPowerRequest request) {
    BondedPowerResponse.Builder response = BondedPowerResponse.newBuilder();
    BigInteger[] total = {BigInteger.ZERO};
    new Stakes(context.store())
        .forEachBonded(
            validator -> {
              total[0] = total[0].add(Stakes.tokens(validator));
              ByteString operator = operator(validator.getOperatorAddress());
              response
                  .addValidatorsBuilder()
                  .setAccount(operator)
                  .setOperator(operator)
                  .setTokens(validator.getTokens())
                  .setShares(pointed(validator.getDelegatorShares()));
            });
    return response.setTotal(total[0].toString()).build();
  }

  /**
   * Costs no more than a limited number of reads, however many validators somebody delegates to:
   * where those are too many, each bonded one is asked.
   */
  private Message delegationsOf(Context context, DelegationsOfRequest request) {
    byte[] delegator = request.getDelegator().toByteArray();
    Stakes stakes = new Stakes(context.store());
    List<Delegation> all = new ArrayList<>();
    boolean complete;
    try (KVIterator rows =
        context.store().prefix(StakingKeys.of(StakingKeys.DELEGATION, delegator))) {
      boolean more = rows.next();
      while (more && all.size() < MAX_DELEGATIONS_READ) {
        all.add(Proto.stored(Delegation.parser(), rows.value()));
        more = rows.next();
      }
      complete = !more;
    }
    if (!complete) {
      all.clear();
      stakes.forEachBonded(
          validator -> {
            byte[] operator = addresses.parseOperator(validator.getOperatorAddress());
            Delegation delegation = stakes.delegation(delegator, operator);
            if (delegation != null) {
              all.add(delegation);
            }
          });
    }
    DelegationsOfResponse.Builder response = DelegationsOfResponse.newBuilder();
    for (Delegation delegation : all) {
      response
          .addDelegationsBuilder()
          .setValidator(operator(delegation.getValidatorAddress()))
          .setShares(pointed(delegation.getShares()));
    }
    return response.build();
  }

  private static Message deciding(Context context) {
    byte[] operator = new DecidingValidator(context.store()).operator();
    if (operator == null) {
      return QueryDecidingValidatorResponse.getDefaultInstance();
    }
    Validator validator = new Stakes(context.store()).indexed(operator);
    long power = Stakes.power(validator);
    return QueryDecidingValidatorResponse.newBuilder()
        .setOperatorAddress(validator.getOperatorAddress())
        .setPower(power)
        .setRoom(DecidingValidator.room(power))
        .build();
  }

  private Message misbehavior(Context context, QueryMisbehaviorRequest request) {
    byte[] operator =
        addresses.parseOperator(StakingQueries.required("validator", request.getValidatorAddr()));
    Validator validator = new Stakes(context.store()).require(operator);
    Misbehavior last = new Misbehaviors(context.store()).last(ConsensusKeys.address(validator));
    return last == null
        ? QueryMisbehaviorResponse.getDefaultInstance()
        : QueryMisbehaviorResponse.newBuilder().setMisbehavior(last).build();
  }

  private ByteString operator(String text) {
    return ByteString.copyFrom(addresses.parseOperator(text));
  }

  private static String pointed(String scaled) {
    return Dec.parseScaled(scaled).pointed();
  }

  /** A question of another module. */
  private record Internal<T>(Parser<T> parser, BiFunction<Context, T, Message> answer)
      implements QueryHandler {
    @Override
    public byte[] query(Context context, byte[] request) {
      return answer.apply(context, Proto.request(parser, request)).toByteArray();
    }

    @Override
    public boolean internal() {
      return true;
    }
  }
}
