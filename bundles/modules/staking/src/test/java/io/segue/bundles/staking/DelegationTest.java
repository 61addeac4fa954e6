package io.segue.bundles.staking;

import static io.segue.bundles.staking.StakingChain.A;
import static io.segue.bundles.staking.StakingChain.OPERATOR;
import static io.segue.bundles.staking.StakingChain.OWNER;
import static io.segue.bundles.staking.StakingChain.UNBONDING_BLOCKS;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.staking.MsgCancelUnbondingDelegation;
import io.segue.bundles.sdk.proto.staking.QueryPoolRequest;
import io.segue.bundles.sdk.proto.staking.QueryPoolResponse;
import io.segue.bundles.sdk.proto.staking.QueryUnbondingDelegationRequest;
import io.segue.bundles.sdk.proto.staking.QueryUnbondingDelegationResponse;
import io.segue.bundles.sdk.proto.staking.UnbondingDelegationEntry;
import io.segue.bundles.staking.validator.StakingPool;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Stake goes to a validator and comes back; every block checks the invariants. */
class DelegationTest {
  private final StakingChain chain = StakingChain.ofHolders();

  @AfterEach
  void close() {
    chain.close();
  }

  @Test
  void givesSharesForCoins() throws Exception {
    ExecTxResult result = chain.succeed(chain.delegation(A, OPERATOR, 2_000_000));

    assertThat(chain.delegated(A, OPERATOR)).isEqualTo(2_000_007);
    assertThat(chain.balance(A)).isEqualTo(4_998_000_000L);
    assertThat(chain.validator(OPERATOR).getTokens()).isEqualTo("1002000000");
    assertThat(StakingChain.events(result.events(), "delegate"))
        .containsExactly(
            "validator="
                + OPERATOR
                + ", delegator="
                + A
                + ", amount=2000000stake, new_shares=2000000.000000000000000000, msg_index=0");
    chain.requireThatItExports();
  }

  @Test
  void refusesADelegationAsTheSdkDoes() {
    String nobody = StakingChain.ADDRESSES.operator(new byte[20]);
    refused(chain.run(chain.delegation(A, nobody, 1)), "staking", 3, "validator does not exist");
    refused(
        chain.run(chain.delegation(A, nobody + " ".repeat(MsgDelegateHandler.MAX_BYTES), 1)),
        "sdk",
        18,
        "messages of this type have at most 1024");
    refused(
        chain.run(chain.delegation(A, OPERATOR, 0)),
        "sdk",
        18,
        "invalid delegation amount: invalid request");
    refused(
        chain.run(
            chain.delegation(A, OPERATOR, 1).toBuilder()
                .setAmount(StakingChain.stake(1).toBuilder().setDenom("ufee"))
                .build()),
        "sdk",
        18,
        "invalid coin denomination: got ufee, expected stake: invalid request");
    refused(
        chain.run(chain.delegation(A, OPERATOR, 5_000_000_001L)),
        "sdk",
        5,
        "spendable balance 5000000000stake is smaller than 5000000001stake: insufficient funds");
    refused(
        chain.run(chain.delegation(A, OPERATOR, 1).toBuilder().setValidatorAddress(OWNER).build()),
        "sdk",
        7,
        "invalid validator address: hrp does not match");
    refused(
        chain.run(
            chain.delegation(A, OPERATOR, 1).toBuilder()
                .setAmount(
                    StakingChain.stake(1).toBuilder().setAmount(StakingPool.MAX_TOKENS.toString()))
                .build()),
        "sdk",
        18,
        "the most that consensus counts is 1152921504606846975000000stake; delegate less");
  }

  @Test
  void paysWhatIsUndelegatedWhenTheUnbondingTimeIsOver() throws Exception {
    chain.succeed(chain.delegation(A, OPERATOR, 2_000_000));
    ExecTxResult result = chain.succeed(chain.undelegation(A, OPERATOR, 1_500_000));

    assertThat(chain.delegated(A, OPERATOR)).isEqualTo(500_007);
    assertThat(chain.balance(A)).isEqualTo(4_998_000_000L);
    assertThat(pool()).isEqualTo("1000500000 1500000");
    assertThat(entries())
        .extracting(UnbondingDelegationEntry::getBalance)
        .containsExactly("1500000");
    assertThat(StakingChain.events(result.events(), "unbond").get(0))
        .startsWith("validator=" + OPERATOR + ", delegator=" + A + ", amount=1500000stake")
        .contains("completion_time=2026-01-01T00:00:1");
    chain.requireThatItExports();

    List<Event> events = new ArrayList<>();
    for (int i = 0; i < UNBONDING_BLOCKS - 1; i++) {
      events.addAll(chain.chain().block().events());
    }
    assertThat(chain.balance(A)).isEqualTo(4_998_000_000L);
    events.addAll(chain.chain().block().events());

    assertThat(chain.balance(A)).isEqualTo(4_999_500_000L);
    assertThat(pool()).isEqualTo("1000500000 0");
    assertThat(StakingChain.events(events, "complete_unbonding"))
        .containsExactly(
            "amount=1500000stake, validator=" + OPERATOR + ", delegator=" + A + ", mode=EndBlock");
  }

