package io.segue.bundles.staking;

import static io.segue.bundles.staking.DelegationTest.refused;
import static io.segue.bundles.staking.StakingChain.A;
import static io.segue.bundles.staking.StakingChain.OWNER;
import static io.segue.bundles.staking.StakingChain.offer;
import static io.segue.bundles.staking.StakingChain.operatorOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import io.segue.bundles.sdk.proto.staking.CommissionRates;
import io.segue.bundles.sdk.proto.staking.Description;
import io.segue.bundles.sdk.proto.staking.MsgCreateValidator;
import io.segue.bundles.sdk.proto.staking.MsgEditValidator;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Accounts offer to validate, and say later something else of themselves. */
class ValidatorMessagesTest {
  private static final String FIRST = operatorOf(A);

  private final StakingChain chain = StakingChain.ofHolders();

  @AfterEach
  void close() {
    chain.close();
  }

  @Test
  void createsAValidatorWithItsOwnDelegation() throws Exception {
    ExecTxResult result = chain.succeed(offer(A, 1, 5_000_000).build());

    Validator validator = chain.validator(FIRST);
    assertThat(validator.getTokens()).isEqualTo("5000000");
    assertThat(validator.getDelegatorShares()).isEqualTo("5000000000000000000000000");
    assertThat(validator.getMinSelfDelegation()).isEqualTo("1000000");
    assertThat(validator.getCommission().getUpdateTime().getSeconds()).isPositive();
    assertThat(chain.delegated(A, FIRST)).isEqualTo(5_000_000);
    assertThat(StakingChain.events(result.events(), "create_validator"))
        .containsExactly("validator=" + FIRST + ", amount=5000000stake, msg_index=0");
  }

  @Test
  void refusesAnOfferAsTheSdkDoes() {
    refusesOffer(m -> m.setValidatorAddress(operatorOf(OWNER)), "staking", 4, "operator address");
    refusesOffer(m -> m.clearPubkey(), "staking", 39, "empty validator public key");
    refusesOffer(
        m -> m.setPubkey(Any.getDefaultInstance()), "staking", 6, "pubkey type is not supported");
    refusesOffer(m -> m.clearDescription(), "sdk", 18, "empty description: invalid request");
    refusesOffer(m -> m.clearCommission(), "sdk", 18, "empty commission: invalid request");
    refusesOffer(m -> m.clearMinSelfDelegation(), "sdk", 18, "must be a positive integer");
    refusesOffer(m -> m.setMinSelfDelegation("5000001"), "staking", 16, "self delegation must be");
    refusesOffer(m -> m.setMinSelfDelegation("x"), "sdk", 2, "tx parse error");
    refusesOffer(
        m -> m.setDescription(Description.newBuilder().setMoniker("x".repeat(71))),
        "sdk",
        18,
        "invalid moniker length; got: 71, max: 70: invalid request");
    refusesOffer(
        m -> m.setDescription(Description.newBuilder().setDetails("ü".repeat(141))),
        "sdk",
        18,
        "invalid details length; got: 282, max: 280: invalid request");
    chain.succeed(offer(StakingChain.B, 1, 5_000_000).build());
    refusesOffer(m -> {}, "staking", 5, "validator already exist for this pubkey");
  }

  @Test
  void refusesCommissionsAsTheSdkDoes() {
    refusesRates("-1", "1", "1", 9, "commission must be positive");
    refusesRates("0", "1000000000000000001", "0", 10, "commission cannot be more than 100%");
    refusesRates("2", "1", "0", 11, "commission cannot be more than the max rate");
    refusesRates("0", "1", "-1", 13, "commission change rate must be positive");
    refusesRates("0", "1", "2", 14, "commission change rate cannot be more than the max rate");
  }

  @Test
  void changesWhatAValidatorSaysOfItself() throws Exception {
    chain.succeed(offer(A, 1, 5_000_000).build());
    ExecTxResult result =
        chain.succeed(
            edit(
                m ->
                    m.setDescription(
                            Description.newBuilder()
                                .setMoniker("[do-not-modify]")
                                .setDetails("new"))
                        .setMinSelfDelegation("2000000")));

    Validator validator = chain.validator(FIRST);
    assertThat(validator.getDescription().getMoniker()).isEqualTo("v1");
    assertThat(validator.getDescription().getDetails()).isEqualTo("new");
    assertThat(validator.getMinSelfDelegation()).isEqualTo("2000000");
    assertThat(StakingChain.events(result.events(), "edit_validator").get(0))
        .startsWith(
            "commission_rate=commission_rates:<rate:\"100000000000000000\""
                + " max_rate:\"200000000000000000\" max_change_rate:\"10000000000000000\" >"
                + " update_time:<seconds:")
        .endsWith("min_self_delegation=2000000, msg_index=0");
    chain.requireThatItExports();
  }

  @Test
  void refusesAChangeAsTheSdkDoes() {
    refused(chain.run(edit(m -> {})), "staking", 3, "validator does not exist");
    chain.succeed(offer(A, 1, 5_000_000).build());
    refused(chain.run(edit(m -> m.clearDescription())), "sdk", 18, "empty description: invalid");
    refused(
        chain.run(edit(m -> m.setMinSelfDelegation("1000000"))),
        "staking",
        17,
        "minimum self delegation cannot be decrease");
    refused(
        chain.run(edit(m -> m.setMinSelfDelegation("5000001"))), "staking", 16, "self delegation");
    refused(
        chain.run(edit(m -> m.setCommissionRate("1000000000000000001"))),
        "sdk",
        18,
        "commission rate must be between 0 and 1 (inclusive): invalid request");
    refused(
        chain.run(edit(m -> m.setCommissionRate("110000000000000000"))),
        "staking",
        12,
        "commission cannot be changed more than once in 24h");
  }

  private void refusesRates(String rate, String max, String change, int code, String reason) {
    refusesOffer(
        m ->
            m.setCommission(
                CommissionRates.newBuilder()
                    .setRate(rate)
                    .setMaxRate(max)
                    .setMaxChangeRate(change)),
        "staking",
        code,
        reason);
  }

  private void refusesOffer(
      Consumer<MsgCreateValidator.Builder> change, String codespace, int code, String reason) {
    MsgCreateValidator.Builder message = offer(A, 1, 5_000_000);
    change.accept(message);
    refused(chain.run(message.build()), codespace, code, reason);
  }

  private static MsgEditValidator edit(Consumer<MsgEditValidator.Builder> change) {
    MsgEditValidator.Builder message =
        MsgEditValidator.newBuilder()
            .setValidatorAddress(FIRST)
            .setDescription(Description.newBuilder().setMoniker("new"));
    change.accept(message);
    return message.build();
  }
}
