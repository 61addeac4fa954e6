package io.segue.bundles.staking.state;

import com.google.protobuf.Timestamp;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.proto.staking.Commission;
import io.segue.bundles.sdk.proto.staking.CommissionRates;
import io.segue.bundles.sdk.proto.staking.MsgBeginRedelegate;
import io.segue.bundles.sdk.proto.staking.MsgCancelUnbondingDelegation;
import io.segue.bundles.sdk.proto.staking.MsgDelegate;
import io.segue.bundles.sdk.proto.staking.MsgUndelegate;
import io.segue.bundles.sdk.proto.staking.Redelegation;
import io.segue.bundles.sdk.proto.staking.UnbondingDelegation;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.kernel.api.abci.Abci;
import io.segue.kernel.api.abci.Abci.Event;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The events by which clients and explorers follow staking. */
public final class StakingEvents {
  private static final String VALIDATOR = "validator";
  private static final String DELEGATOR = "delegator";
  private static final String AMOUNT = "amount";
  private static final String SOURCE = "source_validator";
  private static final String DESTINATION = "destination_validator";
  private static final String COMPLETION = "completion_time";

  private StakingEvents() {}

  public static Event validatorCreated(String operator, Coins.Amount amount) {
    return Event.of("create_validator", VALIDATOR, operator, AMOUNT, amount.toString());
  }

  public static Event validatorEdited(Validator validator) {
    return Event.of(
        "edit_validator",
        "commission_rate",
        commission(validator),
        "min_self_delegation",
        validator.getMinSelfDelegation());
  }

  public static Event delegated(MsgDelegate message, Coins.Amount amount, Dec shares) {
    return Event.of(
        "delegate",
        VALIDATOR,
        message.getValidatorAddress(),
        DELEGATOR,
        message.getDelegatorAddress(),
        AMOUNT,
        amount.toString(),
        "new_shares",
        shares.pointed());
  }

  public static Event unbonding(MsgUndelegate message, Coins.Amount amount, Instant completion) {
    return Event.of(
        "unbond",
        VALIDATOR,
        message.getValidatorAddress(),
        DELEGATOR,
        message.getDelegatorAddress(),
        AMOUNT,
        amount.toString(),
        COMPLETION,
        time(completion));
  }

  public static Event redelegating(
      MsgBeginRedelegate message, Coins.Amount amount, Instant completion) {
    return Event.of(
        "redelegate",
        SOURCE,
        message.getValidatorSrcAddress(),
        DESTINATION,
        message.getValidatorDstAddress(),
        AMOUNT,
        amount.toString(),
        COMPLETION,
        time(completion));
  }

  public static Event unbondingCancelled(
      MsgCancelUnbondingDelegation message, Coins.Amount amount) {
    return Event.of(
        "cancel_unbonding_delegation",
        AMOUNT,
        amount.toString(),
        VALIDATOR,
        message.getValidatorAddress(),
        DELEGATOR,
        message.getDelegatorAddress(),
        "creation_height",
        Long.toString(message.getCreationHeight()));
  }

  public static Event misbehaved(
      Abci.Misbehavior evidence,
      String type,
      String consensusAddress,
      String operator,
      boolean jailed) {
    return Event.of(
        "misbehavior",
        "type",
        type,
        "address",
        consensusAddress,
        VALIDATOR,
        operator,
        "height",
        Long.toString(evidence.height()),
        "power",
        Long.toString(evidence.power()),
        "jailed",
        Boolean.toString(jailed));
  }

  public static Event unbonded(UnbondingDelegation unbonding, Coins amount) {
    return Event.of(
        "complete_unbonding",
        AMOUNT,
        amount.toString(),
        VALIDATOR,
        unbonding.getValidatorAddress(),
        DELEGATOR,
        unbonding.getDelegatorAddress());
  }

  public static Event redelegated(Redelegation redelegation, Coins amount) {
    return Event.of(
        "complete_redelegation",
        AMOUNT,
        amount.toString(),
        DELEGATOR,
        redelegation.getDelegatorAddress(),
        SOURCE,
        redelegation.getValidatorSrcAddress(),
        DESTINATION,
        redelegation.getValidatorDstAddress());
  }

  /** A commission as the Cosmos SDK prints it: compact protobuf text. */
  private static String commission(Validator validator) {
    Commission commission = validator.getCommission();
    CommissionRates rates = commission.getCommissionRates();
    Timestamp updated = commission.getUpdateTime();
    return "commission_rates:<rate:\""
        + rates.getRate()
        + "\" max_rate:\""
        + rates.getMaxRate()
        + "\" max_change_rate:\""
        + rates.getMaxChangeRate()
        + "\" > update_time:<"
        + (updated.getSeconds() == 0 ? "" : "seconds:" + updated.getSeconds() + " ")
        + (updated.getNanos() == 0 ? "" : "nanos:" + updated.getNanos() + " ")
        + "> ";
  }

  /** RFC 3339, without fractions of seconds. */
  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
