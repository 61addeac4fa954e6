package io.segue.bundles.cli.init;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.keyring.GeneratedAccounts;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Dec;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A genesis file in CometBFT's form, with the app state of generation genesis in the Cosmos SDK's
 * forms: auth, bank, staking, gov. Written in one pass, so that a million accounts take the memory
 * of their addresses.
 */
final class GenesisBuilder {
  /** The denomination that is staked and that deposits are made in. */
  static final String BOND_DENOM = "stake";

  /** What the validator's operator keeps of rewards, by default as with the Cosmos SDK's gentx. */
  private static final Dec COMMISSION_RATE = Dec.parse("0.1");

  /** The rate can never be more than this. */
  private static final Dec MAX_COMMISSION_RATE = Dec.parse("0.2");

  /** The rate can't grow by more than this on a day. */
  private static final Dec MAX_COMMISSION_CHANGE = Dec.parse("0.01");

  /** Up to so many accounts the file is indented for people. */
  private static final int MAX_INDENTED = 1000;

  private final Addresses addresses = new Addresses(Addresses.DEFAULT_PREFIX);
  private final String chainId;
  private final Map<String, Coins> balances = new LinkedHashMap<>();
  private final Duration votingPeriod;
  private final Coins minDeposit;
  private final List<Validator> validators = new ArrayList<>();
  private byte[] generated = new byte[0];
  private Coins generatedCoins = Coins.NONE;
  private String generation = "";

  /** A chain's genesis with these rules of governance. */
  GenesisBuilder(String chainId, Duration votingPeriod, Coins minDeposit) {
    this.chainId = chainId;
    this.votingPeriod = votingPeriod;
    this.minDeposit = minDeposit;
  }

  /**
   * A bonded validator, whose operator delegates {@code stake} to it, beside its balance.
   *
   * @param operator 20 bytes: the address of its operator's account
   * @param consensusKey 32 bytes: its public Ed25519 key
   */
  record Validator(byte[] operator, byte[] consensusKey, String moniker, BigInteger stake) {}

  /** Gives an account coins, those it has already included. */
  GenesisBuilder account(String address, Coins coins) {
    balances.merge(address, coins, Coins::plus);
    return this;
  }

  /** Gives the first {@code count} generated accounts coins. */
  GenesisBuilder generatedAccounts(int count, Coins coins) {
    generated = GeneratedAccounts.addresses(count);
    generatedCoins = coins;
    return this;
  }

  /** Adds a validator. Of several, none decides alone. */
  GenesisBuilder validator(Validator validator) {
    validators.add(validator);
    return this;
  }

  /** Binds the chain to the bundles it begins with, by the digest of their generation. */
  GenesisBuilder boundTo(String digest) {
    generation = digest;
    return this;
  }

