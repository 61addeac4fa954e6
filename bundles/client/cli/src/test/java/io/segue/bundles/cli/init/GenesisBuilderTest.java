package io.segue.bundles.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.keyring.GeneratedAccounts;
import io.segue.bundles.cli.keyring.Key;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GenesisBuilderTest {
  private static final Addresses ADDRESSES = new Addresses("cosmos");
  private static final Key OPERATOR = GeneratedAccounts.key(99);

  @Test
  void backsTheStakeByTheBondedPoolAndOneDelegation() throws IOException {
    JsonNode state = write(genesis()).path("app_state");
    JsonNode validator = state.at("/staking/validators/0");
    assertThat(validator.path("operator_address").asText())
        .isEqualTo(ADDRESSES.operator(OPERATOR.address()));
    assertThat(validator.path("tokens").asText()).isEqualTo("5000000");
    assertThat(validator.path("delegator_shares").asText()).isEqualTo("5000000.000000000000000000");
    assertThat(state.at("/staking/delegations/0/shares").asText())
        .isEqualTo("5000000.000000000000000000");
    assertThat(balance(state, ADDRESSES.account(Addresses.module("bonded_tokens_pool"))))
        .isEqualTo("5000000");
  }

  @Test
  void leavesTheOperatorRoomForACommission() throws IOException {
    JsonNode commission = write(genesis()).at("/app_state/staking/validators/0/commission");
    assertThat(commission.at("/commission_rates/rate").asText()).isEqualTo("0.100000000000000000");
    assertThat(commission.at("/commission_rates/max_rate").asText())
        .isEqualTo("0.200000000000000000");
    assertThat(commission.at("/commission_rates/max_change_rate").asText())
        .isEqualTo("0.010000000000000000");
    assertThat(commission.path("update_time").asText()).isEqualTo("1970-01-01T00:00:00Z");
  }

  @Test
  void addsUpWhatOneAccountIsGivenTwice() throws IOException {
    String alice = GeneratedAccounts.key(1).address(ADDRESSES);
    JsonNode state =
        write(
                genesis()
                    .account(alice, Coins.parse("3stake"))
                    .account(alice, Coins.parse("4stake,1ufee")))
            .path("app_state");
    assertThat(balance(state, alice)).isEqualTo("7");
    assertThat(state.at("/auth/accounts")).hasSize(1);
  }

  @Test
  void numbersAccountsWithoutAGap() throws IOException {
    String alice = GeneratedAccounts.key(5000).address(ADDRESSES);
    JsonNode state =
        write(
                genesis()
                    .account(alice, Coins.parse("1stake"))
                    .generatedAccounts(2000, Coins.parse("5stake")))
            .path("app_state");
    assertThat(state.at("/auth/accounts")).hasSize(2001);
    assertThat(state.at("/bank/balances")).hasSize(2002);
    Set<String> addresses = new HashSet<>();
    int number = 0;
    for (JsonNode account : state.at("/auth/accounts")) {
      assertThat(account.path("account_number").asInt()).isEqualTo(number++);
      addresses.add(account.path("address").asText());
    }
    assertThat(addresses).hasSize(2001).contains(GeneratedAccounts.key(1999).address(ADDRESSES));
  }

  @Test
  void ofSeveralValidatorsNoneDecidesAlone() throws IOException {
    byte[] other = Addresses.module("other");
    GenesisBuilder.Validator second =
        new GenesisBuilder.Validator(other, new byte[32], "node1", BigInteger.valueOf(7_000_000));
    JsonNode state = write(genesis().validator(second)).path("app_state");
    assertThat(state.at("/staking/validators")).hasSize(2);
    assertThat(state.at("/staking/delegations/1/shares").asText())
        .isEqualTo("7000000.000000000000000000");
    assertThat(state.at("/staking/deciding_validator").asText("absent")).isEmpty();
    assertThat(balance(state, ADDRESSES.account(Addresses.module("bonded_tokens_pool"))))
        .isEqualTo("12000000");
    assertThat(write(genesis()).at("/app_state/staking").has("deciding_validator")).isFalse();
  }

  @Test
  void keepsTheExpeditedRulesStricterThanTheOthers() throws IOException {
    JsonNode params = write(genesis()).at("/app_state/gov/params");
    assertThat(params.path("voting_period").asText()).isEqualTo("5s");
    assertThat(params.path("expedited_voting_period").asText()).isEqualTo("2.500s");
    assertThat(params.at("/expedited_min_deposit/0/amount").asText()).isEqualTo("20");
    assertThat(params.path("burn_vote_veto").asBoolean()).isTrue();
  }

  private static GenesisBuilder genesis() {
    return new GenesisBuilder("test", Duration.ofSeconds(5), Coins.parse("10stake"))
        .validator(
            new GenesisBuilder.Validator(
                OPERATOR.address(), new byte[32], "node", BigInteger.valueOf(5_000_000)));
  }

  private static JsonNode write(GenesisBuilder genesis) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    genesis.write(out, Instant.EPOCH);
    return Output.JSON.readTree(out.toByteArray());
  }

  private static String balance(JsonNode state, String address) {
    for (JsonNode balance : state.at("/bank/balances")) {
      if (balance.path("address").asText().equals(address)) {
        return balance.at("/coins/0/amount").asText();
      }
    }
    return "none";
  }
}
