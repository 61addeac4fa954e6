package io.segue.kernel.api.abci;

import io.segue.kernel.api.abci.Abci.AbciParams;
import io.segue.kernel.api.abci.Abci.BlockParams;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.EvidenceParams;
import io.segue.kernel.api.abci.Abci.ValidatorParams;
import io.segue.kernel.api.abci.Abci.VersionParams;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The one check of consensus parameters: what CometBFT refuses, and what would leave no room for an
 * ordinary transfer or proposal. An engine asks it where it reads a genesis and where the
 * application updates parameters, the kernel before it starts a chain. Any thread.
 */
public final class ConsensusBounds {
  /** Stands for "no limit" of a block's bytes and gas. */
  public static final long NO_LIMIT = -1;

  /** Least limit of a block, in bytes: room for the votes of 1,000 validators and a proposal. */
  public static final long MIN_BLOCK_BYTES = 131_072;

  /** CometBFT's largest block, in bytes. */
  public static final long MAX_BLOCK_BYTES = 104_857_600;

  /** Least limit of a block's gas: a proposal, where the modules ask the most they may for it. */
  public static final long MIN_BLOCK_GAS = 2_000_000;

  /** Largest first height: whatever is added to heights after it stays a number. */
  public static final long MAX_INITIAL_HEIGHT = 1L << 62;

  /** Longest age of evidence: 292 years, what CometBFT can hold. */
  public static final Duration MAX_EVIDENCE_AGE = Duration.ofNanos(Long.MAX_VALUE);

  /** The key types that validators may have. */
  public static final List<String> KEY_TYPES = List.of("ed25519");

  /** The times that a header can tell, as protobuf's: years 1 to 9999. */
  private static final Instant MIN_TIME = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant TIME_END = Instant.parse("+10000-01-01T00:00:00Z");

  private ConsensusBounds() {}

  /**
   * Checks the time that a chain begins with.
   *
   * @return the time as given
   * @throws IllegalArgumentException where no header can tell it
   */
  public static Instant checkGenesisTime(Instant time) {
    if (time.isBefore(MIN_TIME) || !time.isBefore(TIME_END)) {
      throw new IllegalArgumentException(
          "genesis_time is " + time + "; allowed are the years 0001 to 9999");
    }
    return time;
  }

  /**
   * Checks the groups that are present.
   *
   * @return the parameters as given
   * @throws IllegalArgumentException where one is out of its bounds; names it, its value and what
   *     is allowed
   */
  public static ConsensusParams check(ConsensusParams params) {
    params.block().ifPresent(ConsensusBounds::check);
    params.evidence().ifPresent(evidence -> check(evidence, blockBytes(params)));
    params.validator().ifPresent(ConsensusBounds::check);
    params.version().map(VersionParams::app).ifPresent(ConsensusBounds::checkApp);
    params
        .abci()
        .map(AbciParams::voteExtensionsEnableHeight)
        .ifPresent(ConsensusBounds::checkVotes);
    return params;
  }

  /**
   * Checks a change of parameters that a block makes, which counts from the next block on.
   *
   * @param now the parameters in force, every group but {@code abci} present
   * @param changes groups that replace those in force; without the version, which changes with an
   *     upgrade
   * @param height of the block
   * @return the parameters after it
   * @throws IllegalArgumentException as {@link #check} does, and where evidence would leave too
   *     little room in a block, or votes would have extensions from a height that is past or no
   *     longer open
   */
  public static ConsensusParams checkUpdate(
      ConsensusParams now, ConsensusParams changes, long height) {
    if (changes.version().isPresent()) {
      throw refused("version.app", changes.version().get().app(), "what an upgrade sets");
    }
    ConsensusParams after = check(now.with(changes));
    long most = blockBytes(after) - MIN_BLOCK_BYTES;
    long evidence = after.evidence().map(EvidenceParams::maxBytes).orElse(0L);
    if (evidence > most) {
      throw refused(
          "evidence.max_bytes",
          evidence,
          "0 to " + most + ", so that a block full of evidence has room for its votes");
    }
    changes
        .abci()
        .map(AbciParams::voteExtensionsEnableHeight)
        .filter(first -> first != firstWithExtensions(now))
        .ifPresent(first -> checkVotes(firstWithExtensions(now), first, height));
    return after;
  }

  private static void checkVotes(long first) {
    if (first < 0) {
      throw refused("abci.vote_extensions_enable_height", first, "0 for never, or a height");
    }
  }

  private static void checkVotes(long before, long first, long height) {
    if (before != 0 && before <= height) {
      throw refused(
          "abci.vote_extensions_enable_height",
          first,
          before + ", as votes have extensions by now");
    }
    if (first <= height + 1) {
      throw refused("abci.vote_extensions_enable_height", first, "a height above " + (height + 1));
    }
  }

  /** The first height whose votes have extensions; 0 for never. */
  private static long firstWithExtensions(ConsensusParams params) {
    return params.abci().map(AbciParams::voteExtensionsEnableHeight).orElse(0L);
  }

  private static long blockBytes(ConsensusParams params) {
    long bytes = params.block().map(BlockParams::maxBytes).orElse(NO_LIMIT);
    return bytes == NO_LIMIT ? MAX_BLOCK_BYTES : bytes;
  }

  private static void check(BlockParams block) {
    long bytes = block.maxBytes();
    if (bytes != NO_LIMIT && (bytes < MIN_BLOCK_BYTES || bytes > MAX_BLOCK_BYTES)) {
      throw refused(
          "block.max_bytes",
          bytes,
          MIN_BLOCK_BYTES + " to " + MAX_BLOCK_BYTES + ", or -1 for the largest");
    }
    long gas = block.maxGas();
    if (gas != NO_LIMIT && gas < MIN_BLOCK_GAS) {
      throw refused("block.max_gas", gas, MIN_BLOCK_GAS + " and above, or -1 for no limit");
    }
  }

  private static void check(EvidenceParams evidence, long most) {
    if (evidence.maxAgeNumBlocks() < 1) {
      throw refused("evidence.max_age_num_blocks", evidence.maxAgeNumBlocks(), "1 and above");
    }
    Duration age = evidence.maxAgeDuration();
    if (age.isNegative() || age.isZero() || age.compareTo(MAX_EVIDENCE_AGE) > 0) {
      throw refused(
          "evidence.max_age_duration", age, "more than 0 and at most " + MAX_EVIDENCE_AGE);
    }
    if (evidence.maxBytes() < 0 || evidence.maxBytes() > most) {
      throw refused("evidence.max_bytes", evidence.maxBytes(), "0 to " + most + ", a block's");
    }
  }

  private static void check(ValidatorParams validator) {
    List<String> types = validator.pubKeyTypes();
    if (!types.equals(KEY_TYPES)) {
      throw refused("validator.pub_key_types", types, KEY_TYPES);
    }
  }

  private static void checkApp(long app) {
    if (app < 0) {
      throw refused("version.app", app, "0 and above");
    }
  }

  private static IllegalArgumentException refused(String name, Object value, Object allowed) {
    return new IllegalArgumentException(
        "consensus parameter " + name + " is " + value + "; allowed is " + allowed);
  }
}
