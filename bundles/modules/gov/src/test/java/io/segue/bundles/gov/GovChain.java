package io.segue.bundles.gov;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.segue.bundles.gov.state.GovParams;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.GenesisJson;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.proto.bank.BalanceOfRequest;
import io.segue.bundles.sdk.proto.bank.BalanceOfResponse;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.base.Coin;
import io.segue.bundles.sdk.proto.gov.GenesisState;
import io.segue.bundles.sdk.proto.gov.MsgDeposit;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import io.segue.bundles.sdk.proto.gov.MsgVote;
import io.segue.bundles.sdk.proto.gov.Params;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.proto.gov.QueryProposalRequest;
import io.segue.bundles.sdk.proto.gov.QueryProposalResponse;
import io.segue.bundles.sdk.proto.gov.VoteOption;
import io.segue.bundles.sdk.proto.upgrade.MsgSoftwareUpgrade;
import io.segue.bundles.sdk.proto.upgrade.Plan;
import io.segue.bundles.upgrade.UpgradeFactory;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.api.module.Platform;
import io.segue.kernel.api.module.Tx;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.kernel.testkit.modules.PlainAuth;
import io.segue.kernel.testkit.modules.PlainTx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A chain with governance, and the words that its tests use. Its rules are those of the recorded
 * chain: 10 stake open the voting (20 where it is expedited), deposits and votes have 8 seconds (4
 * where it is expedited), a block takes one second. A has 60 of 100 bonded stake, B has 40.
 */
final class GovChain implements AutoCloseable {
  static final Addresses ADDRESSES = new Addresses("cosmos");
  static final String A = "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4";
  static final String B = "cosmos15yk64u7zc9g9k2yr2wmzeva5qgwxps6yxj00e7";
  static final String GOV = "cosmos10d07y265gmmuvt4z0w9aw880jnsr700j6zn9kn";
  static final Platform PLATFORM = new NothingSet();
  static final long PERIOD_SECONDS = 8;
  static final long EXPEDITED_SECONDS = 4;
  static final long BALANCE = 1_000_000;

  /** How many accounts a {@link #narrow} chain has beside A and B. */
  static final int PEOPLE = 120;

  private static final Map<String, String> NAMES = Map.of(A, "<A>", B, "<B>", GOV, "<gov>");
  private static final Map<Phase, List<String>> ORDERS =
      Map.of(Phase.GENESIS, List.of("auth", "bank", "staking", "gov", "upgrade"));

  private final ModuleChain chain;
  private final Module[] others;
  private List<Event> blockEvents = List.of();

  private GovChain(ModuleChain chain, Module... others) {
    this.chain = chain;
    this.others = others;
  }

  static GovChain started() {
    return started(params -> {});
  }

  /** A chain with other rules. */
  static GovChain started(Consumer<Params.Builder> change) {
    Params.Builder params = params();
    change.accept(params);
    return startedWith(
        GenesisState.newBuilder().setStartingProposalId(1).setParams(params).build());
  }

  /** A chain with this genesis of gov. */
  static GovChain startedWith(GenesisState genesis) {
    return startedWith(GenesisJson.withTypes().print(genesis), Coins.NONE);
  }

  /** A chain with this genesis of gov, and coins on the gov account. */
  static GovChain startedWith(String genesis, Coins treasury) {
    return startedWith(genesis, treasury, staking());
  }

  static GovChain startedWith(String genesis, Coins treasury, FakeStaking staking) {
    return startedWith(genesis, treasury, staking, EndBlocker.GAS_PER_BLOCK, 0);
  }

  /** A chain with {@link #PEOPLE}, the ends of whose blocks have room for one step of each kind. */
  static GovChain narrow() {
    GenesisState genesis =
        GenesisState.newBuilder().setStartingProposalId(1).setParams(params()).build();
    return startedWith(GenesisJson.withTypes().print(genesis), Coins.NONE, staking(), 1, PEOPLE);
  }

  /** One of the accounts that have 1000 stake and no delegation. */
  static String someone(int number) {
    return ADDRESSES.account(Addresses.module("someone" + number));
  }

