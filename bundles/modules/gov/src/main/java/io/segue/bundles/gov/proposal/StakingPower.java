package io.segue.bundles.gov.proposal;

import com.google.protobuf.ByteString;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.proto.staking.BondedPowerRequest;
import io.segue.bundles.sdk.proto.staking.BondedPowerResponse;
import io.segue.bundles.sdk.proto.staking.DelegationsOfRequest;
import io.segue.bundles.sdk.proto.staking.DelegationsOfResponse;
import io.segue.bundles.sdk.service.Client;
import io.segue.kernel.api.module.Context;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Who has how much power, as staking says at this moment. */
final class StakingPower {
  private StakingPower() {}

  /** All bonded tokens, and the validators that they are bonded to. */
  record Bonded(BigInteger total, List<Validator> validators) {}

  /**
   * A bonded validator.
   *
   * @param account raw address, of its operator and of the account that votes for it
   * @param tokens bonded to it
   * @param shares in those tokens that its delegators hold together
   */
  record Validator(ByteString account, BigInteger tokens, Dec shares) {}

  /** What an account delegated to a validator. */
  record Delegation(ByteString validator, Dec shares) {}

  static Bonded bonded(Context context) {
    BondedPowerResponse power =
        Client.of(context)
            .query(
                BondedPowerRequest.getDefaultInstance(), BondedPowerResponse.getDefaultInstance());
    List<Validator> validators = new ArrayList<>(power.getValidatorsCount());
    for (BondedPowerResponse.Validator validator : power.getValidatorsList()) {
      validators.add(
          new Validator(
              validator.getAccount(),
              new BigInteger(validator.getTokens()),
              Dec.parse(validator.getShares())));
    }
    return new Bonded(new BigInteger(power.getTotal()), validators);
  }

  static List<Delegation> delegationsOf(Context context, byte[] account) {
    DelegationsOfRequest request =
        DelegationsOfRequest.newBuilder().setDelegator(ByteString.copyFrom(account)).build();
    List<Delegation> delegations = new ArrayList<>();
    for (DelegationsOfResponse.Delegation delegation :
        Client.of(context)
            .query(request, DelegationsOfResponse.getDefaultInstance())
            .getDelegationsList()) {
      delegations.add(new Delegation(delegation.getValidator(), Dec.parse(delegation.getShares())));
    }
    return delegations;
  }
}
