package io.segue.bundles.cli.tx;

import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.proto.gov.VoteOption;
import io.segue.bundles.sdk.proto.gov.WeightedVoteOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Votes as a user types them. */
final class VoteOptions {
  private VoteOptions() {}

  /**
   * One of {@code yes}, {@code abstain}, {@code no}, {@code no-with-veto}.
   *
   * @throws CliException where it is another word
   */
  static VoteOption parse(String word) {
    return switch (word.toLowerCase(Locale.ROOT).replace('_', '-')) {
      case "yes" -> VoteOption.VOTE_OPTION_YES;
      case "abstain" -> VoteOption.VOTE_OPTION_ABSTAIN;
      case "no" -> VoteOption.VOTE_OPTION_NO;
      case "no-with-veto", "nowithveto", "veto" -> VoteOption.VOTE_OPTION_NO_WITH_VETO;
      default ->
          throw new CliException(
              "'" + word + "' is no vote; write yes, abstain, no or no-with-veto");
    };
  }

  /**
   * Weights such as {@code yes=0.6,no=0.4}.
   *
   * @throws CliException where they are malformed or do not add up to 1
   */
  static List<WeightedVoteOption> parseWeighted(String text) {
    List<WeightedVoteOption> options = new ArrayList<>();
    Dec sum = Dec.ZERO;
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        throw new CliException("'" + part + "' is no weighted vote; write yes=0.6,no=0.4");
      }
      Dec weight = weight(part.substring(equals + 1));
      sum = sum.plus(weight);
      options.add(
          WeightedVoteOption.newBuilder()
              .setOption(parse(part.substring(0, equals)))
              .setWeight(weight.pointed())
              .build());
    }
    if (sum.compareTo(Dec.ONE) != 0) {
      throw new CliException("the weights add up to " + sum.pointed() + "; they must add up to 1");
    }
    return options;
  }

  private static Dec weight(String text) {
    try {
      return Dec.parse(text);
    } catch (RuntimeException e) {
      throw new CliException("'" + text + "' is no weight; write a decimal as 0.6", e);
    }
  }
}
