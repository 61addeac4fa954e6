package io.segue.bundles.gov.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.segue.bundles.gov.proposal.StakingPower.Bonded;
import io.segue.bundles.gov.proposal.StakingPower.Delegation;
import io.segue.bundles.gov.proposal.StakingPower.Validator;
import io.segue.bundles.gov.proposal.Tally.Outcome;
import io.segue.bundles.gov.state.GovParams;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.proto.gov.Params;
import io.segue.bundles.sdk.proto.gov.TallyResult;
import io.segue.bundles.sdk.proto.gov.VoteOption;
import io.segue.bundles.sdk.proto.gov.WeightedVoteOption;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every tally, whoever holds what and votes how. */
class TallyPropertiesTest {
  private static final int VALIDATORS = 5;
  private static final int ACCOUNTS = 12;
  private static final int SILENT = 0;
  private static final int YES = VoteOption.VOTE_OPTION_YES_VALUE;
  private static final int NO = VoteOption.VOTE_OPTION_NO_VALUE;
  private static final MathContext EXACT = new MathContext(60, RoundingMode.HALF_EVEN);

  /** What cutting the result takes, and rounding at the 18th digit before. */
  private static final BigDecimal ONE_TOKEN = new BigDecimal("1.000000000001");

  private static final Params PARAMS = GovParams.defaults();

  /** Shares of one account in one validator. */
  record Share(int account, int validator, long shares) {}

  /**
   * A chain at the end of a vote. The first accounts are those of the validators.
   *
   * @param tokensPerThousandShares what slashing left, by validator
   * @param votes the option of each account, or {@link #SILENT}
   */
  record Scene(List<Share> shares, List<Integer> tokensPerThousandShares, List<Integer> votes) {}

  @Property
  void countsEveryShareWithWhoSpeaksForIt(@ForAll("scenes") Scene scene) {
    TallyResult counted = tally(scene, votersInOrder()).result();
    BigDecimal[] expected = byShare(scene);
    assertClose(counted.getYesCount(), expected[1]);
    assertClose(counted.getAbstainCount(), expected[2]);
    assertClose(counted.getNoCount(), expected[3]);
    assertClose(counted.getNoWithVetoCount(), expected[4]);
  }

  @Property
  void neverCountsMoreThanIsBonded(@ForAll("scenes") Scene scene) {
    TallyResult counted = tally(scene, votersInOrder()).result();
    BigInteger sum =
        new BigInteger(counted.getYesCount())
            .add(new BigInteger(counted.getAbstainCount()))
            .add(new BigInteger(counted.getNoCount()))
            .add(new BigInteger(counted.getNoWithVetoCount()));
    assertThat(sum).isLessThanOrEqualTo(bonded(scene).total());
  }

  @Property
  void theOrderOfVotesDoesNotMatter(@ForAll("scenes") Scene scene, @ForAll long seed) {
    List<Integer> shuffled = votersInOrder();
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(tally(scene, shuffled)).isEqualTo(tally(scene, votersInOrder()));
  }

  @Property
  void aNoThatBecomesAYesNeverHurts(@ForAll("scenes") Scene scene) {
    boolean before = tally(scene, votersInOrder()).passes();
    for (int account = 0; account < ACCOUNTS; account++) {
      if (scene.votes().get(account) == NO) {
        List<Integer> votes = new ArrayList<>(scene.votes());
        votes.set(account, YES);
        Scene turned = new Scene(scene.shares(), scene.tokensPerThousandShares(), votes);
        assertThat(!before || tally(turned, votersInOrder()).passes()).isTrue();
      }
    }
  }

  @Property
  void passesWhereAllValidatorsSayYesAndNobodyElseSpeaks(@ForAll("scenes") Scene scene) {
    List<Integer> votes = new ArrayList<>(Collections.nCopies(ACCOUNTS, SILENT));
    for (int validator = 0; validator < VALIDATORS; validator++) {
      votes.set(validator, YES);
    }
    Scene unanimous = new Scene(scene.shares(), scene.tokensPerThousandShares(), votes);
    boolean anythingBonded = bonded(scene).total().signum() > 0;
    assertThat(tally(unanimous, votersInOrder()).passes()).isEqualTo(anythingBonded);
  }

