package io.segue.kernel.core.exec;

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

/**
 * Consensus parameters as the kernel keeps them, words with a space between two:
 *
 * <pre>
 * max_bytes max_gas evidence_blocks evidence_time evidence_bytes app key_type... [extensions=height]
 * </pre>
 *
 * The last one is there where votes have extensions, now or from a height to come.
 */
public final class ConsensusParamsText {
  private static final String EXTENSIONS = "extensions=";
  private static final int APP = 5;
  private static final int KEY_TYPES = 6;

  private ConsensusParamsText() {}

  /** The text of parameters of which every group but {@code abci} is present. */
  public static String write(ConsensusParams params) {
    BlockParams block = params.block().orElseThrow();
    EvidenceParams evidence = params.evidence().orElseThrow();
    List<String> words = new ArrayList<>();
    words.add(Long.toString(block.maxBytes()));
    words.add(Long.toString(block.maxGas()));
    words.add(Long.toString(evidence.maxAgeNumBlocks()));
    words.add(evidence.maxAgeDuration().toString());
    words.add(Long.toString(evidence.maxBytes()));
    words.add(Long.toString(params.version().orElseThrow().app()));
    words.addAll(params.validator().orElseThrow().pubKeyTypes());
    long extensions = params.abci().map(AbciParams::voteExtensionsEnableHeight).orElse(0L);
    if (extensions != 0) {
      words.add(EXTENSIONS + extensions);
    }
    return String.join(" ", words);
  }

  /** The parameters of a text; without {@code abci} where votes have no extensions. */
  public static ConsensusParams read(String text) {
    List<String> words = List.of(text.split(" "));
    String last = words.get(words.size() - 1);
    boolean extended = last.startsWith(EXTENSIONS);
    Optional<AbciParams> abci =
        extended
            ? Optional.of(new AbciParams(Long.parseLong(last.substring(EXTENSIONS.length()))))
            : Optional.empty();
    int end = extended ? words.size() - 1 : words.size();
    return new ConsensusParams(
        Optional.of(new BlockParams(Long.parseLong(words.get(0)), Long.parseLong(words.get(1)))),
        Optional.of(
            new EvidenceParams(
                Long.parseLong(words.get(2)),
                Duration.parse(words.get(3)),
                Long.parseLong(words.get(4)))),
        Optional.of(new ValidatorParams(words.subList(KEY_TYPES, end))),
        Optional.of(new VersionParams(Long.parseLong(words.get(APP)))),
        abci);
  }
}
