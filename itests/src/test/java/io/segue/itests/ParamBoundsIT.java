package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.UnknownFieldSet;
import io.segue.bundles.sdk.proto.bank.MsgSetSendEnabled;
import io.segue.bundles.sdk.proto.gov.MsgUpdateParams;
import io.segue.bundles.sdk.proto.gov.Params;
import io.segue.kernel.api.abci.Abci.BlockParams;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.EvidenceParams;
import io.segue.kernel.api.abci.Abci.ValidatorParams;
import io.segue.kernel.api.abci.ConsensusBounds;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Every parameter that governance may set has bounds that the chain can live with: at both ends and
 * between, a transfer works and a proposal passes that sets it back; beyond them it is refused when
 * it is proposed.
 */
class ParamBoundsIT {
  private static final long ONE = 1_000_000_000_000_000_000L;
  private static final long MAX_PERIOD_MS = java.time.Duration.ofDays(730).toMillis();

  private Path folder = Path.of("target");
  private final List<GovernedChain> chains = new ArrayList<>();

  /**
   * A parameter.
   *
   * @param message the proposal's message that sets it to a value, and everything else of its
   *     module to what it was
   * @param usual the value that it had
   * @param transfers whether transfers work at a value
   */
  private record Parameter(
      String name,
      long least,
      LongSupplier most,
      long usual,
      LongFunction<Any> message,
      LongFunction<Boolean> transfers) {
    static Parameter of(
        String name, long least, LongSupplier most, long usual, LongFunction<Any> message) {
      return new Parameter(name, least, most, usual, message, value -> true);
    }

    static Parameter of(String name, long least, long most, long usual, LongFunction<Any> message) {
      return of(name, least, () -> most, usual, message);
    }

    static Parameter flag(String name, LongFunction<Any> message) {
      return of(name, 0, 1, 0, message);
    }
  }

  @BeforeProperty
  void makeFolder() throws Exception {
    assertThat(Runtime.getRuntime().maxMemory())
        .as("the heap of a small node, in which the chains run")
        .isLessThanOrEqualTo(512L << 20);
    folder = Files.createTempDirectory(Path.of("target"), "params");
  }