  @Provide
  Arbitrary<Scene> scenes() {
    Arbitrary<Share> share =
        Combinators.combine(
                Arbitraries.integers().between(0, ACCOUNTS - 1),
                Arbitraries.integers().between(0, VALIDATORS - 1),
                Arbitraries.longs().between(1, 1_000_000_000_000L))
            .as(Share::new);
    Arbitrary<List<Integer>> tokens =
        Arbitraries.integers().between(1, 1000).list().ofSize(VALIDATORS);
    Arbitrary<List<Integer>> votes =
        Arbitraries.integers().between(SILENT, 4).list().ofSize(ACCOUNTS);
    return Combinators.combine(share.list().ofMaxSize(25), tokens, votes).as(Scene::new);
  }

  private static Outcome tally(Scene scene, List<Integer> order) {
    Tally tally = new Tally(bonded(scene));
    for (int account : order) {
      int option = scene.votes().get(account);
      if (option != SILENT) {
        tally.vote(address(account), one(option), delegations(scene, account));
      }
    }
    return tally.outcome(PARAMS, false);
  }

  /** The count by its definition: each share votes as its owner, or else as its validator. */
  private static BigDecimal[] byShare(Scene scene) {
    BigDecimal[] power = new BigDecimal[5];
    Arrays.fill(power, BigDecimal.ZERO);
    for (Share share : scene.shares()) {
      int own = scene.votes().get(share.account());
      int option = own != SILENT ? own : scene.votes().get(share.validator());
      BigDecimal worth =
          new BigDecimal(share.shares())
              .multiply(new BigDecimal(tokens(scene, share.validator())))
              .divide(new BigDecimal(shares(scene, share.validator())), EXACT);
      power[option] = power[option].add(worth);
    }
    return power;
  }

  private static Bonded bonded(Scene scene) {
    List<Validator> validators = new ArrayList<>();
    BigInteger total = BigInteger.ZERO;
    for (int i = 0; i < VALIDATORS; i++) {
      BigInteger tokens = tokens(scene, i);
      if (tokens.signum() > 0) {
        validators.add(new Validator(address(i), tokens, Dec.of(shares(scene, i))));
        total = total.add(tokens);
      }
    }
    return new Bonded(total, validators);
  }

  private static BigInteger tokens(Scene scene, int validator) {
    BigInteger perThousand = BigInteger.valueOf(scene.tokensPerThousandShares().get(validator));
    BigInteger shares = shares(scene, validator);
    return shares.multiply(perThousand).divide(BigInteger.valueOf(1000));
  }

  private static BigInteger shares(Scene scene, int validator) {
    return scene.shares().stream()
        .filter(share -> share.validator() == validator)
        .map(share -> BigInteger.valueOf(share.shares()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static List<Delegation> delegations(Scene scene, int account) {
    return scene.shares().stream()
        .filter(share -> share.account() == account)
        .map(share -> new Delegation(address(share.validator()), Dec.of(share.shares())))
        .toList();
  }

  private static List<Integer> votersInOrder() {
    List<Integer> order = new ArrayList<>();
    for (int account = 0; account < ACCOUNTS; account++) {
      order.add(account);
    }
    return order;
  }

  private static List<WeightedVoteOption> one(int option) {
    return List.of(
        WeightedVoteOption.newBuilder()
            .setOptionValue(option)
            .setWeight(Dec.ONE.pointed())
            .build());
  }

  private static ByteString address(int account) {
    return ByteString.copyFromUtf8("account-" + account);
  }

  private static void assertClose(String counted, BigDecimal expected) {
    assertThat(new BigDecimal(counted).subtract(expected).abs()).isLessThanOrEqualTo(ONE_TOKEN);
  }
}