  private static GovChain startedWith(
      String genesis, Coins treasury, FakeStaking staking, long gasPerBlock, int people) {
    Coins balance = Coins.parse(BALANCE + "stake," + BALANCE + "ufee,100000000ustake");
    Map<String, Coins> balances = new TreeMap<>(Map.of(A, balance, B, balance, GOV, treasury));
    for (int i = 0; i < people; i++) {
      balances.put(someone(i), Coins.parse("1000stake"));
    }
    FakeBank bank = new FakeBank(ADDRESSES, balances);
    Module[] others = {new PlainAuth(), bank, staking, new GovModule(ADDRESSES, gasPerBlock)};
    GovChain chain = new GovChain(ModuleChain.of(ORDERS, with(others, upgrade())), others);
    chain.chain.start("{\"gov\":" + genesis + "}");
    return chain;
  }

  /** Goes on without the module upgrade, whose messages nobody handles then. */
  void removeUpgradeModule() {
    chain.upgrade(new UpgradeHandler() {}, Map.of(), others);
  }

  /** The JSON of genesis states whose proposals carry messages of any module here. */
  static GenesisJson json() {
    return GenesisJson.withDescriptors(
        List.of(new GovModule(ADDRESSES).descriptors(), upgrade().descriptors()));
  }

  static FakeStaking staking() {
    return new FakeStaking(ADDRESSES).delegate(A, A, 60).delegate(B, B, 40);
  }

  static Params.Builder params() {
    return GovParams.defaults().toBuilder()
        .clearMinDeposit()
        .addAllMinDeposit(Coins.parse("10stake").toProto())
        .clearExpeditedMinDeposit()
        .addAllExpeditedMinDeposit(Coins.parse("20stake").toProto())
        .setMaxDepositPeriod(seconds(PERIOD_SECONDS))
        .setVotingPeriod(seconds(PERIOD_SECONDS))
        .setExpeditedVotingPeriod(seconds(EXPEDITED_SECONDS));
  }

  /** Executes a block with one transaction of these messages. */
  ExecTxResult run(Message... messages) {
    List<Tx.Message> tx = new ArrayList<>();
    for (Message message : messages) {
      tx.add(new Tx.Message(typeUrl(message), message.toByteArray()));
    }
    return execute(PlainTx.of(10_000_000, List.of(), tx));
  }

  /** Executes a block with one transaction that succeeds. */
  ExecTxResult succeed(Message... messages) {
    ExecTxResult result = run(messages);
    assertThat(result.log()).isEmpty();
    assertThat(result.code()).isZero();
    return result;
  }

  /** Executes empty blocks until so much time has passed. */
  void pass(long seconds) {
    List<Event> events = new ArrayList<>();
    for (long i = 0; i < seconds; i++) {
      events.addAll(chain.block().events());
    }
    blockEvents = events;
  }

  /** Events of the begin and end of the blocks of the last call. */
  List<String> blockEvents() {
    return text(blockEvents);
  }

  ModuleChain chain() {
    return chain;
  }

  /** A proposal that is there. */
  Proposal proposal(long id) {
    return ask(
            "/cosmos.gov.v1.Query/Proposal",
            QueryProposalRequest.newBuilder().setProposalId(id).build(),
            QueryProposalResponse.parser())
        .getProposal();
  }

