package io.segue.bundles.staking;

import static io.segue.bundles.staking.StakingChain.A;
import static io.segue.bundles.staking.StakingChain.B;
import static io.segue.bundles.staking.StakingChain.OPERATOR;
import static io.segue.bundles.staking.StakingChain.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.segue.bundles.sdk.AccountKey;
import io.segue.bundles.sdk.proto.staking.Description;
import io.segue.bundles.sdk.proto.staking.MsgCancelUnbondingDelegation;
import io.segue.bundles.sdk.proto.staking.MsgEditValidator;
import io.segue.bundles.staking.state.ConsensusKeys;
import io.segue.kernel.api.abci.Abci;
import io.segue.kernel.api.module.Tx;
import io.segue.kernel.testkit.determinism.Trace;
import io.segue.kernel.testkit.modules.PlainTx;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What staking does with the same blocks is what it always did: the digest of all results, gas,
 * events and roots is named here. It changes only with the rules of a chain, which only an upgrade
 * may change.
 */
class NamedResultsTest {
  private static final int BLOCKS = 120;
  private static final int TXS_PER_BLOCK = 4;
  private static final List<String> PEOPLE = List.of(OWNER, A, B);
  private static final List<Long> AMOUNTS = List.of(1L, 7L, 999_999L, 1_000_000L, 3_500_001L);

  @ParameterizedTest
  @CsvSource({
    "1, 20000000, 9c526cc4f61f8f67fe53e85753072ad021fe2d5d21aab61b0489fb79d278fb16",
    "2, 1, 0e6d68466fdc7de2ab63229ebba58900132b788f3e3b63489ade67b3247755a9",
    "3, 40000, 2cdca2ce75bdf34ea40197114bdddc6a664fd9a80ee3a389d778e3f424312a1d"
  })
  void theSameBlocksGiveTheSame(long seed, long gasPerBlock, String digest) throws Exception {
    assertThat(Trace.digestOf(trace -> run(trace, seed, gasPerBlock))).isEqualTo(digest);
  }

  private static void run(Trace trace, long seed, long gasPerBlock) {
    Random random = new Random(seed);
    try (StakingChain chain = StakingChain.ofHolders(gasPerBlock)) {
      trace.roots(chain.chain());
      for (int block = 0; block < BLOCKS; block++) {
        byte[][] txs = new byte[TXS_PER_BLOCK][];
        for (int i = 0; i < txs.length; i++) {
          Message message = message(chain, random);
          txs[i] =
              PlainTx.of(
                  random.nextInt(4) == 0 ? 30_000 + random.nextInt(90_000) : 10_000_000,
                  List.of(),
                  List.of(
                      new Tx.Message(
                          "/" + message.getDescriptorForType().getFullName(),
                          message.toByteArray())));
        }
        trace.block(chain.chain(), txs);
        if (block % 40 == 39) {
          chain.chain().blockWith(List.of(evidence(random)));
          trace.roots(chain.chain());
        }
      }
      trace.add("genesis", chain.chain().exportGenesis("staking"));
    }
  }

  private static Message message(StakingChain chain, Random random) {
    String who = pick(random, PEOPLE);
    String operator = operator(random);
    long amount = pick(random, AMOUNTS);
    return switch (random.nextInt(9)) {
      case 0 -> StakingChain.offer(who, 1 + random.nextInt(3), 1_000_000 + amount).build();
      case 1, 2 -> chain.delegation(who, operator, amount);
      case 3 -> chain.undelegation(who, operator, amount);
      case 4 -> chain.undelegation(who, StakingChain.operatorOf(who), amount);
      case 5, 6 -> chain.redelegation(who, operator, operator(random), amount);
      case 7 ->
          MsgCancelUnbondingDelegation.newBuilder()
              .setDelegatorAddress(who)
              .setValidatorAddress(operator)
              .setAmount(StakingChain.stake(amount))
              .setCreationHeight(Math.max(1, chain.chain().height() - random.nextInt(5)))
              .build();
      default ->
          MsgEditValidator.newBuilder()
              .setValidatorAddress(operator)
              .setDescription(Description.newBuilder().setMoniker("m" + random.nextInt(9)))
              .setMinSelfDelegation("" + (1 + random.nextInt(9)))
              .build();
    };
  }

  private static String operator(Random random) {
    return random.nextInt(3) == 0 ? OPERATOR : StakingChain.operatorOf(pick(random, PEOPLE));
  }

  private static Abci.Misbehavior evidence(Random random) {
    byte[] key = new byte[32];
    key[0] = (byte) (1 + random.nextInt(3));
    return MisbehaviorTest.evidence(
        ConsensusKeys.address(new AccountKey.Ed25519(ByteString.copyFrom(key))), 3);
  }

  private static <T> T pick(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