  /** Writes the file. */
  void write(OutputStream out, Instant time) throws IOException {
    try (JsonGenerator json = Output.JSON.createGenerator(out, JsonEncoding.UTF8)) {
      if (generated.length == 0 && balances.size() <= MAX_INDENTED) {
        json.setPrettyPrinter(new DefaultPrettyPrinter());
      }
      json.writeStartObject();
      json.writeStringField("genesis_time", time.toString());
      json.writeStringField("chain_id", chainId);
      json.writeStringField("initial_height", "1");
      json.writePOJOField("consensus_params", consensusParams());
      json.writeStringField("app_hash", "");
      json.writeObjectFieldStart("app_state");
      writeAuth(json);
      writeBank(json);
      writeStaking(json, time);
      writeGovernance(json);
      if (!generation.isEmpty()) {
        json.writeObjectFieldStart("upgrade");
        json.writeStringField("generation", generation);
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  private void writeAuth(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("auth");
    json.writeArrayFieldStart("accounts");
    long number = 0;
    for (String address : balances.keySet()) {
      writeAccount(json, address, number++);
    }
    for (int i = 0; i < generated.length; i += Addresses.LENGTH) {
      writeAccount(json, generatedAddress(i), number++);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeAccount(JsonGenerator json, String address, long number)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("@type", "/cosmos.auth.v1beta1.BaseAccount");
    json.writeStringField("address", address);
    json.writeStringField("account_number", Long.toString(number));
    json.writeStringField("sequence", "0");
    json.writeEndObject();
  }

  private void writeBank(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("bank");
    json.writeObjectFieldStart("params");
    json.writeBooleanField("default_send_enabled", true);
    json.writeEndObject();
    json.writeArrayFieldStart("balances");
    for (Map.Entry<String, Coins> balance : balances.entrySet()) {
      writeBalance(json, balance.getKey(), balance.getValue());
    }
    for (int i = 0; i < generated.length; i += Addresses.LENGTH) {
      writeBalance(json, generatedAddress(i), generatedCoins);
    }
    writeBalance(
        json,
        addresses.account(Addresses.module("bonded_tokens_pool")),
        Coins.of(
            BOND_DENOM,
            validators.stream().map(Validator::stake).reduce(BigInteger.ZERO, BigInteger::add)));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeBalance(JsonGenerator json, String address, Coins coins)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("address", address);
    writeCoins(json, "coins", coins);
    json.writeEndObject();
  }

  private static void writeCoins(JsonGenerator json, String name, Coins coins) throws IOException {
    json.writeArrayFieldStart(name);
    for (Coins.Amount amount : coins) {
      json.writeStartObject();
      json.writeStringField("denom", amount.denom());
      json.writeStringField("amount", amount.amount().toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeStaking(JsonGenerator json, Instant time) throws IOException {
    var params = Output.object();
    params.put("unbonding_time", "1814400s");
    params.put("max_validators", 100);
    params.put("max_entries", 7);
    params.put("historical_entries", 10000);
    params.put("bond_denom", BOND_DENOM);
    params.put("min_commission_rate", Dec.ZERO.pointed());
    var staking = Output.object();
    staking.set("params", params);
    ArrayNode bonded = staking.putArray("validators");
    ArrayNode delegations = staking.putArray("delegations");
    for (Validator validator : validators) {
      String operator = addresses.operator(validator.operator());
      String shares = Dec.of(validator.stake()).pointed();
      bonded.add(bonded(validator, operator, shares, time));
      delegations
          .addObject()
          .put("delegator_address", addresses.account(validator.operator()))
          .put("validator_address", operator)
          .put("shares", shares);
    }
    if (validators.size() > 1) {
      staking.put("deciding_validator", "");
    }
    json.writePOJOField("staking", staking);
  }

  private static ObjectNode bonded(
      Validator validator, String operator, String shares, Instant time) {
    var bonded = Output.object();
    bonded.put("operator_address", operator);
    bonded
        .putObject("consensus_pubkey")
        .put("@type", "/cosmos.crypto.ed25519.PubKey")
        .put("key", validator.consensusKey());
    bonded.put("status", "BOND_STATUS_BONDED");
    bonded.put("tokens", validator.stake().toString());
    bonded.put("delegator_shares", shares);
    bonded.putObject("description").put("moniker", validator.moniker());
    var commission = bonded.putObject("commission").put("update_time", time.toString());
    commission
        .putObject("commission_rates")
        .put("rate", COMMISSION_RATE.pointed())
        .put("max_rate", MAX_COMMISSION_RATE.pointed())
        .put("max_change_rate", MAX_COMMISSION_CHANGE.pointed());
    bonded.put("min_self_delegation", "1");
    return bonded;
  }

  private void writeGovernance(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("gov");
    json.writeStringField("starting_proposal_id", "1");
    json.writeObjectFieldStart("params");
    writeCoins(json, "min_deposit", minDeposit);
    json.writeStringField("max_deposit_period", seconds(votingPeriod.multipliedBy(2)));
    json.writeStringField("voting_period", seconds(votingPeriod));
    json.writeStringField("quorum", "0.334000000000000000");
    json.writeStringField("threshold", "0.500000000000000000");
    json.writeStringField("veto_threshold", "0.334000000000000000");
    json.writeStringField("min_initial_deposit_ratio", "0.000000000000000000");
    json.writeStringField("proposal_cancel_ratio", "0.500000000000000000");
    json.writeStringField("expedited_voting_period", seconds(votingPeriod.dividedBy(2)));
    json.writeStringField("expedited_threshold", "0.667000000000000000");
    writeCoins(json, "expedited_min_deposit", minDeposit.plus(minDeposit));
    json.writeBooleanField("burn_vote_veto", true);
    json.writeStringField("min_deposit_ratio", "0.010000000000000000");
    json.writeEndObject();
    json.writeEndObject();
  }

  private static Object consensusParams() {
    var params = Output.object();
    params.putObject("block").put("max_bytes", "22020096").put("max_gas", "-1");
    params
        .putObject("evidence")
        .put("max_age_num_blocks", "100000")
        .put("max_age_duration", "172800000000000")
        .put("max_bytes", "1048576");
    params.putObject("validator").putArray("pub_key_types").add("ed25519");
    params.putObject("version").put("app", "1");
    return params;
  }

  private String generatedAddress(int from) {
    return addresses.account(Arrays.copyOfRange(generated, from, from + Addresses.LENGTH));
  }

  private static String seconds(Duration duration) {
    return duration.toMillisPart() == 0
        ? duration.toSeconds() + "s"
        : String.format(Locale.ROOT, "%d.%03ds", duration.toSeconds(), duration.toMillisPart());
  }
}
