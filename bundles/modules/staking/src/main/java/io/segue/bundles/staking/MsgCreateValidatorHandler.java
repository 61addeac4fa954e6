package io.segue.bundles.staking;

import io.segue.bundles.sdk.AccountKey;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.proto.staking.BondStatus;
import io.segue.bundles.sdk.proto.staking.Commission;
import io.segue.bundles.sdk.proto.staking.MsgCreateValidator;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.bundles.staking.state.ConsensusKeys;
import io.segue.bundles.staking.state.StakingErrors;
import io.segue.bundles.staking.state.StakingEvents;
import io.segue.bundles.staking.state.StakingKeeper;
import io.segue.bundles.staking.state.StakingParams;
import io.segue.bundles.staking.validator.Misbehaviors;
import io.segue.kernel.api.module.Context;
import java.math.BigInteger;
import java.util.List;

/** An account offers to validate. Whether it is bonded is decided at the end of the block. */
final class MsgCreateValidatorHandler {
  /** Size of the largest message in bytes: the longest description, and room to spare. */
  static final int MAX_BYTES = 8 * 1024;

  private final Addresses addresses;

  MsgCreateValidatorHandler(Addresses addresses) {
    this.addresses = addresses;
  }

  void check(Context context, MsgCreateValidator message) {
    addresses.operatorMember("invalid validator address", message.getValidatorAddress());
    if (!message.hasPubkey()) {
      throw StakingErrors.emptyKey();
    }
    Coins.Amount amount = amount(message);
    Descriptions.requireAny(message.getDescription());
    commission(context, message);
    BigInteger least = Amounts.minSelfDelegation(message.getMinSelfDelegation());
    if (amount.amount().compareTo(least) < 0) {
      throw StakingErrors.selfDelegationBelowMinimum("");
    }
  }

  void handle(Context context, MsgCreateValidator message) {
    commission(context, message); // its gas is part of what the message costs
    byte[] operator = addresses.parseOperator(message.getValidatorAddress());
    Coins.Amount amount = amount(message);
    StakingKeeper keeper = new StakingKeeper(context.store());
    if (keeper.validator(operator).isPresent()) {
      throw StakingErrors.operatorExists();
    }
    AccountKey.Ed25519 key = key(context, message);
    byte[] consensusAddress = ConsensusKeys.address(key);
    if (keeper.hasConsensusAddress(consensusAddress)
        || new Misbehaviors(context.store()).has(consensusAddress)) {
      throw StakingErrors.keyExists();
    }
    Amounts.requireBondable(keeper, amount);
    Descriptions.requireLengths(message.getDescription());
    keeper.add(operator, validator(context, message, key));
    MsgDelegateHandler.bring(context, addresses, operator, operator, amount);
    context.emit(StakingEvents.validatorCreated(message.getValidatorAddress(), amount));
  }

  private Validator validator(Context context, MsgCreateValidator message, AccountKey.Ed25519 key) {
    Validator.Builder validator =
        Validator.newBuilder()
            .setOperatorAddress(
                addresses.operator(addresses.parseOperator(message.getValidatorAddress())))
            .setConsensusPubkey(key.toAny())
            .setStatus(BondStatus.BOND_STATUS_UNBONDED)
            .setTokens("0")
            .setDelegatorShares(Dec.ZERO.scaled())
            .setDescription(message.getDescription())
            .setCommission(commission(context, message))
            .setMinSelfDelegation(
                Amounts.minSelfDelegation(message.getMinSelfDelegation()).toString());
    validator.getUnbondingTimeBuilder();
    return validator.build();
  }

  private static AccountKey.Ed25519 key(Context context, MsgCreateValidator message) {
    List<String> types = context.consensusParams().validator().orElseThrow().pubKeyTypes();
    AccountKey.Ed25519 key;
    try {
      key = ConsensusKeys.parse(message.getPubkey());
    } catch (IllegalArgumentException e) {
      throw StakingErrors.keyType("pubkey " + e.getMessage());
    }
    if (!types.contains(ConsensusKeys.TYPE)) {
      throw StakingErrors.keyType("got: " + ConsensusKeys.TYPE + ", expected: " + types);
    }
    return key;
  }

  private static Commission commission(Context context, MsgCreateValidator message) {
    Dec least = StakingParams.leastCommission(context);
    return Commissions.first(message.getCommission(), least, context.time());
  }

  private static Coins.Amount amount(MsgCreateValidator message) {
    return Amounts.positive(message.getValue(), "invalid delegation amount");
  }
}