  @Test
  void refusesAnUndelegationAsTheSdkDoes() {
    refused(
        chain.run(chain.undelegation(StakingChain.B, OPERATOR, 1)),
        "staking",
        19,
        "no delegation for (address, validator) tuple");
    refused(
        chain.run(chain.undelegation(A, OPERATOR, 8)),
        "sdk",
        18,
        "invalid shares amount: invalid request");
    chain.succeed(chain.delegation(A, OPERATOR, 10));
    for (int i = 0; i < 7; i++) {
      chain.succeed(chain.undelegation(A, OPERATOR, 1));
    }
    refused(
        chain.run(chain.undelegation(A, OPERATOR, 1)),
        "staking",
        27,
        "too many unbonding delegation entries for (delegator, validator) tuple");
  }

  @Test
  void joinsWhatIsUndelegatedInOneBlock() throws Exception {
    chain
        .chain()
        .block(
            StakingChain.tx(chain.undelegation(A, OPERATOR, 1)),
            StakingChain.tx(chain.undelegation(A, OPERATOR, 2)));

    assertThat(entries()).extracting(UnbondingDelegationEntry::getBalance).containsExactly("3");
    chain.requireThatItExports();
  }

  @Test
  void delegatesAgainWhatWasUnbonding() throws Exception {
    chain.succeed(chain.delegation(A, OPERATOR, 2_000_000));
    chain.succeed(chain.undelegation(A, OPERATOR, 1_000_000));
    long height = chain.chain().height();

    refused(
        chain.run(cancellation(height, 1_000_001)),
        "sdk",
        18,
        "amount is greater than the unbonding delegation entry balance: invalid request");
    refused(
        chain.run(cancellation(height + 7, 1)),
        "sdk",
        38,
        "unbonding delegation entry is not found at block height");
    refused(chain.run(cancellation(0, 1)), "sdk", 18, "invalid height: invalid request");
    chain.succeed(cancellation(height, 400_000));
    assertThat(chain.delegated(A, OPERATOR)).isEqualTo(1_400_007);
    assertThat(entries().get(0).getBalance()).isEqualTo("600000");
    chain.succeed(cancellation(height, 600_000));

    assertThat(chain.delegated(A, OPERATOR)).isEqualTo(2_000_007);
    assertThat(entries()).isEmpty();
    refused(
        chain.run(cancellation(height, 1)),
        "undefined",
        1,
        "rpc error: code = NotFound desc = unbonding delegation with delegator " + A);
    chain.requireThatItExports();
  }

  @Test
  void usesNoMoreGasThanClientsAskFor() {
    assertThat(chain.succeed(chain.delegation(A, OPERATOR, 5)).gasUsed()).isLessThan(200_000);
    assertThat(chain.succeed(chain.undelegation(A, OPERATOR, 5)).gasUsed()).isLessThan(200_000);
  }

  private static MsgCancelUnbondingDelegation cancellation(long height, long amount) {
    return MsgCancelUnbondingDelegation.newBuilder()
        .setDelegatorAddress(A)
        .setValidatorAddress(OPERATOR)
        .setAmount(StakingChain.stake(amount))
        .setCreationHeight(height)
        .build();
  }

  private List<UnbondingDelegationEntry> entries() throws Exception {
    return QueryUnbondingDelegationResponse.parseFrom(
            chain
                .query(
                    "UnbondingDelegation",
                    QueryUnbondingDelegationRequest.newBuilder()
                        .setDelegatorAddr(A)
                        .setValidatorAddr(OPERATOR)
                        .build())
                .value())
        .getUnbond()
        .getEntriesList();
  }

  private String pool() throws Exception {
    QueryPoolResponse answer =
        QueryPoolResponse.parseFrom(
            chain.query("Pool", QueryPoolRequest.getDefaultInstance()).value());
    assertThat(
            chain.balance(StakingChain.ADDRESSES.account(Addresses.module("bonded_tokens_pool"))))
        .isEqualTo(Long.parseLong(answer.getPool().getBondedTokens()));
    return answer.getPool().getBondedTokens() + " " + answer.getPool().getNotBondedTokens();
  }

  static void refused(ExecTxResult result, String codespace, int code, String reason) {
    assertThat(result.log()).contains(reason);
    assertThat(result.codespace() + "/" + result.code()).isEqualTo(codespace + "/" + code);
  }
}
