package io.segue.bundles.staking;

import static io.segue.bundles.staking.DelegationTest.refused;
import static io.segue.bundles.staking.StakingChain.A;
import static io.segue.bundles.staking.StakingChain.B;
import static io.segue.bundles.staking.StakingChain.OPERATOR;
import static io.segue.bundles.staking.StakingChain.UNBONDING_BLOCKS;
import static io.segue.bundles.staking.StakingChain.operatorOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.sdk.proto.staking.QueryRedelegationsRequest;
import io.segue.bundles.sdk.proto.staking.QueryRedelegationsResponse;
import io.segue.bundles.sdk.proto.staking.RedelegationEntryResponse;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stake moves from one validator to another. */
class RedelegationTest {
  private static final String SECOND = operatorOf(B);

  private final StakingChain chain = StakingChain.ofHolders();

  @BeforeEach
  void createTheSecondValidator() {
    chain.succeed(StakingChain.offer(B, 1, 5_000_000).build());
    chain.succeed(chain.delegation(A, OPERATOR, 9_000_000));
  }

  @AfterEach
  void close() {
    chain.close();
  }

  @Test
  void movesAtOnceAndIsForgottenWhenTheTimeIsOver() throws Exception {
    ExecTxResult result = chain.succeed(chain.redelegation(A, OPERATOR, SECOND, 4_000_000));

    assertThat(chain.delegated(A, OPERATOR)).isEqualTo(5_000_007);
    assertThat(chain.delegated(A, SECOND)).isEqualTo(4_000_000);
    assertThat(redelegations().getRedelegationResponses(0).getEntriesList())
        .extracting(RedelegationEntryResponse::getBalance)
        .containsExactly("4000000");
    assertThat(StakingChain.events(result.events(), "redelegate").get(0))
        .startsWith("source_validator=" + OPERATOR + ", destination_validator=" + SECOND)
        .contains("amount=4000000stake");
    chain.requireThatItExports();

    chain.wait(UNBONDING_BLOCKS);
    assertThat(redelegations().getRedelegationResponsesList()).isEmpty();
  }

  @Test
  void doesNotMoveOnBeforeThat() {
    chain.succeed(chain.redelegation(A, OPERATOR, SECOND, 4_000_000));
    refused(
        chain.run(chain.redelegation(A, SECOND, OPERATOR, 1)),
        "staking",
        32,
        "redelegation to this validator already in progress");
    chain.wait(UNBONDING_BLOCKS);
    chain.succeed(chain.redelegation(A, SECOND, OPERATOR, 1));
  }

  @Test
  void refusesWhatTheSdkRefuses() {
    refused(
        chain.run(chain.redelegation(A, OPERATOR, OPERATOR, 1)),
        "staking",
        29,
        "cannot redelegate to the same validator");
    refused(
        chain.run(chain.redelegation(A, OPERATOR, operatorOf(A), 1)),
        "staking",
        31,
        "redelegation destination validator not found");
    refused(
        chain.run(chain.redelegation(A, OPERATOR, SECOND, 9_000_008)),
        "sdk",
        18,
        "invalid shares amount: invalid request");
    for (int i = 0; i < 7; i++) {
      chain.succeed(chain.redelegation(A, OPERATOR, SECOND, 1));
    }
    refused(
        chain.run(chain.redelegation(A, OPERATOR, SECOND, 1)),
        "staking",
        33,
        "too many redelegation entries");
  }

  @Test
  void leavesAnUnbondedValidatorFreely() throws Exception {
    String third = operatorOf(A);
    chain.succeed(StakingChain.offer(A, 2, 999_000).setMinSelfDelegation("1").build());
    chain.succeed(chain.delegation(B, third, 500));
    ExecTxResult result = chain.succeed(chain.redelegation(B, third, SECOND, 500));

    assertThat(StakingChain.events(result.events(), "redelegate").get(0))
        .contains("completion_time=0001-01-01T00:00:00Z");
    assertThat(chain.delegated(B, third)).isZero();
    assertThat(redelegations().getRedelegationResponsesList()).isEmpty();
  }

  private QueryRedelegationsResponse redelegations() throws Exception {
    return QueryRedelegationsResponse.parseFrom(
        chain
            .query(
                "Redelegations", QueryRedelegationsRequest.newBuilder().setDelegatorAddr(A).build())
            .value());
  }
}
