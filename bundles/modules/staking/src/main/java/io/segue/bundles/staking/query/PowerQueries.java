package io.segue.bundles.staking.query;

import com.google.protobuf.ByteString;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.proto.staking.BondedPowerRequest;
import io.segue.bundles.sdk.proto.staking.BondedPowerResponse;
import io.segue.bundles.sdk.proto.staking.Delegation;
import io.segue.bundles.sdk.proto.staking.DelegationsOfRequest;
import io.segue.bundles.sdk.proto.staking.DelegationsOfResponse;
import io.segue.bundles.sdk.proto.staking.QueryDecidingValidatorRequest;
import io.segue.bundles.sdk.proto.staking.QueryDecidingValidatorResponse;
import io.segue.bundles.sdk.proto.staking.QueryMisbehaviorRequest;
import io.segue.bundles.sdk.proto.staking.QueryMisbehaviorResponse;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.bundles.sdk.service.Services;
import io.segue.bundles.staking.state.ConsensusKeys;
import io.segue.bundles.staking.state.StakingKeeper;
import io.segue.bundles.staking.state.StakingState;
import io.segue.bundles.staking.validator.DecidingValidator;
import io.segue.bundles.staking.validator.Misbehaviors;
import io.segue.kernel.api.module.Context;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Who has how much power: for other modules, and for anybody who decides blocks alone and who
 * misbehaved.
 */
public final class PowerQueries {
  /** Most delegations of an account that are read; of one with more, the validators are asked. */
  public static final int MAX_DELEGATIONS_READ = 1_000;

  private final Addresses addresses;

  PowerQueries(Addresses addresses) {
    this.addresses = addresses;
  }

  /** Adds the answers. */
  void addTo(Services.Builder services) {
    services
        .internalQuery(
            BondedPowerRequest.getDefaultInstance(),
            BondedPowerResponse.getDefaultInstance(),
            this::bondedPower)
        .internalQuery(
            DelegationsOfRequest.getDefaultInstance(),
            DelegationsOfResponse.getDefaultInstance(),
            this::delegationsOf)
        .query(
            QueryDecidingValidatorRequest.getDefaultInstance(),
            QueryDecidingValidatorResponse.getDefaultInstance(),
            PowerQueries::deciding)
        .query(
            QueryMisbehaviorRequest.getDefaultInstance(),
            QueryMisbehaviorResponse.getDefaultInstance(),
            this::misbehavior);
  }

  private BondedPowerResponse bondedPower(Context context, BondedPowerRequest request) {
    BondedPowerResponse.Builder response = BondedPowerResponse.newBuilder();
    BigInteger[] total = {BigInteger.ZERO};
    new StakingKeeper(context.store())
        .forEachBonded(
            validator -> {
              total[0] = total[0].add(StakingKeeper.tokens(validator));
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
  private DelegationsOfResponse delegationsOf(Context context, DelegationsOfRequest request) {
    byte[] delegator = request.getDelegator().toByteArray();
    StakingKeeper keeper = new StakingKeeper(context.store());
    List<Delegation> all = new ArrayList<>();
    StakingState.DELEGATIONS
        .entries(
            context.store(),
            StakingState.DELEGATION.startingWith(delegator),
            MAX_DELEGATIONS_READ + 1)
        .forEach(entry -> all.add(entry.second()));
    if (all.size() > MAX_DELEGATIONS_READ) {
      all.clear();
      keeper.forEachBonded(
          validator ->
              keeper
                  .delegation(delegator, addresses.parseOperator(validator.getOperatorAddress()))
                  .ifPresent(all::add));
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

  private static QueryDecidingValidatorResponse deciding(
      Context context, QueryDecidingValidatorRequest request) {
    byte[] operator = new DecidingValidator(context.store()).operator();
    if (operator == null) {
      return QueryDecidingValidatorResponse.getDefaultInstance();
    }
    Validator validator = new StakingKeeper(context.store()).indexed(operator);
    long power = StakingKeeper.power(validator);
    return QueryDecidingValidatorResponse.newBuilder()
        .setOperatorAddress(validator.getOperatorAddress())
        .setPower(power)
        .setRoom(DecidingValidator.room(power))
        .build();
  }

  private QueryMisbehaviorResponse misbehavior(Context context, QueryMisbehaviorRequest request) {
    byte[] operator =
        addresses.parseOperator(StakingQueries.required("validator", request.getValidatorAddr()));
    Validator validator = new StakingKeeper(context.store()).require(operator);
    QueryMisbehaviorResponse.Builder response = QueryMisbehaviorResponse.newBuilder();
    new Misbehaviors(context.store())
        .last(ConsensusKeys.address(validator))
        .ifPresent(response::setMisbehavior);
    return response.build();
  }

  private ByteString operator(String text) {
    return ByteString.copyFrom(addresses.parseOperator(text));
  }

  private static String pointed(String scaled) {
    return Dec.parseScaled(scaled).pointed();
  }
}
