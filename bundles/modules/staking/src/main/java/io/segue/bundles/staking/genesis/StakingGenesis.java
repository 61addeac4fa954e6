package io.segue.bundles.staking.genesis;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.GenesisJson;
import io.segue.bundles.sdk.JsonParts;
import io.segue.bundles.sdk.JsonParts.Part;
import io.segue.bundles.sdk.proto.crypto.ed25519.PubKey;
import io.segue.bundles.sdk.proto.staking.Delegation;
import io.segue.bundles.sdk.proto.staking.LastValidatorPower;
import io.segue.bundles.sdk.proto.staking.Misbehavior;
import io.segue.bundles.sdk.proto.staking.Params;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.bundles.staking.state.ConsensusKeys;
import io.segue.bundles.staking.state.StakingErrors;
import io.segue.bundles.staking.state.StakingKeeper;
import io.segue.bundles.staking.state.StakingParams;
import io.segue.bundles.staking.validator.DecidingValidator;
import io.segue.bundles.staking.validator.Misbehaviors;
import io.segue.bundles.staking.validator.StakingPool;
import io.segue.bundles.staking.validator.ValidatorSet;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ModuleException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Staking's genesis, in the Cosmos SDK's form. Decimals have a point. What validators hold and what
 * is unbonding must lie in the pools' accounts already, so the bank's genesis comes before this
 * one. Three members are beside the SDK's: {@code misbehavior} lists the last evidence against
 * consensus keys ({@link Misbehaviors}); {@code deciding_validator} is the operator of who decides
 * blocks alone ({@link DecidingValidator}), empty for none, and where it is absent the one bonded
 * validator that has more than two thirds of the power; {@code last_unbonding_id} is the number of
 * the last unbonding. Which validators are bonded is chosen again, which changes nothing in an
 * export. Where nobody can be chosen, those who were bonded last stay so, jailed or without stake,
 * with the power in {@code last_validator_powers}; it is read for nothing else.
 *
 * <pre>{@code
 * {"params": {"unbonding_time": "1814400s", "max_validators": 100, "bond_denom": "stake", ...},
 *  "validators": [{"operator_address": "cosmosvaloper1...",
 *    "consensus_pubkey": {"@type": "/cosmos.crypto.ed25519.PubKey", "key": "..."},
 *    "status": "BOND_STATUS_BONDED", "tokens": "5000000",
 *    "delegator_shares": "5000000.000000000000000000", ...}],
 *  "delegations": [{"delegator_address": "cosmos1...", "validator_address": "cosmosvaloper1...",
 *    "shares": "5000000.000000000000000000"}]}
 * }</pre>
 */
public final class StakingGenesis {
  /** What a chain has that says nothing about staking: the SDK's parameters and no validator. */
  public static final String DEFAULT =
      "{\"params\":{\"unbonding_time\":\"1814400s\",\"max_validators\":100,\"max_entries\":7,"
          + "\"historical_entries\":10000,\"bond_denom\":\"stake\","
          + "\"min_commission_rate\":\"0.000000000000000000\"},"
          + "\"validators\":[],\"delegations\":[]}";

  static final String DECIDING = "deciding_validator";
  static final String LAST_POWERS = "last_validator_powers";
  static final String LAST_UNBONDING = "last_unbonding_id";
  static final String MISBEHAVIOR = "misbehavior";

  private static final List<String> MEMBERS =
      List.of(
          "params",
          "last_total_power",
          LAST_POWERS,
          "validators",
          "delegations",
          "unbonding_delegations",
          "redelegations",
          "exported",
          DECIDING,
          LAST_UNBONDING,
          MISBEHAVIOR);

  private final Addresses addresses;
  private final GenesisValidators validators;
  private final GenesisJson json = GenesisJson.withTypes(PubKey.getDefaultInstance());

  public StakingGenesis(Addresses addresses) {
    this.addresses = addresses;
    this.validators = new GenesisValidators(addresses);
  }

  /**
   * Writes the first state.
   *
   * @return the bonded validators, highest power first
   * @throws ModuleException sdk/18; names the entry
   */
  public List<ValidatorUpdate> read(Context context, byte[] genesis) {
    for (StakingPool pool : StakingPool.values()) {
      pool.ensureAccount(context);
    }
    try {
      Map<String, Part> members = JsonParts.members(genesis);
      requireKnown(members);
      StakingKeeper keeper = new StakingKeeper(context.store());
      Params params = readParams(keeper, members);
      List<Validator> read = readValidators(keeper, members);
      SortedMap<String, Long> staying = staying(context, members, read);
      readDelegations(keeper, members, read);
      GenesisUnbondings unbondings = new GenesisUnbondings(context, addresses, json);
      BigInteger unbonding = unbondings.read(members);
      requirePools(context, params.getBondDenom(), read, unbonding);
      GenesisValidators.requireTogether(read, params.getMaxValidators());
      readDeciding(context, members, read);
      readMisbehavior(context, members);
      return bonded(context, read, staying);
    } catch (IllegalArgumentException e) {
      throw StakingErrors.invalidGenesis(String.valueOf(e.getMessage()));
    }
  }

