package io.segue.bundles.staking;

import static io.segue.bundles.staking.DelegationTest.refused;
import static io.segue.bundles.staking.StakingChain.A;
import static io.segue.bundles.staking.StakingChain.B;
import static io.segue.bundles.staking.StakingChain.OPERATOR;
import static io.segue.bundles.staking.StakingChain.OWNER;
import static io.segue.bundles.staking.StakingChain.UNBONDING_BLOCKS;
import static io.segue.bundles.staking.StakingChain.operatorOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.staking.BondStatus;
import io.segue.bundles.sdk.proto.staking.MsgUpdateParams;
import io.segue.bundles.sdk.proto.staking.Params;
import io.segue.bundles.sdk.proto.staking.QueryDecidingValidatorRequest;
import io.segue.bundles.sdk.proto.staking.QueryDecidingValidatorResponse;
import io.segue.bundles.sdk.proto.staking.QueryParamsRequest;
import io.segue.bundles.sdk.proto.staking.QueryParamsResponse;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Who is bonded follows stake. The recorded validator has a power of 1000 and decides alone, so
 * that the others together may have 499.
 */
class ValidatorSetTest {
  private static final String FIRST = operatorOf(A);
  private static final String SECOND = operatorOf(B);

  private final StakingChain chain = StakingChain.ofHolders();

  @AfterEach
  void close() {
    chain.close();
  }

  @Test
  void bondsAValidatorWithPowerAndTellsConsensus() throws Exception {
    assertThat(updates(StakingChain.offer(A, 1, 7_999_999).build())).containsExactly("1:7");
    assertThat(status(FIRST)).isEqualTo(BondStatus.BOND_STATUS_BONDED);
    assertThat(updates(chain.delegation(B, FIRST, 1))).containsExactly("1:8");
    assertThat(updates(chain.delegation(B, FIRST, 1))).as("no unit of power more").isEmpty();
    chain.requireThatItExports();
  }

  @Test
  void leavesAValidatorWithoutPowerUnbonded() throws Exception {
    assertThat(updates(StakingChain.offer(A, 1, 999_999).setMinSelfDelegation("1").build()))
        .isEmpty();
    assertThat(status(FIRST)).isEqualTo(BondStatus.BOND_STATUS_UNBONDED);
    chain.requireThatItExports();
  }

  @Test
  void leavesTheOneThatDecidesMoreThanTwoThirds() throws Exception {
    assertThat(updates(StakingChain.offer(A, 1, 500_000_000).build())).isEmpty();
    assertThat(status(FIRST)).isEqualTo(BondStatus.BOND_STATUS_UNBONDED);
    assertThat(updates(StakingChain.offer(B, 2, 499_000_000).build())).containsExactly("2:499");
    assertThat(updates(chain.delegation(OWNER, OPERATOR, 2_000_000)))
        .as("the largest fits, and leaves no room for the other")
        .containsExactly("p4:1002", "1:500", "2:0");
    assertThat(status(SECOND)).isEqualTo(BondStatus.BOND_STATUS_UNBONDING);
    chain.requireThatItExports();
    chain.wait(UNBONDING_BLOCKS);
    assertThat(status(SECOND)).isEqualTo(BondStatus.BOND_STATUS_UNBONDED);

    QueryDecidingValidatorResponse deciding =
        QueryDecidingValidatorResponse.parseFrom(
            chain
                .chain()
                .query(
                    "/segue.staking.v1.Query/DecidingValidator",
                    QueryDecidingValidatorRequest.getDefaultInstance().toByteArray())
                .value());
    assertThat(deciding.getOperatorAddress()).isEqualTo(OPERATOR);
    assertThat(deciding.getRoom()).isEqualTo(500);
  }

  @Test
  void theOneThatDecidesStaysHoweverMuchIsTakenOut() throws Exception {
    chain.succeed(StakingChain.offer(A, 1, 300_000_000).build());
    assertThat(updates(chain.undelegation(OWNER, OPERATOR, 999_000_000)))
        .as("the other one has too much beside it now")
        .containsExactly("p4:1", "1:0");
    refused(
        chain.run(chain.undelegation(OWNER, OPERATOR, 1)),
        "sdk",
        18,
        "decides the blocks of this chain and would be left with 999999stake, it needs"
            + " 1000000stake; take out less");
    refused(chain.run(chain.redelegation(A, OPERATOR, FIRST, 1)), "sdk", 18, "decides the blocks");
    assertThat(status(OPERATOR)).isEqualTo(BondStatus.BOND_STATUS_BONDED);
    chain.requireThatItExports();
  }