  @AfterProperty
  void removeFolder() throws Exception {
    chains.forEach(GovernedChain::close);
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Example
  void aChainLivesWithEveryParameterAtItsEnds() throws Exception {
    GovernedChain genesis = open(GovernedChain.genesis(folder.resolve("1"), smallest()));
    GovernedChain v2 = open(GovernedChain.v2(folder.resolve("2")));
    GovernedChain v3 = open(GovernedChain.v3(folder.resolve("3")));

    carried(genesis).forEach(parameter -> ends(genesis, parameter));
    ofConsensus(smallest()).forEach(parameter -> ends(genesis, parameter));
    burnNothing(v2);
    carried(v2).forEach(parameter -> ends(v2, parameter));
    ofV2(v2).forEach(parameter -> ends(v2, parameter));
    carried(v3).forEach(parameter -> ends(v3, parameter));
    ofConsensus(GovernedChain.DEFAULTS).forEach(parameter -> ends(v3, parameter));
    burnShare().forEach(parameter -> ends(v3, parameter));
  }

  @Example
  void aChainLivesWithTheDearestGasInTheSmallestBlocks() throws Exception {
    GovernedChain chain = open(GovernedChain.genesis(folder.resolve("1"), smallest()));
    io.segue.bundles.sdk.proto.auth.Params dearest =
        auth().setTxSizeCostPerByte(100).setSigVerifyCostSecp256K1(100_000).build();

    assertThat(chain.propose(auth(dearest))).isNull();
    assertThat(chain.transfer().log()).isEmpty();
    Any largest =
        GovernedChain.any(
            io.segue.bundles.sdk.proto.upgrade.MsgSoftwareUpgrade.newBuilder()
                .setAuthority(GovernedChain.GOV)
                .setPlan(
                    io.segue.bundles.sdk.proto.upgrade.Plan.newBuilder()
                        .setName("large")
                        .setHeight(1_000_000)
                        .setInfo("i".repeat(4096)))
                .build());
    assertThat(chain.propose(largest)).isNull();
    assertThat(chain.propose(auth(auth().build()))).isNull();
  }

  @Example
  void aChainLivesWithConsensusParametersAtTheirEnds() throws Exception {
    ConsensusParams largest =
        new ConsensusParams(
            Optional.of(new BlockParams(ConsensusBounds.MAX_BLOCK_BYTES, Long.MAX_VALUE)),
            Optional.of(
                new EvidenceParams(
                    Long.MAX_VALUE,
                    java.time.Duration.ofNanos(Long.MAX_VALUE),
                    ConsensusBounds.MAX_BLOCK_BYTES)),
            Optional.of(new ValidatorParams(ConsensusBounds.KEY_TYPES)),
            GovernedChain.DEFAULTS.version());
    int home = 0;
    for (ConsensusParams params : List.of(smallest(), largest, GovernedChain.DEFAULTS)) {
      GovernedChain chain = open(GovernedChain.genesis(folder.resolve("" + home++), params));
      assertThat(chain.transfer().log()).isEmpty();
      assertThat(chain.propose(auth(auth().setTxSigLimit(8).build()))).isNull();
    }
  }

  @Property(tries = 3, shrinking = ShrinkingMode.OFF)
  void aChainLivesWithAnyValueWithinTheBounds(@ForAll long seed) throws Exception {
    GovernedChain chain = open(GovernedChain.v2(folder.resolve("" + chains.size())));
    burnNothing(chain);
    List<Parameter> all = new ArrayList<>(carried(chain));
    all.addAll(ofV2(chain));
    Random random = new Random(seed);
    for (Parameter parameter : all) {
      long most = parameter.most().getAsLong();
      lives(chain, parameter, random.nextLong(parameter.least(), most + 1));
    }
  }

  /** So that the supply, of which some bounds are a part, stays as it is. */
  private static void burnNothing(GovernedChain chain) {
    assertThat(chain.propose(burnShare().get(0).message().apply(0))).isNull();
  }

  private GovernedChain open(GovernedChain chain) {
    chains.add(chain);
    return chain;
  }

  private static void ends(GovernedChain chain, Parameter parameter) {
    lives(chain, parameter, parameter.least());
    lives(chain, parameter, parameter.most().getAsLong());
    if (parameter.most().getAsLong() > 1) {
      refuses(chain, parameter, parameter.least() - 1);
      refuses(chain, parameter, parameter.most().getAsLong() + 1);
      refuses(chain, parameter, Long.MAX_VALUE);
    }
  }

  private static void lives(GovernedChain chain, Parameter parameter, long value) {
    String what = parameter.name() + " = " + value;
    assertThat(chain.propose(parameter.message().apply(value))).as(what).isNull();
    assertThat(chain.transfer().code() == 0).as(what).isEqualTo(parameter.transfers().apply(value));
    assertThat(chain.propose(parameter.message().apply(parameter.usual())))
        .as("back from " + what)
        .isNull();
  }

  private static void refuses(GovernedChain chain, Parameter parameter, long value) {
    assertThat(chain.propose(parameter.message().apply(value)))
        .as(parameter.name() + " = " + value)
        .contains("failed to execute message")
        .doesNotContain("Exception");
  }

  /** Those of the modules that every generation has. */
  private static List<Parameter> carried(GovernedChain chain) {
    List<Parameter> all = new ArrayList<>();
    auth(all, "max_memo_characters", 65_536, 256, (p, v) -> p.setMaxMemoCharacters(v));
    auth(all, "tx_sig_limit", 100, 7, (p, v) -> p.setTxSigLimit(v));
    auth(all, "tx_size_cost_per_byte", 100, 10, (p, v) -> p.setTxSizeCostPerByte(v));
    auth(all, "sig_verify_cost_ed25519", 100_000, 590, (p, v) -> p.setSigVerifyCostEd25519(v));
    auth(all, "sig_verify_cost_secp256k1", 100_000, 1000, (p, v) -> p.setSigVerifyCostSecp256K1(v));
    all.add(new Parameter("send_enabled", 0, () -> 1, 1, ParamBoundsIT::sendEnabled, v -> v == 1));
    all.add(
        new Parameter(
            "default_send_enabled", 0, () -> 1, 1, ParamBoundsIT::defaultSendEnabled, v -> v == 1));
    staking(all, "unbonding_time", 1, 9_223_372_036L, 1_814_400, (p, v) -> unbonding(p, v));
    staking(all, "max_validators", 1, 1000, 100, (p, v) -> p.setMaxValidators(v.intValue()));
    staking(all, "max_entries", 1, 1000, 7, (p, v) -> p.setMaxEntries(v.intValue()));
    staking(
        all,
        "historical_entries",
        0,
        1_000_000,
        10_000,
        (p, v) -> p.setHistoricalEntries(v.intValue()));
    staking(all, "min_commission_rate", 0, ONE, 0, (p, v) -> p.setMinCommissionRate("" + v));
    all.add(Parameter.flag("allow_abort", v -> upgrade(v == 1, false)));
    all.add(Parameter.flag("check_invariants", v -> upgrade(false, v == 1)));
    all.addAll(ofGov(chain));
    return all;
  }

  /** Those of the engine; the app version is an upgrade's to set. */
  private static List<Parameter> ofConsensus(ConsensusParams usual) {
    long blockBytes = usual.block().orElseThrow().maxBytes();
    EvidenceParams evidence = usual.evidence().orElseThrow();
    long unchanged = -7;
    return List.of(
        Parameter.of(
            "block.max_bytes",
            ConsensusBounds.MIN_BLOCK_BYTES + evidence.maxBytes(),
            ConsensusBounds.MAX_BLOCK_BYTES,
            blockBytes,
            v -> consensus(usual, m -> m.getBlockBuilder().setMaxBytes(v))),
        Parameter.of(
            "evidence.max_bytes",
            0,
            blockBytes - ConsensusBounds.MIN_BLOCK_BYTES,
            evidence.maxBytes(),
            v -> consensus(usual, m -> m.getEvidenceBuilder().setMaxBytes(v))),
        Parameter.of(
            "evidence.max_age_duration",
            1,
            9_223_372_036L,
            unchanged,
            v ->
                consensus(
                    usual,
                    m -> {
                      if (v != unchanged) {
                        m.getEvidenceBuilder()
                            .setMaxAgeDuration(Duration.newBuilder().setSeconds(v));
                      }
                    })));
  }

  private static Any consensus(
      ConsensusParams usual,
      Consumer<io.segue.bundles.sdk.proto.consensus.MsgUpdateParams.Builder> change) {
    BlockParams block = usual.block().orElseThrow();
    EvidenceParams evidence = usual.evidence().orElseThrow();
    var message =
        io.segue.bundles.sdk.proto.consensus.MsgUpdateParams.newBuilder()
            .setAuthority(GovernedChain.GOV);
    message.getBlockBuilder().setMaxBytes(block.maxBytes()).setMaxGas(block.maxGas());
    message
        .getEvidenceBuilder()
        .setMaxAgeNumBlocks(evidence.maxAgeNumBlocks())
        .setMaxAgeDuration(
            Duration.newBuilder()
                .setSeconds(evidence.maxAgeDuration().getSeconds())
                .setNanos(evidence.maxAgeDuration().getNano()))
        .setMaxBytes(evidence.maxBytes());
    message.getValidatorBuilder().addAllPubKeyTypes(ConsensusBounds.KEY_TYPES);
    change.accept(message);
    return GovernedChain.any(message.build());
  }

  private static List<Parameter> ofGov(GovernedChain chain) {
    Params usual = chain.govParams();
    List<Parameter> all = new ArrayList<>();
    LongSupplier tenth = () -> chain.supply() / 10;
    all.add(
        Parameter.of(
            "min_deposit",
            1,
            () -> tenth.getAsLong() - 1,
            10_000_000,
            v ->
                v == 10_000_000
                    ? gov(usual.toBuilder())
                    : gov(
                        usual.toBuilder()
                            .setMinDeposit(0, GovernedChain.stake(v))
                            .setExpeditedMinDeposit(0, GovernedChain.stake(v + 1)))));
    all.add(
        Parameter.of(
            "expedited_min_deposit",
            10_000_001,
            tenth,
            50_000_000,
            v -> gov(usual.toBuilder().setExpeditedMinDeposit(0, GovernedChain.stake(v)))));
    all.add(
        Parameter.of(
            "max_deposit_period",
            100,
            MAX_PERIOD_MS,
            4000,
            v -> gov(usual.toBuilder().setMaxDepositPeriod(ms(v)))));
    all.add(
        Parameter.of(
            "voting_period",
            101,
            MAX_PERIOD_MS,
            4000,
            v ->
                gov(
                    usual.toBuilder()
                        .setVotingPeriod(ms(v))
                        .setExpeditedVotingPeriod(ms(Math.min(2000, v - 1))))));
    all.add(
        Parameter.of(
            "expedited_voting_period",
            100,
            3999,
            2000,
            v -> gov(usual.toBuilder().setExpeditedVotingPeriod(ms(v)))));
    ratio(
        all, usual, "quorum", 0, ONE / 10 * 9, 334_000_000_000_000_000L, Params.Builder::setQuorum);
    ratio(
        all,
        usual,
        "threshold",
        1,
        ONE / 10 * 9,
        ONE / 2,
        (p, v) -> p.setThreshold(v).setExpeditedThreshold("0.95"));
    ratio(
        all,
        usual,
        "expedited_threshold",
        ONE / 2 + 1,
        ONE / 20 * 19,
        667_000_000_000_000_000L,
        Params.Builder::setExpeditedThreshold);
    ratio(
        all,
        usual,
        "veto_threshold",
        ONE / 10,
        ONE,
        334_000_000_000_000_000L,
        Params.Builder::setVetoThreshold);
    ratio(
        all,
        usual,
        "min_initial_deposit_ratio",
        0,
        ONE,
        0,
        Params.Builder::setMinInitialDepositRatio);
    ratio(
        all,
        usual,
        "proposal_cancel_ratio",
        0,
        ONE,
        ONE / 2,
        Params.Builder::setProposalCancelRatio);
    ratio(all, usual, "min_deposit_ratio", 0, ONE, ONE / 100, Params.Builder::setMinDepositRatio);
    all.add(
        Parameter.flag("burn_vote_quorum", v -> gov(usual.toBuilder().setBurnVoteQuorum(v == 1))));
    all.add(
        Parameter.flag(
            "burn_proposal_deposit_prevote",
            v -> gov(usual.toBuilder().setBurnProposalDepositPrevote(v == 1))));
    all.add(Parameter.flag("burn_vote_veto", v -> gov(usual.toBuilder().setBurnVoteVeto(v == 0))));
    return all;
  }

  private static List<Parameter> ofV2(GovernedChain chain) {
    List<Parameter> all = new ArrayList<>(burnShare());
    LongSupplier dearest = () -> chain.supply() / 10_000;
    all.add(
        Parameter.of(
            "target_block_gas",
            1,
            1_000_000_000_000_000L,
            50_000_000,
            v -> feemarket(v, 8, 100, 1000)));
    all.add(
        Parameter.of(
            "change_denominator", 1, 1_000_000, 8, v -> feemarket(50_000_000, v, 100, 1000)));
    all.add(Parameter.of("min_base_fee", 0, 1000, 100, v -> feemarket(50_000_000, 8, v, 1000)));
    all.add(
        Parameter.of("max_base_fee", 100, dearest, 1000, v -> feemarket(50_000_000, 8, 100, v)));
    all.add(
        Parameter.of(
            "both base fees", 0, dearest, 1000, v -> feemarket(1, 1, v == 1000 ? 100 : v, v)));
    return all;
  }

  private static List<Parameter> burnShare() {
    return List.of(
        Parameter.of(
            "fee_burn_share",
            0,
            ONE,
            0,
            v ->
                governed(
                    "/segue.bank.v2.MsgUpdateParams",
                    UnknownFieldSet.newBuilder().addField(1, text(decimal(v))).build())));
  }

  private static void auth(
      List<Parameter> all,
      String name,
      long most,
      long usual,
      BiConsumer<io.segue.bundles.sdk.proto.auth.Params.Builder, Long> set) {
    all.add(
        Parameter.of(
            name,
            1,
            most,
            usual,
            value -> {
              io.segue.bundles.sdk.proto.auth.Params.Builder params = auth();
              set.accept(params, value);
              return auth(params.build());
            }));
  }

  private static io.segue.bundles.sdk.proto.auth.Params.Builder auth() {
    return io.segue.bundles.sdk.proto.auth.Params.newBuilder()
        .setMaxMemoCharacters(256)
        .setTxSigLimit(7)
        .setTxSizeCostPerByte(10)
        .setSigVerifyCostEd25519(590)
        .setSigVerifyCostSecp256K1(1000);
  }

  private static Any auth(io.segue.bundles.sdk.proto.auth.Params params) {
    return GovernedChain.any(
        io.segue.bundles.sdk.proto.auth.MsgUpdateParams.newBuilder()
            .setAuthority(GovernedChain.GOV)
            .setParams(params)
            .build());
  }

  private static Any sendEnabled(long value) {
    return GovernedChain.any(
        MsgSetSendEnabled.newBuilder()
            .setAuthority(GovernedChain.GOV)
            .addSendEnabled(
                io.segue.bundles.sdk.proto.bank.SendEnabled.newBuilder()
                    .setDenom("stake")
                    .setEnabled(value == 1))
            .addUseDefaultFor(value == 1 ? "stake" : "other")
            .build());
  }

  private static Any defaultSendEnabled(long value) {
    return GovernedChain.any(
        io.segue.bundles.sdk.proto.bank.MsgUpdateParams.newBuilder()
            .setAuthority(GovernedChain.GOV)
            .setParams(
                io.segue.bundles.sdk.proto.bank.Params.newBuilder()
                    .setDefaultSendEnabled(value == 1))
            .build());
  }

  private static void staking(
      List<Parameter> all,
      String name,
      long least,
      long most,
      long usual,
      BiConsumer<io.segue.bundles.sdk.proto.staking.Params.Builder, Long> set) {
    all.add(
        Parameter.of(
            name,
            least,
            most,
            usual,
            value -> {
              var params =
                  io.segue.bundles.sdk.proto.staking.Params.newBuilder()
                      .setUnbondingTime(Duration.newBuilder().setSeconds(1_814_400))
                      .setMaxValidators(100)
                      .setMaxEntries(7)
                      .setHistoricalEntries(10_000)
                      .setBondDenom("stake")
                      .setMinCommissionRate("0");
              set.accept(params, value);
              return GovernedChain.any(
                  io.segue.bundles.sdk.proto.staking.MsgUpdateParams.newBuilder()
                      .setAuthority(GovernedChain.GOV)
                      .setParams(params)
                      .build());
            }));
  }

  private static void unbonding(
      io.segue.bundles.sdk.proto.staking.Params.Builder params, long seconds) {
    params.setUnbondingTime(Duration.newBuilder().setSeconds(seconds));
  }

  private static Any upgrade(boolean abort, boolean invariants) {
    return GovernedChain.any(
        io.segue.bundles.sdk.proto.upgrade.MsgUpdateParams.newBuilder()
            .setAuthority(GovernedChain.GOV)
            .setParams(
                io.segue.bundles.sdk.proto.upgrade.Params.newBuilder()
                    .setAllowAbort(abort)
                    .setCheckInvariants(invariants))
            .build());
  }

  private static void ratio(
      List<Parameter> all,
      Params usual,
      String name,
      long least,
      long most,
      long before,
      BiConsumer<Params.Builder, String> set) {
    all.add(
        Parameter.of(
            name,
            least,
            most,
            before,
            value -> {
              Params.Builder params = usual.toBuilder();
              if (value != before) {
                set.accept(params, decimal(value));
              }
              return gov(params);
            }));
  }

  private static Any gov(Params.Builder params) {
    return GovernedChain.any(
        MsgUpdateParams.newBuilder().setAuthority(GovernedChain.GOV).setParams(params).build());
  }

  private static Any feemarket(long target, long denominator, long least, long most) {
    return governed(
        "/segue.feemarket.v1.MsgUpdateParams",
        UnknownFieldSet.newBuilder()
            .addField(1, text("stake"))
            .addField(2, number(target))
            .addField(3, number(denominator))
            .addField(4, number(least))
            .addField(5, number(most))
            .build());
  }

  /** A message of governance whose form is known to its bundle alone. */
  private static Any governed(String typeUrl, UnknownFieldSet params) {
    return Any.newBuilder()
        .setTypeUrl(typeUrl)
        .setValue(
            UnknownFieldSet.newBuilder()
                .addField(1, text(GovernedChain.GOV))
                .addField(
                    2,
                    UnknownFieldSet.Field.newBuilder()
                        .addLengthDelimited(params.toByteString())
                        .build())
                .build()
                .toByteString())
        .build();
  }

  private static UnknownFieldSet.Field text(String text) {
    return UnknownFieldSet.Field.newBuilder()
        .addLengthDelimited(ByteString.copyFromUtf8(text))
        .build();
  }

  private static UnknownFieldSet.Field number(long value) {
    return UnknownFieldSet.Field.newBuilder().addVarint(value).build();
  }

  private static String decimal(long scaled) {
    return new BigDecimal(BigInteger.valueOf(scaled), 18).toPlainString();
  }

  private static Duration ms(long ms) {
    return Duration.newBuilder()
        .setSeconds(Math.floorDiv(ms, 1000L))
        .setNanos((int) Math.floorMod(ms, 1000L) * 1_000_000)
        .build();
  }

  private static ConsensusParams smallest() {
    return new ConsensusParams(
        Optional.of(
            new BlockParams(ConsensusBounds.MIN_BLOCK_BYTES, ConsensusBounds.MIN_BLOCK_GAS)),
        Optional.of(new EvidenceParams(1, java.time.Duration.ofNanos(1), 0)),
        Optional.of(new ValidatorParams(ConsensusBounds.KEY_TYPES)),
        GovernedChain.DEFAULTS.version());
  }
}