  /** The state as genesis; {@link #read} of it gives the same state. */
  public void write(Context context, OutputStream out) {
    new StakingExport(context, addresses, json, out).write();
  }

  private static void requireKnown(Map<String, Part> members) {
    for (String name : members.keySet()) {
      if (!MEMBERS.contains(name)) {
        throw StakingErrors.invalidGenesis(
            "member \"" + name + "\" is unknown; the known ones are " + MEMBERS);
      }
    }
  }

  private void readDeciding(Context context, Map<String, Part> members, List<Validator> read) {
    Optional<Validator> majority = GenesisValidators.majority(read);
    Part part = members.get(DECIDING);
    String named =
        part == null
            ? majority.map(Validator::getOperatorAddress).orElse("")
            : JsonParts.string(part);
    if (named.isEmpty()) {
      return;
    }
    byte[] operator = addresses.parseOperator(named);
    if (majority
        .map(v -> !v.getOperatorAddress().equals(addresses.operator(operator)))
        .orElse(true)) {
      throw StakingErrors.invalidGenesis(
          DECIDING
              + " "
              + named
              + " is no bonded validator with more than two thirds of the voting power");
    }
    new DecidingValidator(context.store()).set(operator);
  }

  private void readMisbehavior(Context context, Map<String, Part> members) {
    Misbehaviors misbehaviors = new Misbehaviors(context.store());
    int[] index = {0};
    elements(
        members,
        MISBEHAVIOR,
        entry -> {
          String where = MISBEHAVIOR + "[" + index[0]++ + "]";
          misbehaviors.restore(
              where,
              json.parse("staking." + where, entry.json(), Misbehavior.newBuilder()).build());
        });
  }

  private List<ValidatorUpdate> bonded(
      Context context, List<Validator> read, SortedMap<String, Long> last) {
    ValidatorSet bonded = new ValidatorSet(context);
    for (Validator validator : read) {
      bonded.restore(
          addresses.parseOperator(validator.getOperatorAddress()),
          validator,
          last.getOrDefault(validator.getOperatorAddress(), StakingKeeper.power(validator)));
    }
    bonded.update();
    return GenesisValidators.updates(new StakingKeeper(context.store()), bonded.powers());
  }

  /**
   * The powers of those who stay bonded because nobody can be chosen, by operator; empty where
   * somebody can. Refuses others that could not be bonded.
   */
  private SortedMap<String, Long> staying(
      Context context, Map<String, Part> members, List<Validator> read) {
    SortedMap<String, Long> last =
        new ValidatorSet(context).chosen().isEmpty() ? lastPowers(members) : new TreeMap<>();
    for (int i = 0; i < read.size(); i++) {
      if (StakingKeeper.bonded(read.get(i))
          && !last.containsKey(read.get(i).getOperatorAddress())) {
        GenesisValidators.requireBondable("validators[" + i + "]", read.get(i));
      }
    }
    return last;
  }

  /** What consensus was told last, by operator. */
  private SortedMap<String, Long> lastPowers(Map<String, Part> members) {
    SortedMap<String, Long> powers = new TreeMap<>();
    BigInteger[] total = {BigInteger.ZERO};
    elements(
        members,
        LAST_POWERS,
        entry -> {
          String where = LAST_POWERS + "[" + powers.size() + "]";
          LastValidatorPower last =
              json.parse("staking." + where, entry.json(), LastValidatorPower.newBuilder()).build();
          if (last.getPower() < 1) {
            throw StakingErrors.invalidGenesis(where + ".power must be above 0");
          }
          total[0] = total[0].add(BigInteger.valueOf(last.getPower()));
          GenesisValidators.requireWithinLimit(total[0]);
          powers.put(operator(addresses, where, last.getAddress()), last.getPower());
        });
    return powers;
  }

  private Params readParams(StakingKeeper keeper, Map<String, Part> members) {
    Part part = members.get("params");
    if (part == null) {
      throw StakingErrors.invalidGenesis("params is missing");
    }
    Params params =
        Decimals.scaled(json.parse("staking.params", part.json(), Params.newBuilder()).build());
    if (params.getBondDenom().isEmpty()) {
      throw StakingErrors.invalidGenesis("params.bond_denom is missing");
    }
    try {
      StakingParams.validate(params);
    } catch (ModuleException e) {
      throw StakingErrors.invalidGenesis("params: " + e.log());
    }
    keeper.put(params);
    return params;
  }

