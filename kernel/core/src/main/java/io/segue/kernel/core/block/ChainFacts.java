package io.segue.kernel.core.block;

import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.core.exec.ConsensusParamsText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the kernel keeps beside the state of each height, in the store's metadata, one text each:
 *
 * <pre>
 * chain.id            the chain's identifier
 * block.time          time of the block, ISO 8601
 * params              see {@link ConsensusParamsText}
 * genesis.generation  digest of the generation genesis that this node started with
 * initial.height      height of the first block
 * </pre>
 *
 * @param time of the block
 * @param params as they hold after the block; every group is present
 */
public record ChainFacts(
    String chainId,
    Instant time,
    ConsensusParams params,
    String genesisGeneration,
    long initialHeight) {
  private static final String CHAIN_ID = "chain.id";
  private static final String TIME = "block.time";
  private static final String PARAMS = "params";
  private static final String GENESIS = "genesis.generation";
  private static final String INITIAL = "initial.height";

  /** What there is before a chain starts. */
  public static final ChainFacts NONE =
      new ChainFacts("", Instant.EPOCH, ConsensusParams.defaults(1), "", 1);

  /** The facts that a store's metadata holds. */
  public static ChainFacts read(Map<String, byte[]> metadata) {
    if (metadata.isEmpty()) {
      return NONE;
    }
    return new ChainFacts(
        text(metadata, CHAIN_ID),
        Instant.parse(text(metadata, TIME)),
        ConsensusParamsText.read(text(metadata, PARAMS)),
        text(metadata, GENESIS),
        Long.parseLong(text(metadata, INITIAL)));
  }

  Map<String, byte[]> write() {
    Map<String, byte[]> metadata = new TreeMap<>();
    metadata.put(CHAIN_ID, chainId.getBytes(StandardCharsets.UTF_8));
    metadata.put(TIME, time.toString().getBytes(StandardCharsets.UTF_8));
    metadata.put(PARAMS, ConsensusParamsText.write(params).getBytes(StandardCharsets.UTF_8));
    metadata.put(GENESIS, genesisGeneration.getBytes(StandardCharsets.UTF_8));
    metadata.put(INITIAL, Long.toString(initialHeight).getBytes(StandardCharsets.UTF_8));
    return metadata;
  }

  /** These facts after one more block. */
  ChainFacts next(Instant blockTime, ConsensusParams newParams) {
    return new ChainFacts(chainId, blockTime, newParams, genesisGeneration, initialHeight);
  }

  /** App version of the block header. */
  public long appVersion() {
    return params.version().orElseThrow().app();
  }

  private static String text(Map<String, byte[]> metadata, String key) {
    byte[] value = metadata.get(key);
    if (value == null) {
      throw new IllegalStateException("the state store's metadata lack " + key);
    }
    return new String(value, StandardCharsets.UTF_8);
  }
}