  /** Asks what is answered. */
  <T> T ask(String path, Message request, Parser<T> parser) {
    QueryResponse answer = chain.query(path, request.toByteArray());
    assertThat(answer.log()).isEmpty();
    try {
      return parser.parseFrom(answer.value());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  QueryResponse query(String path, Message request) {
    return chain.query(path, request.toByteArray());
  }

  long balance(String account) {
    return Long.parseLong(balanceOf(chain, account));
  }

  /** How much stake an account has. */
  static String balanceOf(ModuleChain chain, String account) {
    BalanceOfRequest request =
        BalanceOfRequest.newBuilder()
            .setAddress(ByteString.copyFrom(ADDRESSES.parseAccount(account)))
            .setDenom("stake")
            .build();
    byte[] answer = chain.query("/segue.bank.v1.Query/BalanceOf", request.toByteArray()).value();
    return Proto.parse(BalanceOfResponse.parser(), answer).getAmount();
  }

  @Override
  public void close() {
    chain.close();
  }

  /** A proposal of A. */
  static MsgSubmitProposal.Builder proposal(String deposit, Message... messages) {
    MsgSubmitProposal.Builder submit =
        MsgSubmitProposal.newBuilder()
            .addAllInitialDeposit(coins(deposit))
            .setProposer(A)
            .setTitle("t")
            .setSummary("s");
    for (Message message : messages) {
      submit.addMessages(pack(message));
    }
    return submit;
  }

  static MsgDeposit deposit(String depositor, long id, String coins) {
    return MsgDeposit.newBuilder()
        .setDepositor(depositor)
        .setProposalId(id)
        .addAllAmount(coins(coins))
        .build();
  }

  static MsgVote vote(String voter, long id, VoteOption option) {
    return MsgVote.newBuilder().setVoter(voter).setProposalId(id).setOption(option).build();
  }

  static MsgVote yes(String voter, long id) {
    return vote(voter, id, VoteOption.VOTE_OPTION_YES);
  }

  static MsgSend send(String from, String to, String coins) {
    return MsgSend.newBuilder()
        .setFromAddress(from)
        .setToAddress(to)
        .addAllAmount(coins(coins))
        .build();
  }

  static MsgSoftwareUpgrade upgradeTo(String name, long height) {
    return MsgSoftwareUpgrade.newBuilder()
        .setAuthority(GOV)
        .setPlan(Plan.newBuilder().setName(name).setHeight(height))
        .build();
  }

  static Any pack(Message message) {
    return Any.newBuilder().setTypeUrl(typeUrl(message)).setValue(message.toByteString()).build();
  }

  static Duration.Builder seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds);
  }

  /** The coins that a text like {@code 0stake,7ufee} names, valid or not. */
  static List<Coin> coins(String text) {
    List<Coin> coins = new ArrayList<>();
    for (String part : text.isEmpty() ? new String[0] : text.split(",")) {
      String denom = part.replaceFirst("^-?[0-9]+", "");
      coins.add(
          Coin.newBuilder()
              .setDenom(denom)
              .setAmount(part.substring(0, part.length() - denom.length()))
              .build());
    }
    return coins;
  }

  /** Events in the words of the recorded ones: {@code type{key=value, ...}}. */
  static List<String> text(List<Event> events) {
    return events.stream()
        .map(
            event ->
                event.type()
                    + event.attributes().stream()
                        .map(attribute -> attribute.key() + "=" + named(attribute.value()))
                        .collect(Collectors.joining(", ", "{", "}")))
        .toList();
  }

  private ExecTxResult execute(byte[] tx) {
    FinalizeBlockResponse result = chain.block(tx);
    blockEvents = result.events();
    return result.txResults().get(0);
  }

  /** Names for addresses, whether written by modules or, in hex, by {@link PlainTx}. */
  private static String named(String value) {
    String text = value;
    for (Map.Entry<String, String> name : NAMES.entrySet()) {
      String hex = HexFormat.of().formatHex(ADDRESSES.parseAccount(name.getKey()));
      text = text.replace(name.getKey(), name.getValue()).replace(hex, name.getValue());
    }
    return text;
  }

  private static String typeUrl(Message message) {
    return "/" + message.getDescriptorForType().getFullName();
  }

  private static Module[] with(Module[] modules, Module more) {
    Module[] all = Arrays.copyOf(modules, modules.length + 1);
    all[modules.length] = more;
    return all;
  }

  private static Module upgrade() {
    return new UpgradeFactory().create(PLATFORM);
  }

  /** A generation that sets nothing. */
  private static final class NothingSet implements Platform {
    @Override
    public Crypto crypto() {
      throw new UnsupportedOperationException("no key is checked here");
    }

    @Override
    public Optional<String> setting(String name) {
      return Optional.empty();
    }
  }
}