  private List<Validator> readValidators(StakingKeeper keeper, Map<String, Part> members) {
    List<Validator> read = new ArrayList<>();
    elements(
        members,
        "validators",
        entry -> {
          String where = "validators[" + read.size() + "]";
          Validator validator =
              validators.complete(
                  where,
                  json.parse("staking." + where, entry.json(), Validator.newBuilder()).build());
          byte[] operator = addresses.parseOperator(validator.getOperatorAddress());
          if (keeper.validator(operator).isPresent()) {
            throw StakingErrors.invalidGenesis(
                where + ": " + validator.getOperatorAddress() + " stands twice");
          }
          if (keeper.hasConsensusAddress(ConsensusKeys.address(validator))) {
            throw StakingErrors.invalidGenesis(
                validator.getOperatorAddress() + " has the consensus key of another validator");
          }
          keeper.add(operator, validator);
          read.add(validator);
        });
    return read;
  }

  private void readDelegations(
      StakingKeeper keeper, Map<String, Part> members, List<Validator> read) {
    SortedMap<String, Dec> sums = new TreeMap<>();
    read.forEach(validator -> sums.put(validator.getOperatorAddress(), Dec.ZERO));
    int[] index = {0};
    elements(
        members,
        "delegations",
        entry -> {
          String where = "delegations[" + index[0]++ + "]";
          readDelegation(keeper, where, entry, sums);
        });
    for (Validator validator : read) {
      Dec shares = Dec.parseScaled(validator.getDelegatorShares());
      Dec sum = sums.getOrDefault(validator.getOperatorAddress(), Dec.ZERO);
      if (!sum.equals(shares)) {
        throw StakingErrors.invalidGenesis(
            validator.getOperatorAddress()
                + " has delegator_shares "
                + shares
                + ", its delegations add up to "
                + sum);
      }
    }
  }

  private void readDelegation(
      StakingKeeper keeper, String where, Part entry, SortedMap<String, Dec> sums) {
    Delegation delegation =
        Decimals.scaled(
            json.parse("staking." + where, entry.json(), Delegation.newBuilder()).build());
    byte[] delegator = account(addresses, where, delegation.getDelegatorAddress());
    String operator = operator(addresses, where, delegation.getValidatorAddress());
    if (!sums.containsKey(operator)) {
      throw StakingErrors.invalidGenesis(where + ": " + operator + " is not among the validators");
    }
    byte[] operatorBytes = addresses.parseOperator(operator);
    Dec shares = Dec.parseScaled(delegation.getShares());
    if (shares.signum() <= 0) {
      throw StakingErrors.invalidGenesis(where + ": shares " + shares + " must be above 0");
    }
    if (keeper.delegation(delegator, operatorBytes).isPresent()) {
      throw StakingErrors.invalidGenesis(
          where + ": " + delegation.getDelegatorAddress() + " stands twice for " + operator);
    }
    keeper.put(
        delegator,
        operatorBytes,
        Delegation.newBuilder()
            .setDelegatorAddress(addresses.account(delegator))
            .setValidatorAddress(operator)
            .setShares(shares.scaled())
            .build());
    sums.merge(operator, shares, Dec::plus);
  }

  static byte[] account(Addresses addresses, String where, String address) {
    try {
      return addresses.parseAccount(address);
    } catch (IllegalArgumentException e) {
      throw StakingErrors.invalidGenesis(
          where + ".delegator_address \"" + address + "\": " + e.getMessage());
    }
  }

  /** The one text of an operator's address. */
  static String operator(Addresses addresses, String where, String address) {
    try {
      return addresses.operator(addresses.parseOperator(address));
    } catch (IllegalArgumentException e) {
      throw StakingErrors.invalidGenesis(
          where + ": validator \"" + address + "\": " + e.getMessage());
    }
  }

  private static void requirePools(
      Context context, String denom, List<Validator> read, BigInteger unbonding) {
    for (StakingPool pool : StakingPool.values()) {
      BigInteger held = pool == StakingPool.NOT_BONDED ? unbonding : BigInteger.ZERO;
      for (Validator validator : read) {
        held = StakingPool.of(validator) == pool ? held.add(StakingKeeper.tokens(validator)) : held;
      }
      BigInteger has = pool.tokens(context, denom);
      if (!has.equals(held)) {
        throw StakingErrors.invalidGenesis(
            (pool == StakingPool.NOT_BONDED
                    ? "validators and unbondings hold "
                    : "validators hold ")
                + held
                + denom
                + ", but module account "
                + pool.account()
                + " has "
                + has
                + denom
                + ": give it exactly that in bank.balances");
      }
    }
  }

  static void elements(Map<String, Part> members, String name, Consumer<Part> visitor) {
    Part list = members.get(name);
    if (list != null) {
      JsonParts.elements(list, visitor);
    }
  }
}
