package io.segue.bundles.staking;

import static io.segue.bundles.staking.StakingChain.A;
import static io.segue.bundles.staking.StakingChain.ADDRESSES;
import static io.segue.bundles.staking.StakingChain.OPERATOR;
import static io.segue.bundles.staking.StakingChain.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.segue.bundles.sdk.proto.staking.BondedPowerRequest;
import io.segue.bundles.sdk.proto.staking.BondedPowerResponse;
import io.segue.bundles.sdk.proto.staking.DelegationResponse;
import io.segue.bundles.sdk.proto.staking.DelegationsOfRequest;
import io.segue.bundles.sdk.proto.staking.DelegationsOfResponse;
import io.segue.bundles.sdk.proto.staking.QueryDelegationRequest;
import io.segue.bundles.sdk.proto.staking.QueryDelegationResponse;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorDelegationsRequest;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorDelegationsResponse;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorUnbondingDelegationsRequest;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorValidatorRequest;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorValidatorResponse;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorValidatorsRequest;
import io.segue.bundles.sdk.proto.staking.QueryDelegatorValidatorsResponse;
import io.segue.bundles.sdk.proto.staking.QueryHistoricalInfoRequest;
import io.segue.bundles.sdk.proto.staking.QueryRedelegationsRequest;
import io.segue.bundles.sdk.proto.staking.QueryUnbondingDelegationRequest;
import io.segue.bundles.sdk.proto.staking.QueryValidatorDelegationsRequest;
import io.segue.bundles.sdk.proto.staking.QueryValidatorDelegationsResponse;
import io.segue.bundles.sdk.proto.staking.QueryValidatorRequest;
import io.segue.bundles.sdk.proto.staking.QueryValidatorResponse;
import io.segue.bundles.sdk.proto.staking.QueryValidatorUnbondingDelegationsRequest;
import io.segue.bundles.sdk.proto.staking.QueryValidatorsRequest;
import io.segue.bundles.sdk.proto.staking.QueryValidatorsResponse;
import io.segue.bundles.staking.query.PowerQueries;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Staking's answers: bytes recorded from a Cosmos SDK 0.50 chain, and its errors. */
class StakingQueriesTest {
  private final StakingChain chain = StakingChain.startedWith(StakingChain.GENESIS);

