package io.segue.bundles.staking;

import static io.segue.bundles.staking.StakingChain.A;
import static io.segue.bundles.staking.StakingChain.B;
import static io.segue.bundles.staking.StakingChain.OPERATOR;
import static io.segue.bundles.staking.StakingChain.OWNER;
import static io.segue.bundles.staking.StakingChain.operatorOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.staking.MsgUpdateParams;
import io.segue.bundles.sdk.proto.staking.QueryParamsRequest;
import io.segue.bundles.sdk.proto.staking.QueryParamsResponse;
import io.segue.bundles.sdk.proto.staking.QueryValidatorsRequest;
import io.segue.bundles.sdk.proto.staking.QueryValidatorsResponse;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.bundles.staking.state.ConsensusKeys;
import io.segue.kernel.api.abci.Abci;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * On a chain where nobody decides alone: whatever accounts, governance and evidence do, CometBFT is
 * told nothing that it refuses, and has the bonded validators by their power.
 */
class ValidatorUpdatesTest {
  private static final int BLOCKS = 300;
  private static final int KEYS = 5;
  private static final List<String> ACCOUNTS = List.of(OWNER, A, B);
  private static final List<String> OPERATORS = List.of(OPERATOR, operatorOf(A), operatorOf(B));

  private static StakingChain chain() {
    return StakingChain.ofHolders(
        "\"redelegations\": []", "\"redelegations\": [], \"deciding_validator\": \"\"");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void areWhatCometBftTakes(long seed) throws Exception {
    Random random = new Random(seed);
    try (StakingChain chain = chain()) {
      CometSet comet = new CometSet(chain.validators());
      int succeeded = 0;
      for (int i = 0; i < BLOCKS; i++) {
        List<byte[]> txs = new ArrayList<>();
        for (int n = random.nextInt(4); n > 0; n--) {
          txs.add(StakingChain.tx(message(chain, random)));
        }
        FinalizeBlockResponse block =
            chain.chain().blockWith(evidence(chain, random), txs.toArray(byte[][]::new));
        succeeded += (int) block.txResults().stream().filter(r -> r.code() == 0).count();
        comet.apply(block.validatorUpdates());
        assertThat(comet.powers().keySet()).isEqualTo(bonded(chain));
      }
      assertThat(succeeded).as("messages that did something").isGreaterThan(BLOCKS / 3);
    }
  }

  @Test
  void ofEqualPowerComeInTheOrderOfOperators() throws Exception {
    try (StakingChain chain = chain()) {
      chain.succeed(params(chain, 2));
      FinalizeBlockResponse block =
          chain
              .chain()
              .block(
                  StakingChain.tx(StakingChain.offer(A, 1, 5_000_000).build()),
                  StakingChain.tx(StakingChain.offer(B, 2, 5_000_000).build()));
      // B's address is all zeros.
      assertThat(block.validatorUpdates()).hasSize(1);
      assertThat(block.validatorUpdates().get(0).publicKey()[0]).isEqualTo((byte) 2);
    }
  }

  @Test
  void neverLeaveConsensusEmpty() throws Exception {
    try (StakingChain chain = chain()) {
      CometSet comet = new CometSet(chain.validators());
      comet.apply(updates(chain, chain.undelegation(OWNER, OPERATOR, 999_999_993)));
      comet.apply(updates(chain, chain.undelegation(A, OPERATOR, 7)));
      chain.wait(2 * StakingChain.UNBONDING_BLOCKS);
      assertThat(comet.powers()).hasSize(1);
      comet.apply(updates(chain, StakingChain.offer(A, 1, 1_000_000).build()));
      assertThat(comet.powers().values()).containsExactly(1L);
    }
  }

  @Test
  void ofAKeyThatComesBackAfterItWasRemovedAreTaken() throws Exception {
    try (StakingChain chain = chain()) {
      CometSet comet = new CometSet(chain.validators());
      comet.apply(updates(chain, StakingChain.offer(A, 1, 2_000_000).build()));
      comet.apply(updates(chain, chain.undelegation(A, operatorOf(A), 2_000_000)));
      assertThat(chain.run(StakingChain.offer(B, 1, 3_000_000).build()).code())
          .as("its key is taken until its unbonding ends")
          .isNotZero();
      chain.wait(StakingChain.UNBONDING_BLOCKS);
      comet.apply(updates(chain, StakingChain.offer(B, 1, 3_000_000).build()));
      assertThat(comet.powers()).hasSize(2).containsValue(3L);
    }
  }

  private static List<ValidatorUpdate> updates(StakingChain chain, Message message) {
    FinalizeBlockResponse block = chain.chain().block(StakingChain.tx(message));
    assertThat(block.txResults().get(0).log()).isEmpty();
    return block.validatorUpdates();
  }

  private static Message message(StakingChain chain, Random random) throws Exception {
    String account = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
    String operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
    long amount =
        random.nextBoolean() ? 1 + random.nextInt(3_000_000) : 1 + random.nextLong(1_500_000_000L);
    long held = chain.delegated(account, operator);
    long taken = held == 0 || random.nextInt(3) > 0 ? amount : held;
    return switch (random.nextInt(10)) {
      case 0, 1 ->
          StakingChain.offer(account, 1 + random.nextInt(KEYS), amount)
              .setMinSelfDelegation("1")
              .build();
      case 2, 3, 4 -> chain.delegation(account, operator, amount);
      case 5, 6, 7 -> chain.undelegation(account, operator, taken);
      case 8 ->
          chain.redelegation(
              account, operator, OPERATORS.get(random.nextInt(OPERATORS.size())), taken);
      default -> params(chain, 1 + random.nextInt(4));
    };
  }

  /** Now and then against somebody, known or not. */
  private static List<Abci.Misbehavior> evidence(StakingChain chain, Random random)
      throws Exception {
    if (random.nextInt(60) > 0) {
      return List.of();
    }
    Validator validator = chain.validator(OPERATORS.get(random.nextInt(OPERATORS.size())));
    byte[] address =
        validator.hasConsensusPubkey() ? ConsensusKeys.address(validator) : new byte[20];
    return List.of(new Abci.Misbehavior(1, address, 1, 1, Instant.EPOCH, 1));
  }

  private static Message params(StakingChain chain, int maxValidators) throws Exception {
    return MsgUpdateParams.newBuilder()
        .setAuthority(StakingChain.ADDRESSES.account(Addresses.module("gov")))
        .setParams(
            QueryParamsResponse.parseFrom(
                    chain.query("Params", QueryParamsRequest.getDefaultInstance()).value())
                .getParams()
                .toBuilder()
                .setMaxValidators(maxValidators))
        .build();
  }

  /** The keys of the bonded validators, hex. */
  private static Set<String> bonded(StakingChain chain) throws Exception {
    return QueryValidatorsResponse.parseFrom(
            chain
                .query(
                    "Validators",
                    QueryValidatorsRequest.newBuilder().setStatus("BOND_STATUS_BONDED").build())
                .value())
        .getValidatorsList()
        .stream()
        .map(validator -> ConsensusKeys.update(validator, 0).publicKey())
        .map(HexFormat.of()::formatHex)
        .collect(Collectors.toSet());
  }
}
