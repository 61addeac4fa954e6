package io.segue.bundles.staking;

import static io.segue.bundles.staking.StakingChain.A;
import static io.segue.bundles.staking.StakingChain.GENESIS;
import static io.segue.bundles.staking.StakingChain.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.sdk.proto.staking.Description;
import io.segue.bundles.sdk.proto.staking.MsgEditValidator;
import io.segue.bundles.staking.genesis.StakingGenesis;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Genesis in and out; a refusal names the entry. */
class StakingGenesisTest {
  /** What consensus was told last of the recorded chain. */
  private static final String POWER = "{\"address\":\"" + OPERATOR + "\",\"power\":\"1000\"}";

  @Test
  void tellsConsensusWhoValidatesWithHowMuchPower() {
    try (StakingChain chain = StakingChain.startedWith(GENESIS)) {
      assertThat(chain.validators()).hasSize(1);
      ValidatorUpdate update = chain.validators().get(0);
      assertThat(update.keyType()).isEqualTo("ed25519");
      assertThat(Base64.getEncoder().encodeToString(update.publicKey()))
          .isEqualTo("p4UGBdXftYQiQCqJVXYmg+T4pLr6YJQkAkrA09bFtvs=");
      assertThat(update.power()).isEqualTo(1000);
    }
  }

  @Test
  void givesTheSameStateWhenItsExportIsReadAgain() {
    try (StakingChain chain = StakingChain.startedWith(GENESIS)) {
      String exported = chain.chain().exportGenesis("staking");
      try (StakingChain again = StakingChain.startedWith(exported)) {
        assertThat(again.chain().dump("staking")).isEqualTo(chain.chain().dump("staking"));
        assertThat(again.chain().exportGenesis("staking")).isEqualTo(exported);
      }
    }
  }

  /** It stays bonded, for consensus can't be without validators. */
  @Test
  void goesOnWithAJailedValidatorThatIsTheLastOne() {
    try (StakingChain chain =
        StakingChain.ofHolders("\"redelegations\": []", "\"deciding_validator\": \"\"")) {
      chain.succeed(
          MsgEditValidator.newBuilder()
              .setValidatorAddress(OPERATOR)
              .setDescription(Description.newBuilder().setMoniker("n0"))
              .setMinSelfDelegation("900000000")
              .build());
      chain.succeed(chain.undelegation(StakingChain.OWNER, OPERATOR, 200_000_000));
      String exported = chain.chain().exportGenesis("staking");

      assertThat(exported).contains("\"jailed\":true", "\"power\":\"1000\"");
      chain.requireThatItExports();
      assertThatThrownBy(() -> StakingChain.startedWith(exported.replace(POWER, ""), "800000000"))
          .hasMessageContaining("validators[0]: a jailed validator can't be bonded, unless it is");
    }
  }

  @Test
  void leavesConsensusAloneWhereNobodyIsBonded() {
    String unbonded = StakingGenesis.DEFAULT.replace("stake", "other");
    try (StakingChain chain = StakingChain.startedWith(unbonded)) {
      assertThat(chain.validators()).isEmpty();
    }
  }

  @Test
  void refusesAPoolThatHoldsSomethingElseThanTheValidators() {
    assertThatThrownBy(() -> StakingChain.startedWith(GENESIS, "999999999"))
        .hasMessageContaining(
            "validators hold 1000000000stake, but module account bonded_tokens_pool has"
                + " 999999999stake: give it exactly that in bank.balances");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "\"tokens\": \"1000000000\"   | \"tokens\": \"x\"      | validators[0].tokens \"x\" is no"
            + " whole number",
        "\"tokens\": \"1000000000\"   | \"tokens\": \"-1\"     | validators[0].tokens \"-1\" must"
            + " be from 0",
        "\"tokens\": \"1000000000\"   | \"tokens\": \"999999\" | a bonded validator needs at least"
            + " 1000000",
        "\"jailed\": false            | \"jailed\": true       | a jailed validator can't be"
            + " bonded",
        "BOND_STATUS_BONDED           | BOND_STATUS_UNSPECIFIED | status must be"
            + " BOND_STATUS_BONDED, BOND",
        "p4UGBdXftYQiQCqJVXYmg+T4pLr6YJQkAkrA09bFtvs= | AAAA   | consensus_pubkey must be a",
        "\"shares\": \"7.000000000000000000\" | \"shares\": \"8.0\" | its delegations add up to"
            + " 1000000001",
        "\"shares\": \"7.000000000000000000\" | \"shares\": \"0.0\" | delegations[1]: shares"
            + " 0.000000000000000000",
        "\"shares\": \"7.000000000000000000\" | \"shares\": \"x\" | invalid decimal string: x",
        "\"max_validators\": 100      | \"max_validators\": 0  | params: max validators must be"
            + " positive: 0",
        "\"max_validators\": 100      | \"max_validators\": 4000000000 | must be at most 1000:"
            + " 4000000000",
        "\"1814400s\"                | \"315576000000s\"      | unbonding time is longer than",
        "\"bond_denom\": \"stake\"    | \"bond_denom\": \"\"   | params.bond_denom is missing",
        "\"redelegations\": []        | \"redelegations\": [{}] |"
            + " redelegations[0].delegator_address \"\"",
        "\"unbonding_delegations\": [] | \"unbonding_delegations\": [{}] |"
            + " unbonding_delegations[0].delegator_address",
        "\"redelegations\": []        | \"deciding_validator\":"
            + " \"cosmosvaloper1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqkh52tw\" | more than two thirds",
        "\"exported\"                 | \"export\"             | member \"export\" is unknown; the"
            + " known",
        "\"moniker\"                  | \"nope\"               | nope"
      })
  void refusesWhatDoesNotFit(String text, String replacement, String reason) {
    assertThatThrownBy(() -> StakingChain.startedWith(GENESIS.replace(text, replacement)))
        .hasMessageContaining("genesis of staking")
        .hasMessageContaining(reason);
  }

  @Test
  void refusesADelegationToNobody() {
    String other = StakingChain.ADDRESSES.operator(new byte[20]);
    assertRefused(
        GENESIS.replace(
            "\"validator_address\": \"" + OPERATOR + "\",\n    \"shares\": \"7.",
            "\"validator_address\": \"" + other + "\",\n    \"shares\": \"7."),
        "delegations[1]: " + other + " is not among the validators");
  }

  @Test
  void refusesADelegatorTwice() {
    assertRefused(
        GENESIS.replace(StakingChain.OWNER, A), "delegations[1]: " + A + " stands twice for");
  }

  private static void assertRefused(String genesis, String reason) {
    assertThatThrownBy(() -> StakingChain.startedWith(genesis)).hasMessageContaining(reason);
  }
}
