package io.segue.bundles.consensus.solo.wire;

import io.segue.kernel.api.abci.Abci.AbciParams;
import io.segue.kernel.api.abci.Abci.BlockParams;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.EvidenceParams;
import io.segue.kernel.api.abci.Abci.ValidatorParams;
import io.segue.kernel.api.abci.Abci.VersionParams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Consensus parameters: encoding and hash. */
public final class ParamsCodec {
  private ParamsCodec() {}

  /** Writes the fields of consensus parameters; absent groups are left out. */
  public static void write(ProtoWriter out, ConsensusParams params) {
    params
        .block()
        .ifPresent(
            group -> {
              int mark = out.begin(1);
              out.number(1, group.maxBytes()).number(2, group.maxGas()).end(mark);
            });
    params
        .evidence()
        .ifPresent(
            group -> {
              int mark = out.begin(2);
              out.number(1, group.maxAgeNumBlocks());
              int age = out.begin(2);
              out.number(1, group.maxAgeDuration().getSeconds());
              out.number(2, group.maxAgeDuration().getNano());
              out.end(age).number(3, group.maxBytes()).end(mark);
            });
    params
        .validator()
        .ifPresent(
            group -> {
              int mark = out.begin(3);
              group.pubKeyTypes().forEach(type -> out.textElement(1, type));
              out.end(mark);
            });
    params
        .version()
        .ifPresent(
            group -> {
              int mark = out.begin(4);
              out.number(1, group.app()).end(mark);
            });
    params
        .abci()
        .ifPresent(
            group -> {
              int mark = out.begin(5);
              out.number(1, group.voteExtensionsEnableHeight()).end(mark);
            });
  }

  /** Reads the fields of consensus parameters. */
  public static ConsensusParams read(ProtoReader in) {
    Optional<BlockParams> block = Optional.empty();
    Optional<EvidenceParams> evidence = Optional.empty();
    Optional<ValidatorParams> validator = Optional.empty();
    Optional<VersionParams> version = Optional.empty();
    Optional<AbciParams> abci = Optional.empty();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> {
          long[] numbers = numbers(in.message(), 3);
          block = Optional.of(new BlockParams(numbers[1], numbers[2]));
        }
        case 2 -> evidence = Optional.of(readEvidence(in.message()));
        case 3 -> {
          List<String> types = new ArrayList<>();
          ProtoReader group = in.message();
          for (int f = group.next(); f != 0; f = group.next()) {
            types.add(group.text());
          }
          validator = Optional.of(new ValidatorParams(List.copyOf(types)));
        }
        case 4 -> version = Optional.of(new VersionParams(numbers(in.message(), 2)[1]));
        case 5 -> abci = Optional.of(new AbciParams(numbers(in.message(), 2)[1]));
        default -> in.skip();
      }
    }
    return new ConsensusParams(block, evidence, validator, version, abci);
  }

  /** The {@code consensus_hash} of a header under these parameters. */
  public static byte[] hash(ConsensusParams params) {
    BlockParams block = params.block().orElseThrow();
    return Merkle.sha256(
        new ProtoWriter(32).number(1, block.maxBytes()).number(2, block.maxGas()).toBytes());
  }

  private static EvidenceParams readEvidence(ProtoReader in) {
    long maxAgeNumBlocks = 0;
    Duration maxAge = Duration.ZERO;
    long maxBytes = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> maxAgeNumBlocks = in.number();
        case 2 -> {
          long[] numbers = numbers(in.message(), 3);
          maxAge = Duration.ofSeconds(numbers[1], numbers[2]);
        }
        case 3 -> maxBytes = in.number();
        default -> in.skip();
      }
    }
    return new EvidenceParams(maxAgeNumBlocks, maxAge, maxBytes);
  }

  /** The number fields below {@code count} of a message, by field number. */
  private static long[] numbers(ProtoReader in, int count) {
    long[] numbers = new long[count];
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field < count) {
        numbers[field] = in.number();
      } else {
        in.skip();
      }
    }
    return numbers;
  }
}