  @AfterEach
  void close() {
    chain.close();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/queries.csv", delimiter = ' ')
  void answersWithTheBytesThatWereRecorded(String method, String response) {
    QueryResponse answer =
        chain.chain().query("/cosmos.staking.v1beta1.Query/" + method, new byte[0]);

    assertThat(answer.log()).isEmpty();
    assertThat(HexFormat.of().formatHex(answer.value())).isEqualTo(response);
  }

  @Test
  void filtersValidatorsByStatus() throws Exception {
    assertThat(validators("BOND_STATUS_BONDED").getValidatorsCount()).isEqualTo(1);
    assertThat(validators("BOND_STATUS_UNBONDED").getValidatorsCount()).isZero();
  }

  /** A tally asks for what each voter delegated: it must not read without end. */
  @Test
  void readsNoMoreDelegationsOfAVoterThanALimit() throws Exception {
    assertThat(delegationsOf(chain, A)).isEqualTo(1);
    int many = PowerQueries.MAX_DELEGATIONS_READ + 1;
    try (StakingChain other = StakingChain.ofManyValidators(many)) {
      assertThat(delegationsOf(other, A)).as("the bonded validator alone is asked").isEqualTo(1);
    }
  }

  private static int delegationsOf(StakingChain chain, String account) throws Exception {
    byte[] request =
        DelegationsOfRequest.newBuilder()
            .setDelegator(ByteString.copyFrom(StakingChain.ADDRESSES.parseAccount(account)))
            .build()
            .toByteArray();
    return DelegationsOfResponse.parseFrom(
            chain.chain().query("/segue.staking.v1.Query/DelegationsOf", request).value())
        .getDelegationsCount();
  }

  @Test
  void answersBothSidesOfADelegation() throws Exception {
    QueryValidatorDelegationsResponse delegations =
        QueryValidatorDelegationsResponse.parseFrom(
            answered(
                "ValidatorDelegations",
                QueryValidatorDelegationsRequest.newBuilder().setValidatorAddr(OPERATOR).build()));
    assertThat(delegations.getDelegationResponsesList()).isNotEmpty();
    assertThat(delegations.getPagination().getTotal())
        .isEqualTo(delegations.getDelegationResponsesCount());
    QueryDelegatorValidatorsResponse validators =
        QueryDelegatorValidatorsResponse.parseFrom(
            answered(
                "DelegatorValidators",
                QueryDelegatorValidatorsRequest.newBuilder().setDelegatorAddr(OWNER).build()));
    assertThat(validators.getValidators(0).getOperatorAddress()).isEqualTo(OPERATOR);
    assertThat(
            QueryDelegatorValidatorResponse.parseFrom(
                    answered(
                        "DelegatorValidator",
                        QueryDelegatorValidatorRequest.newBuilder()
                            .setDelegatorAddr(OWNER)
                            .setValidatorAddr(OPERATOR)
                            .build()))
                .getValidator())
        .isEqualTo(validators.getValidators(0));
  }

  @Test
  void answersWithEmptyListsWhereNothingIsOnItsWay() throws Exception {
    assertThat(
            answered(
                "ValidatorUnbondingDelegations",
                QueryValidatorUnbondingDelegationsRequest.newBuilder()
                    .setValidatorAddr(OPERATOR)
                    .build()))
        .containsExactly(0x12, 0);
    assertThat(
            answered(
                "DelegatorUnbondingDelegations",
                QueryDelegatorUnbondingDelegationsRequest.newBuilder()
                    .setDelegatorAddr(OWNER)
                    .build()))
        .containsExactly(0x12, 0);
    assertThat(
            answered(
                "Redelegations",
                QueryRedelegationsRequest.newBuilder().setDelegatorAddr(OWNER).build()))
        .containsExactly(0x12, 0);
    assertRefused(
        "UnbondingDelegation",
        QueryUnbondingDelegationRequest.newBuilder()
            .setDelegatorAddr(OWNER)
            .setValidatorAddr(OPERATOR)
            .build(),
        22,
        "rpc error: code = NotFound desc = unbonding delegation with delegator "
            + OWNER
            + " not found for validator "
            + OPERATOR
            + ": key not found");
    assertRefused(
        "HistoricalInfo",
        QueryHistoricalInfoRequest.newBuilder().setHeight(5).build(),
        22,
        "rpc error: code = NotFound desc = historical info for height 5 not found: key not found");
  }

  private byte[] answered(String method, Message request) {
    QueryResponse answer = chain.query(method, request);
    assertThat(answer.log()).isEmpty();
    return answer.value();
  }

  @Test
  void refusesAStatusThatThereIsNot() {
    assertRefused(
        "Validators",
        QueryValidatorsRequest.newBuilder().setStatus("FOO").build(),
        18,
        "rpc error: code = InvalidArgument desc = invalid validator status FOO: invalid request");
  }

  @Test
  void answersOneValidator() throws Exception {
    QueryResponse answer =
        chain.query(
            "Validator", QueryValidatorRequest.newBuilder().setValidatorAddr(OPERATOR).build());

    assertThat(QueryValidatorResponse.parseFrom(answer.value()).getValidator().getTokens())
        .isEqualTo("1000000000");
  }

  @Test
  void doesNotFindAValidatorThatIsNotThere() {
    String other = ADDRESSES.operator(ADDRESSES.parseAccount(A));
    assertRefused(
        "Validator",
        QueryValidatorRequest.newBuilder().setValidatorAddr(other).build(),
        22,
        "rpc error: code = NotFound desc = validator " + other + " not found: key not found");
  }

  @Test
  void answersADelegationWithWhatItIsWorth() throws Exception {
    DelegationResponse delegation =
        QueryDelegationResponse.parseFrom(
                chain
                    .query(
                        "Delegation",
                        QueryDelegationRequest.newBuilder()
                            .setDelegatorAddr(A)
                            .setValidatorAddr(OPERATOR)
                            .build())
                    .value())
            .getDelegationResponse();

    assertThat(delegation.getDelegation().getShares()).isEqualTo("7000000000000000000");
    assertThat(delegation.getBalance().getAmount()).isEqualTo("7");
    assertThat(delegation.getBalance().getDenom()).isEqualTo("stake");
  }

  @Test
  void doesNotFindADelegationThatIsNotThere() {
    String nobody = ADDRESSES.account(new byte[20]);
    assertRefused(
        "Delegation",
        QueryDelegationRequest.newBuilder()
            .setDelegatorAddr(nobody)
            .setValidatorAddr(OPERATOR)
            .build(),
        22,
        "rpc error: code = NotFound desc = delegation with delegator "
            + nobody
            + " not found for validator "
            + OPERATOR
            + ": key not found");
  }

  @Test
  void answersTheDelegationsOfAnAccount() throws Exception {
    assertThat(delegationsOf(OWNER).getDelegationResponsesCount()).isEqualTo(1);
    assertThat(delegationsOf(ADDRESSES.account(new byte[20])).getDelegationResponsesList())
        .isEmpty();
  }

  @Test
  void tellsGovernanceWhoHasVotingPower() throws Exception {
    BondedPowerResponse power =
        BondedPowerResponse.parseFrom(
            chain
                .chain()
                .query(
                    "/segue.staking.v1.Query/BondedPower",
                    BondedPowerRequest.getDefaultInstance().toByteArray())
                .value());
    DelegationsOfResponse delegations =
        DelegationsOfResponse.parseFrom(
            chain
                .chain()
                .query(
                    "/segue.staking.v1.Query/DelegationsOf",
                    DelegationsOfRequest.newBuilder()
                        .setDelegator(ByteString.copyFrom(ADDRESSES.parseAccount(A)))
                        .build()
                        .toByteArray())
                .value());

    ByteString operator = ByteString.copyFrom(ADDRESSES.parseOperator(OPERATOR));
    assertThat(power.getTotal()).isEqualTo("1000000000");
    assertThat(power.getValidators(0).getAccount()).isEqualTo(operator);
    assertThat(power.getValidators(0).getOperator()).isEqualTo(operator);
    assertThat(power.getValidators(0).getShares()).isEqualTo("1000000000.000000000000000000");
    assertThat(delegations.getDelegations(0).getValidator()).isEqualTo(operator);
    assertThat(delegations.getDelegations(0).getShares()).isEqualTo("7.000000000000000000");
  }

  private QueryValidatorsResponse validators(String status) throws Exception {
    return QueryValidatorsResponse.parseFrom(
        chain
            .query("Validators", QueryValidatorsRequest.newBuilder().setStatus(status).build())
            .value());
  }

  private QueryDelegatorDelegationsResponse delegationsOf(String account) throws Exception {
    return QueryDelegatorDelegationsResponse.parseFrom(
        chain
            .query(
                "DelegatorDelegations",
                QueryDelegatorDelegationsRequest.newBuilder().setDelegatorAddr(account).build())
            .value());
  }

  private void assertRefused(String method, Message request, int code, String log) {
    QueryResponse answer = chain.query(method, request);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.log()).isEqualTo(log);
  }
}
