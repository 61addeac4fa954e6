package io.segue.bundles.consensus.solo.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.consensus.solo.blockfile.BlockFileChain;
import io.segue.bundles.consensus.solo.blockfile.BlockFileItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tells another process how far a replay is: one JSON object in a file, replaced whole whenever the
 * state changes and now and then between. The replay's thread.
 *
 * <pre>
 * {"state":"NEXT","chainId":"c","height":7,"lastHeight":90,"txs":12,"elapsedMs":31,"appHash":"..",
 *  "message":"","generations":[{"name":"v2","digest":"..","height":5}],"roots":{}}
 * </pre>
 */
final class ReplayReport {
  /** Between two writes while nothing but the height changes. */
  static final long INTERVAL_NS = 200_000_000;

  private final ObjectMapper mapper = new ObjectMapper();
  private final Path file;
  private final List<BlockFileItem.Generation> generations = new ArrayList<>();
  private BlockFileChain chain = new BlockFileChain("", 1, 0);
  private ReplayState state = ReplayState.CONNECT;
  private String message = "";
  private SortedMap<String, String> roots = new TreeMap<>();
  private long height;
  private long txs;
  private byte[] appHash = {};
  private long startNs;
  private long writtenNs;

  ReplayReport(Path file) {
    this.file = file;
  }

  /** The chain starts. */
  void started(BlockFileChain of, long nowNs) {
    chain = of;
    height = of.initialHeight() - 1;
    startNs = nowNs;
  }

  /** A generation is ready. */
  void brought(BlockFileItem.Generation generation) {
    generations.add(generation);
  }

  /** A block is committed and gave what the file says. */
  void committed(BlockFileItem.Executed executed, long nowNs) throws IOException {
    height = executed.block().header().height();
    txs += executed.block().txs().size();
    appHash = executed.appHash();
    if (nowNs - writtenNs >= INTERVAL_NS) {
      write(nowNs);
    }
  }

  /** Roots of the stores where a block gave another root than the file says. */
  void roots(SortedMap<String, String> ofStores) {
    roots = ofStores;
  }

  /**
   * The state changed, or what is said of it.
   *
   * @param what why it does not go on; empty where it does
   */
  void state(ReplayState next, String what, long nowNs) throws IOException {
    if (next != state || !what.equals(message)) {
      boolean routine = next == ReplayState.FINALIZE || next == ReplayState.COMMIT;
      boolean was = message.isEmpty() && state != ReplayState.HELD;
      state = next;
      message = what;
      if (!was || !what.isEmpty() || !(routine || next == ReplayState.NEXT)) {
        write(nowNs);
      }
    }
  }

  private void write(long nowNs) throws IOException {
    writtenNs = nowNs;
    ObjectNode json = mapper.createObjectNode();
    json.put("state", state.name());
    json.put("chainId", chain.chainId());
    json.put("height", height);
    json.put("firstHeight", chain.initialHeight());
    json.put("lastHeight", chain.lastHeight());
    json.put("txs", txs);
    json.put("elapsedMs", (nowNs - startNs) / 1_000_000);
    json.put("appHash", HexFormat.of().formatHex(appHash));
    json.put("message", message);
    ArrayNode list = json.putArray("generations");
    for (BlockFileItem.Generation generation : generations) {
      list.addObject()
          .put("name", generation.name())
          .put("digest", generation.digest())
          .put("height", generation.height());
    }
    ObjectNode stores = json.putObject("roots");
    roots.forEach(stores::put);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, mapper.writeValueAsBytes(json));
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