  @Test
  void itsOperatorKeepsWhatItPromised() {
    chain.succeed(chain.delegation(A, OPERATOR, 5_000_000));
    refused(
        chain.run(chain.undelegation(OWNER, OPERATOR, 999_999_993)),
        "staking",
        16,
        "decides the blocks of this chain: validator's self delegation must be greater");
  }

  @Test
  void isJailedWhileItsOperatorHoldsTooLittle() throws Exception {
    chain.succeed(StakingChain.offer(A, 1, 2_000_000).setMinSelfDelegation("1500000").build());
    chain.succeed(chain.delegation(B, FIRST, 5_000_000));

    assertThat(updates(chain.undelegation(A, FIRST, 500_001))).containsExactly("1:0");
    assertThat(chain.validator(FIRST).getJailed()).isTrue();
    assertThat(status(FIRST)).isEqualTo(BondStatus.BOND_STATUS_UNBONDING);
    chain.requireThatItExports();

    assertThat(updates(chain.delegation(A, FIRST, 1))).containsExactly("1:6");
    assertThat(chain.validator(FIRST).getJailed()).isFalse();
    chain.requireThatItExports();
  }

  @Test
  void aValidatorThatNobodyDelegatesToEndsWithItsUnbonding() throws Exception {
    chain.succeed(StakingChain.offer(A, 1, 2_000_000).build());
    chain.succeed(chain.undelegation(A, FIRST, 2_000_000));
    chain.wait(UNBONDING_BLOCKS - 1);
    assertThat(chain.validator(FIRST).getOperatorAddress()).isEqualTo(FIRST);
    chain.wait(1);

    assertThat(chain.validator(FIRST).getOperatorAddress()).isEmpty();
    assertThat(chain.balance(A)).isEqualTo(Long.parseLong(StakingChain.RICH));
    chain.requireThatItExports();
    chain.succeed(StakingChain.offer(A, 1, 2_000_000).build());
  }

  @Test
  void bondsTheStrongestWhereThereIsRoomForFewer() throws Exception {
    chain.succeed(StakingChain.offer(A, 1, 5_000_000).build());
    chain.succeed(StakingChain.offer(B, 2, 6_000_000).build());
    assertThat(updates(params(p -> p.setMaxValidators(2)))).containsExactly("1:0");
    assertThat(updates(chain.delegation(A, FIRST, 2_000_000))).containsExactly("1:7", "2:0");
    assertThat(updates(params(p -> p.setMaxValidators(1)))).containsExactly("1:0");
    chain.requireThatItExports();
  }

  @Test
  void bondsByPowerAloneWhereNobodyDecidesAlone() throws Exception {
    String nobody = "\"redelegations\": [], \"deciding_validator\": \"\"";
    try (StakingChain other = StakingChain.ofHolders("\"redelegations\": []", nobody)) {
      other.succeed(other.undelegation(OWNER, OPERATOR, 999_999_993));
      assertThat(other.validator(OPERATOR).getJailed()).isTrue();
      assertThat(other.validator(OPERATOR).getStatus())
          .as("consensus can't be without validators")
          .isEqualTo(BondStatus.BOND_STATUS_BONDED);

      other.succeed(StakingChain.offer(A, 1, 5_000_000_000L).build());
      assertThat(other.validator(FIRST).getStatus()).isEqualTo(BondStatus.BOND_STATUS_BONDED);
      assertThat(other.validator(OPERATOR).getStatus()).isEqualTo(BondStatus.BOND_STATUS_UNBONDING);
      other.requireThatItExports();
    }
  }

  private BondStatus status(String operator) throws Exception {
    return chain.validator(operator).getStatus();
  }

  /** What consensus is told after a message, by the first byte of the key: {@code 1:7}. */
  private List<String> updates(Message message) {
    var result = chain.chain().block(StakingChain.tx(message));
    assertThat(result.txResults().get(0).log()).isEmpty();
    return result.validatorUpdates().stream()
        .map(
            update ->
                (update.publicKey()[1] == 0 ? "" + update.publicKey()[0] : "p4")
                    + ":"
                    + update.power())
        .toList();
  }

  private Message params(Consumer<Params.Builder> change) throws Exception {
    Params.Builder params =
        QueryParamsResponse.parseFrom(
            chain.query("Params", QueryParamsRequest.getDefaultInstance()).value())
            .getParams()
            .toBuilder();
    change.accept(params);
    return MsgUpdateParams.newBuilder()
        .setAuthority(StakingChain.ADDRESSES.account(Addresses.module("gov")))
        .setParams(params)
        .build();
  }
}
