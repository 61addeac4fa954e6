package io.segue.bundles.staking;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.segue.bundles.bank.BankFactory;
import io.segue.bundles.sdk.AccountKey;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.bank.QueryBalanceRequest;
import io.segue.bundles.sdk.proto.bank.QueryBalanceResponse;
import io.segue.bundles.sdk.proto.base.Coin;
import io.segue.bundles.sdk.proto.staking.CommissionRates;
import io.segue.bundles.sdk.proto.staking.Description;
import io.segue.bundles.sdk.proto.staking.MsgBeginRedelegate;
import io.segue.bundles.sdk.proto.staking.MsgCreateValidator;
import io.segue.bundles.sdk.proto.staking.MsgDelegate;
import io.segue.bundles.sdk.proto.staking.MsgUndelegate;
import io.segue.bundles.sdk.proto.staking.QueryDelegationRequest;
import io.segue.bundles.sdk.proto.staking.QueryDelegationResponse;
import io.segue.bundles.sdk.proto.staking.QueryValidatorRequest;
import io.segue.bundles.sdk.proto.staking.QueryValidatorResponse;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.api.module.Platform;
import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.kernel.testkit.modules.PlainAuth;
import io.segue.kernel.testkit.modules.PlainTx;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A chain with bank and staking, and the genesis that its tests vary. */
final class StakingChain implements AutoCloseable {
  static final Addresses ADDRESSES = new Addresses("cosmos");

  /** The validator of the recorded chain, its operator's account, and another account. */
  static final String OPERATOR = "cosmosvaloper157h8850gfgetku22er3f73zte0rqyksqd3q994";

  static final String OWNER = ADDRESSES.account(ADDRESSES.parseOperator(OPERATOR));
  static final String B = ADDRESSES.account(new byte[20]);

  /** What each holder has. */
  static final String RICH = "5000000000";

