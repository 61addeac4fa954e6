package io.segue.bundles.staking;

import com.google.protobuf.Message;
import io.segue.bundles.bank.BankFactory;
import io.segue.bundles.sdk.Addresses;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.module.Platform;
import io.segue.kernel.core.exec.Phase;
import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.kernel.testkit.modules.PlainAuth;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A chain with bank and staking, and the genesis that its tests vary. */
final class StakingChain implements AutoCloseable {
  static final Addresses ADDRESSES = new Addresses("cosmos");

  /** The validator of the recorded chain, its operator's account, and another account. */
  static final String OPERATOR = "cosmosvaloper157h8850gfgetku22er3f73zte0rqyksqd3q994";

  static final String OWNER = ADDRESSES.account(ADDRESSES.parseOperator(OPERATOR));
  static final String A = "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4";

  /** Staking's genesis of the recorded chain, with a part of the stake delegated by A. */
  static final String GENESIS =
      """
      {"params": {"unbonding_time": "1814400s", "max_validators": 100, "max_entries": 7,
        "historical_entries": 10000, "bond_denom": "stake",
        "min_commission_rate": "0.000000000000000000"},
       "last_total_power": "0", "last_validator_powers": [],
       "validators": [{"operator_address": "%1$s",
         "consensus_pubkey": {"@type": "/cosmos.crypto.ed25519.PubKey",
           "key": "p4UGBdXftYQiQCqJVXYmg+T4pLr6YJQkAkrA09bFtvs="},
         "jailed": false, "status": "BOND_STATUS_BONDED", "tokens": "1000000000",
         "delegator_shares": "1000000000.000000000000000000",
         "description": {"moniker": "n0", "identity": "", "website": "",
           "security_contact": "", "details": ""},
         "unbonding_height": "0", "unbonding_time": "1970-01-01T00:00:00Z",
         "commission": {"commission_rates": {"rate": "0.100000000000000000",
             "max_rate": "0.200000000000000000", "max_change_rate": "0.010000000000000000"},
           "update_time": "2026-11-23T21:13:14.985466390Z"},
         "min_self_delegation": "1"}],
       "delegations": [
         {"delegator_address": "%2$s", "validator_address": "%1$s",
          "shares": "999999993.000000000000000000"},
         {"delegator_address": "%3$s", "validator_address": "%1$s",
          "shares": "7.000000000000000000"}],
       "unbonding_delegations": [], "redelegations": [], "exported": true}
      """
          .formatted(OPERATOR, OWNER, A);

  private static final Map<Phase, List<String>> ORDERS =
      Map.of(
          Phase.GENESIS,
          List.of("auth", "bank", "staking"),
          Phase.ANTE,
          List.of(PlainAuth.FEE_STEP));

  private final ModuleChain chain =
      ModuleChain.of(
          ORDERS,
          new PlainAuth(),
          new BankFactory().create(new TestPlatform()),
          new StakingFactory().create(new TestPlatform()));
  private final List<ValidatorUpdate> validators;

  private StakingChain(String staking, String bonded) {
    String pool = ADDRESSES.account(Addresses.module("bonded_tokens_pool"));
    validators =
        chain
            .start(
                "{\"bank\":{\"balances\":[{\"address\":\""
                    + pool
                    + "\",\"coins\":[{\"denom\":\"stake\",\"amount\":\""
                    + bonded
                    + "\"}]}]},\"staking\":"
                    + staking
                    + "}")
            .validators();
    chain.block();
  }

  /** A chain started with this member {@code staking}, after one empty block. */
  static StakingChain startedWith(String staking) {
    return new StakingChain(staking, "1000000000");
  }

  /** As {@link #startedWith(String)}, with this balance of the pool of bonded tokens. */
  static StakingChain startedWith(String staking, String bonded) {
    return new StakingChain(staking, bonded);
  }

  /** What consensus starts with. */
  List<ValidatorUpdate> validators() {
    return validators;
  }

  ModuleChain chain() {
    return chain;
  }

  QueryResponse query(String method, Message request) {
    return chain.query("/cosmos.staking.v1beta1.Query/" + method, request.toByteArray());
  }

  @Override
  public void close() {
    chain.close();
  }

  /** A generation that sets nothing. */
  private record TestPlatform() implements Platform {
    @Override
    public Crypto crypto() {
      throw new UnsupportedOperationException("no module here verifies signatures");
    }

    @Override
    public Optional<String> setting(String name) {
      return Optional.empty();
    }
  }
}
