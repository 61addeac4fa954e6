package io.segue.bundles.staking;

import static io.segue.bundles.staking.DelegationTest.refused;
import static io.segue.bundles.staking.StakingChain.A;
import static io.segue.bundles.staking.StakingChain.B;
import static io.segue.bundles.staking.StakingChain.OPERATOR;
import static io.segue.bundles.staking.StakingChain.OWNER;
import static io.segue.bundles.staking.StakingChain.UNBONDING_BLOCKS;
import static io.segue.bundles.staking.StakingChain.operatorOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.sdk.proto.staking.BondStatus;
import io.segue.bundles.sdk.proto.staking.Misbehavior;
import io.segue.bundles.sdk.proto.staking.QueryMisbehaviorRequest;
import io.segue.bundles.sdk.proto.staking.QueryMisbehaviorResponse;
import io.segue.bundles.staking.state.ConsensusKeys;
import io.segue.kernel.api.abci.Abci;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of validators that sign two blocks in one round. */
class MisbehaviorTest {
  private static final String FIRST = operatorOf(A);
  private static final String SECOND = operatorOf(B);
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:01Z");

  private final StakingChain chain =
      StakingChain.ofHolders(
          "\"redelegations\": []", "\"redelegations\": [], \"deciding_validator\": \"\"");

  @AfterEach
  void close() {
    chain.close();
  }

  @Test
  void jailsForGoodAndBurnsNothing() throws Exception {
    chain.succeed(StakingChain.offer(A, 1, 5_000_000).build());
    chain.succeed(chain.delegation(B, FIRST, 2_000_000));

    FinalizeBlockResponse block = chain.chain().blockWith(List.of(evidence(FIRST, 3)));
    assertThat(block.validatorUpdates()).extracting(ValidatorUpdate::power).containsExactly(0L);
    assertThat(StakingChain.events(block.events(), "misbehavior"))
        .containsExactly(
            "type=duplicate_vote, address="
                + StakingChain.ADDRESSES.consensus(address(FIRST))
                + ", validator="
                + FIRST
                + ", height=3, power=7, jailed=true, mode=BeginBlock");
    assertThat(chain.validator(FIRST).getJailed()).isTrue();
    assertThat(chain.validator(FIRST).getStatus()).isEqualTo(BondStatus.BOND_STATUS_UNBONDING);
    assertThat(chain.validator(FIRST).getTokens()).isEqualTo("7000000");
    Misbehavior kept = kept(FIRST);
    assertThat(kept.getHeight()).isEqualTo(3);
    assertThat(kept.getPower()).isEqualTo(7);
    assertThat(kept.getPieces()).isEqualTo(1);

    chain.succeed(chain.delegation(A, FIRST, 50_000_000));
    assertThat(chain.validator(FIRST).getJailed()).as("more stake sets nobody free").isTrue();
    chain.requireThatItExports();
    chain.succeed(chain.redelegation(B, FIRST, OPERATOR, 2_000_000));
  }

  @Test
  void nobodyTakesItsKeyWhenItIsGone() throws Exception {
    chain.succeed(StakingChain.offer(A, 1, 5_000_000).build());
    Abci.Misbehavior evidence = evidence(FIRST, 3);
    chain.succeed(chain.undelegation(A, FIRST, 5_000_000));
    chain.wait(UNBONDING_BLOCKS);
    assertThat(chain.validator(FIRST).getOperatorAddress()).isEmpty();

    FinalizeBlockResponse block = chain.chain().blockWith(List.of(evidence));
    assertThat(StakingChain.events(block.events(), "misbehavior").get(0)).contains("validator=,");
    refused(
        chain.run(StakingChain.offer(B, 1, 5_000_000).build()),
        "staking",
        5,
        "validator already exist for this pubkey");
    chain.requireThatItExports();
  }

  @Test
  void keepsOneRowOfEachKeyHoweverMuchEvidenceComes() throws Exception {
    chain.succeed(StakingChain.offer(A, 1, 5_000_000).build());
    for (int i = 0; i < 5; i++) {
      chain.chain().blockWith(List.of(evidence(FIRST, 3), evidence(FIRST, 4)));
    }
    assertThat(kept(FIRST).getPieces()).isEqualTo(10);
    assertThat(kept(FIRST).getHeight()).isEqualTo(4);
    assertThat(chain.chain().entries(store()).keySet())
        .filteredOn(key -> key[0] == (byte) 0xf2)
        .hasSize(1);
  }

  @Test
  void leavesTheLastOneWithPower() throws Exception {
    chain.succeed(StakingChain.offer(A, 1, 5_000_000).build());
    chain.succeed(StakingChain.offer(B, 2, 900_000).setMinSelfDelegation("1").build());

    FinalizeBlockResponse block =
        chain.chain().blockWith(List.of(evidence(OPERATOR, 3), evidence(FIRST, 3)));
    assertThat(block.validatorUpdates()).extracting(ValidatorUpdate::power).containsExactly(0L);
    assertThat(StakingChain.events(block.events(), "misbehavior").get(1)).contains("jailed=false");
    assertThat(chain.validator(OPERATOR).getJailed()).isTrue();
    assertThat(chain.validator(FIRST).getJailed()).isFalse();
    assertThat(chain.validator(FIRST).getStatus()).isEqualTo(BondStatus.BOND_STATUS_BONDED);
    chain.requireThatItExports();

    chain.succeed(chain.delegation(B, SECOND, 1_000_000));
    chain.chain().blockWith(List.of(evidence(FIRST, 4)));
    assertThat(chain.validator(FIRST).getJailed()).as("by then another one has power").isTrue();
  }

  @Test
  void leavesTheOneThatDecidesAlone() throws Exception {
    try (StakingChain alone = StakingChain.ofHolders()) {
      alone.succeed(StakingChain.offer(A, 1, 5_000_000).build());
      FinalizeBlockResponse block =
          alone
              .chain()
              .blockWith(List.of(evidence(ConsensusKeys.address(alone.validator(OPERATOR)), 3)));
      assertThat(block.validatorUpdates()).isEmpty();
      assertThat(alone.validator(OPERATOR).getJailed()).isFalse();
      alone.succeed(alone.undelegation(OWNER, OPERATOR, 1));
    }
  }

  private Misbehavior kept(String operator) throws Exception {
    return QueryMisbehaviorResponse.parseFrom(
            chain
                .chain()
                .query(
                    "/segue.staking.v1.Query/Misbehavior",
                    QueryMisbehaviorRequest.newBuilder()
                        .setValidatorAddr(operator)
                        .build()
                        .toByteArray())
                .value())
        .getMisbehavior();
  }

  private byte[] address(String operator) throws Exception {
    return ConsensusKeys.address(chain.validator(operator));
  }

  private Abci.Misbehavior evidence(String operator, long height) throws Exception {
    return evidence(address(operator), height);
  }

  static Abci.Misbehavior evidence(byte[] address, long height) {
    return new Abci.Misbehavior(Abci.Misbehavior.DUPLICATE_VOTE, address, 7, height, TIME, 1007);
  }

  private static String store() {
    return new StakingModule(StakingChain.ADDRESSES).stores().get(0);
  }
}
