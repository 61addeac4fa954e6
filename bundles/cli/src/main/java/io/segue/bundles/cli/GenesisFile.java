package io.segue.bundles.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Dec;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Builds a genesis file in CometBFT's form, with the app state of generation genesis in the Cosmos
 * SDK's forms. What it does not say the modules know by default.
 */
final class GenesisFile {
  /** The denomination that is staked and that deposits are made in. */
  static final String BOND_DENOM = "stake";

  private final Addresses addresses = new Addresses(Addresses.DEFAULT_PREFIX);
  private final String chainId;
  private final Map<String, Coins> balances = new LinkedHashMap<>();
  private final ArrayNode validators = Output.JSON.createArrayNode();
  private final ArrayNode delegations = Output.JSON.createArrayNode();
  private final ObjectNode govParams = Output.object();
  private Coins bonded = Coins.NONE;

  GenesisFile(String chainId) {
    this.chainId = chainId;
  }

  /** Gives an account coins, those it has already included. */
  GenesisFile account(String address, Coins coins) {
    balances.merge(address, coins, Coins::plus);
    return this;
  }

  /** A bonded validator whose operator delegates {@code stake} to it, beside its balance. */
  GenesisFile validator(byte[] operator, byte[] consensusKey, String moniker, BigInteger stake) {
    String operatorAddress = addresses.operator(operator);
    ObjectNode validator = validators.addObject();
    validator.put("operator_address", operatorAddress);
    validator
        .putObject("consensus_pubkey")
        .put("@type", "/cosmos.crypto.ed25519.PubKey")
        .put("key", consensusKey);
    validator.put("status", "BOND_STATUS_BONDED");
    validator.put("tokens", stake.toString());
    validator.put("delegator_shares", Dec.of(stake).pointed());
    validator.putObject("description").put("moniker", moniker);
    validator.put("min_self_delegation", "1");
    delegations
        .addObject()
        .put("delegator_address", addresses.account(operator))
        .put("validator_address", operatorAddress)
        .put("shares", Dec.of(stake).pointed());
    bonded = bonded.plus(Coins.of(BOND_DENOM, stake));
    return this;
  }

  /** Periods and least deposit of governance. */
  GenesisFile governance(Duration votingPeriod, Coins minDeposit) {
    govParams.set("min_deposit", coins(minDeposit));
    govParams.put("max_deposit_period", seconds(votingPeriod.multipliedBy(2)));
    govParams.put("voting_period", seconds(votingPeriod));
    govParams.put("quorum", "0.334000000000000000");
    govParams.put("threshold", "0.500000000000000000");
    govParams.put("veto_threshold", "0.334000000000000000");
    govParams.put("min_initial_deposit_ratio", "0.000000000000000000");
    govParams.put("proposal_cancel_ratio", "0.500000000000000000");
    govParams.put("expedited_voting_period", seconds(votingPeriod.dividedBy(2)));
    govParams.put("expedited_threshold", "0.667000000000000000");
    govParams.set("expedited_min_deposit", coins(minDeposit.plus(minDeposit)));
    govParams.put("burn_vote_veto", true);
    govParams.put("min_deposit_ratio", "0.010000000000000000");
    return this;
  }

  /** The file. */
  ObjectNode build(Instant time) {
    ObjectNode file = Output.object();
    file.put("genesis_time", time.toString());
    file.put("chain_id", chainId);
    file.put("initial_height", "1");
    ObjectNode params = file.putObject("consensus_params");
    params.putObject("block").put("max_bytes", "22020096").put("max_gas", "-1");
    params
        .putObject("evidence")
        .put("max_age_num_blocks", "100000")
        .put("max_age_duration", "172800000000000")
        .put("max_bytes", "1048576");
    params.putObject("validator").putArray("pub_key_types").add("ed25519");
    params.putObject("version").put("app", "1");
    file.put("app_hash", "");
    ObjectNode state = file.putObject("app_state");
    ArrayNode accounts = state.putObject("auth").putArray("accounts");
    ObjectNode bank = state.putObject("bank");
    bank.putObject("params").put("default_send_enabled", true);
    ArrayNode bankBalances = bank.putArray("balances");
    long number = 0;
    for (Map.Entry<String, Coins> balance : balances.entrySet()) {
      accounts
          .addObject()
          .put("@type", "/cosmos.auth.v1beta1.BaseAccount")
          .put("address", balance.getKey())
          .put("account_number", Long.toString(number++))
          .put("sequence", "0");
      addBalance(bankBalances, balance.getKey(), balance.getValue());
    }
    if (!bonded.isEmpty()) {
      addBalance(bankBalances, addresses.account(Addresses.module("bonded_tokens_pool")), bonded);
    }
    ObjectNode staking = state.putObject("staking");
    staking
        .putObject("params")
        .put("unbonding_time", "1814400s")
        .put("max_validators", 100)
        .put("max_entries", 7)
        .put("historical_entries", 10000)
        .put("bond_denom", BOND_DENOM)
        .put("min_commission_rate", "0.000000000000000000");
    staking.set("validators", validators);
    staking.set("delegations", delegations);
    if (!govParams.isEmpty()) {
      ObjectNode gov = state.putObject("gov");
      gov.put("starting_proposal_id", "1");
      gov.set("params", govParams);
    }
    return file;
  }

  private static void addBalance(ArrayNode list, String address, Coins coins) {
    list.addObject().put("address", address).set("coins", coins(coins));
  }

  private static ArrayNode coins(Coins coins) {
    ArrayNode list = Output.JSON.createArrayNode();
    for (Coins.Amount amount : coins) {
      list.addObject().put("denom", amount.denom()).put("amount", amount.amount().toString());
    }
    return list;
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : String.format(
            java.util.Locale.ROOT, "%d.%03ds", duration.toSeconds(), duration.toMillisPart());
  }
}