  /** Blocks that stake takes to unbond on a chain of holders. */
  static final int UNBONDING_BLOCKS = 10;

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
          Phase.END_BLOCK,
          List.of("staking"),
          Phase.ANTE,
          List.of(PlainAuth.FEE_STEP));

  private final ModuleChain chain;
  private final List<ValidatorUpdate> validators;

  private StakingChain(String staking, String bonded, long gasPerBlock, String... others) {
    chain =
        ModuleChain.of(
            ORDERS,
            new PlainAuth(),
            new BankFactory().create(new TestPlatform()),
            new StakingModule(ADDRESSES, gasPerBlock));
    String balances = balance(ADDRESSES.account(Addresses.module("bonded_tokens_pool")), bonded);
    for (String other : others) {
      balances += "," + balance(other, RICH);
    }
    validators =
        chain
            .start("{\"bank\":{\"balances\":[" + balances + "]},\"staking\":" + staking + "}")
            .validators();
    chain.block();
  }

  private static String balance(String address, String amount) {
    return "{\"address\":\"%s\",\"coins\":[{\"denom\":\"stake\",\"amount\":\"%s\"}]}"
        .formatted(address, amount);
  }

  /** A chain started with this member {@code staking}, after one empty block. */
  static StakingChain startedWith(String staking) {
    return startedWith(staking, "1000000000");
  }

  /** As {@link #startedWith(String)}, with this balance of the pool of bonded tokens. */
  static StakingChain startedWith(String staking, String bonded) {
    return new StakingChain(staking, bonded, EndBlocker.GAS_PER_BLOCK);
  }

  /** The recorded chain with an unbonding time of ten blocks, where A, B and OWNER are rich. */
  static StakingChain ofHolders() {
    return ofHolders(EndBlocker.GAS_PER_BLOCK);
  }

  /** As {@link #ofHolders()}, with another limit of the work at the end of a block. */
  static StakingChain ofHolders(long gasPerBlock) {
    return ofHolders(GENESIS, gasPerBlock);
  }

  /** As {@link #ofHolders()}, with another text in place of one in staking's genesis. */
  static StakingChain ofHolders(String text, String replacement) {
    return ofHolders(GENESIS.replace(text, replacement), EndBlocker.GAS_PER_BLOCK);
  }

  private static StakingChain ofHolders(String genesis, long gasPerBlock) {
    return new StakingChain(
        genesis.replace("1814400s", UNBONDING_BLOCKS + "s"),
        "1000000000",
        gasPerBlock,
        OWNER,
        A,
        B);
  }

  /**
   * A chain where A delegates to more validators than are read at once, with 1 each and the rest to
   * the last one; none of them is bonded.
   */
  static StakingChain ofManyValidators(int count) {
    StringBuilder validators = new StringBuilder();
    StringBuilder delegations = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      byte[] bytes = new byte[Addresses.LENGTH];
      bytes[18] = (byte) (i >> 8);
      bytes[19] = (byte) i;
      byte[] key = Arrays.copyOf(bytes, 32);
      String tokens = i < count ? "1" : "" + (Long.parseLong(RICH) - count + 1);
      validators.append(
          """
          ,{"operator_address": "%s", "consensus_pubkey": {
             "@type": "/cosmos.crypto.ed25519.PubKey", "key": "%s"},
            "status": "BOND_STATUS_UNBONDED", "tokens": "%s", "delegator_shares": "%s.0"}"""
              .formatted(
                  ADDRESSES.operator(bytes),
                  Base64.getEncoder().encodeToString(key),
                  tokens,
                  tokens));
      delegations.append(
          ",{\"delegator_address\": \"%s\", \"validator_address\": \"%s\", \"shares\": \"%s.0\"}"
              .formatted(A, ADDRESSES.operator(bytes), tokens));
    }
    String genesis =
        GENESIS
            .replace(
                "\"min_self_delegation\": \"1\"}]",
                "\"min_self_delegation\": \"1\"}" + validators + "]")
            .replace(
                "\"shares\": \"7.000000000000000000\"}]",
                "\"shares\": \"7.000000000000000000\"}" + delegations + "]");
    return new StakingChain(
        genesis,
        "1000000000",
        EndBlocker.GAS_PER_BLOCK,
        ADDRESSES.account(Addresses.module("not_bonded_tokens_pool")));
  }

  /** Executes a block with one message of an account. */
  ExecTxResult run(Message message) {
    return chain.run(tx(message));
  }

  /** As {@link #run}, and the message succeeds. */
  ExecTxResult succeed(Message message) {
    ExecTxResult result = run(message);
    if (result.code() != 0) {
      throw new AssertionError(result.log());
    }
    return result;
  }

  static byte[] tx(Message message) {
    return PlainTx.of("/" + message.getDescriptorForType().getFullName(), message.toByteArray());
  }

  static Coin stake(long amount) {
    return Coin.newBuilder().setDenom("stake").setAmount(Long.toString(amount)).build();
  }

  /** An offer to validate, by an account, with a consensus key that begins with {@code key}. */
  static MsgCreateValidator.Builder offer(String account, int key, long amount) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) key;
    return MsgCreateValidator.newBuilder()
        .setDescription(Description.newBuilder().setMoniker("v" + key))
        .setCommission(
            CommissionRates.newBuilder()
                .setRate("100000000000000000")
                .setMaxRate("200000000000000000")
                .setMaxChangeRate("10000000000000000"))
        .setMinSelfDelegation("1000000")
        .setValidatorAddress(operatorOf(account))
        .setPubkey(new AccountKey.Ed25519(ByteString.copyFrom(bytes)).toAny())
        .setValue(stake(amount));
  }

  /** The validator address of an account. */
  static String operatorOf(String account) {
    return ADDRESSES.operator(ADDRESSES.parseAccount(account));
  }

  MsgDelegate delegation(String account, String operator, long amount) {
    return MsgDelegate.newBuilder()
        .setDelegatorAddress(account)
        .setValidatorAddress(operator)
        .setAmount(stake(amount))
        .build();
  }

  MsgUndelegate undelegation(String account, String operator, long amount) {
    return MsgUndelegate.newBuilder()
        .setDelegatorAddress(account)
        .setValidatorAddress(operator)
        .setAmount(stake(amount))
        .build();
  }

  MsgBeginRedelegate redelegation(String account, String from, String to, long amount) {
    return MsgBeginRedelegate.newBuilder()
        .setDelegatorAddress(account)
        .setValidatorSrcAddress(from)
        .setValidatorDstAddress(to)
        .setAmount(stake(amount))
        .build();
  }

  /** A validator as it is stored; the empty one where there is none. */
  Validator validator(String operator) throws InvalidProtocolBufferException {
    return QueryValidatorResponse.parseFrom(
            query(
                    "Validator",
                    QueryValidatorRequest.newBuilder().setValidatorAddr(operator).build())
                .value())
        .getValidator();
  }

  /** What an account has in its balance. */
  long balance(String account) throws InvalidProtocolBufferException {
    byte[] answer =
        chain
            .query(
                "/cosmos.bank.v1beta1.Query/Balance",
                QueryBalanceRequest.newBuilder()
                    .setAddress(account)
                    .setDenom("stake")
                    .build()
                    .toByteArray())
            .value();
    return Long.parseLong(QueryBalanceResponse.parseFrom(answer).getBalance().getAmount());
  }

  /** What an account has in a validator; 0 where that is nothing. */
  long delegated(String account, String operator) throws InvalidProtocolBufferException {
    QueryResponse answer =
        query(
            "Delegation",
            QueryDelegationRequest.newBuilder()
                .setDelegatorAddr(account)
                .setValidatorAddr(operator)
                .build());
    return answer.code() != 0
        ? 0
        : Long.parseLong(
            QueryDelegationResponse.parseFrom(answer.value())
                .getDelegationResponse()
                .getBalance()
                .getAmount());
  }

  /** Executes empty blocks until what was begun before them has ended. */
  void wait(int blocks) {
    for (int i = 0; i < blocks; i++) {
      chain.block();
    }
  }

  /** The events of a kind, as text. */
  static List<String> events(List<Event> events, String type) {
    return events.stream()
        .filter(event -> event.type().equals(type))
        .map(
            event ->
                event.attributes().stream()
                    .map(attribute -> attribute.key() + "=" + attribute.value())
                    .collect(Collectors.joining(", ")))
        .toList();
  }

  /** Starts another chain from this one's export, and asserts that it has the same roots. */
  void requireThatItExports() {
    long height = chain.height();
    byte[] exported = chain.export(height);
    try (ModuleChain again =
        ModuleChain.of(
            ORDERS,
            new PlainAuth(),
            new BankFactory().create(new TestPlatform()),
            new StakingFactory().create(new TestPlatform()))) {
      again.startAfter(height, exported);
      if (!again.dump("staking").equals(chain.dump("staking"))) {
        throw new AssertionError(again.dump("staking") + "\n\n" + chain.dump("staking"));
      }
    }
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
