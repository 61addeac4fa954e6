package io.segue.kernel.api.abci;

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
    params
        .evidence()
        .ifPresent(
            evidence ->
                check(evidence, params.block().map(BlockParams::maxBytes).orElse(NO_LIMIT)));
    params.validator().ifPresent(ConsensusBounds::check);
    params.version().map(VersionParams::app).ifPresent(ConsensusBounds::checkApp);
    return params;
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

  private static void check(EvidenceParams evidence, long blockBytes) {
    if (evidence.maxAgeNumBlocks() < 1) {
      throw refused("evidence.max_age_num_blocks", evidence.maxAgeNumBlocks(), "1 and above");
    }
    Duration age = evidence.maxAgeDuration();
    if (age.isNegative() || age.isZero()) {
      throw refused("evidence.max_age_duration", age, "more than 0");
    }
    long most = blockBytes == NO_LIMIT ? MAX_BLOCK_BYTES : blockBytes;
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
