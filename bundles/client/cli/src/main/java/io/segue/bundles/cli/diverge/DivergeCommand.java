package io.segue.bundles.cli.diverge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.chain.UnreachableException;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.diverge.Divergence.Heights;
import io.segue.bundles.cli.diverge.Divergence.KeyPair;
import io.segue.bundles.cli.diverge.Divergence.StorePair;
import io.segue.bundles.cli.home.NodeOption;
import io.segue.bundles.services.proto.store.Entry;
import io.segue.bundles.services.proto.store.Store;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code segue diverge}. */
@Command(
    name = "diverge",
    description = {
      "Compares the state of a node with that of another one: finds the first height at which"
          + " their",
      "app hashes differ, the stores whose roots do, and the keys. Both nodes have to run; one"
          + " whose",
      "consensus has stopped is asked like any other."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      " 0:both have the same state",
      " 1:a node does not answer, or they have no height in common",
      " 2:wrong usage",
      " 3:the states differ"
    })
public final class DivergeCommand implements Callable<Integer> {
  private static final int SAME = 0;
  private static final int DIFFER = 3;

  /** Keys of a store that can be named. */
  private static final int MAX_LIMIT = 10_000;

  /** Bytes of a value that are printed. */
  private static final int SHOWN_BYTES = 64;

  @Spec private CommandSpec spec;

  @Mixin private NodeOption node;
  @Mixin private Output output;

  @Option(
      names = "--with",
      required = true,
      paramLabel = "URL|FOLDER",
      description = "The other node: its JSON-RPC, or its home on this machine.")
  private String with;

  @Option(
      names = "--height",
      paramLabel = "HEIGHT",
      description = "Compares at this height. Default: the first at which they differ.")
  private long height;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Keys of a store that are named at most, 1 to "
              + MAX_LIMIT
              + ". Default: ${DEFAULT-VALUE}.")
  private int limit = 20;

  @Override
  public Integer call() {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--limit " + limit + ": legal is 1 to " + MAX_LIMIT);
    }
    NodeClient own = node.client();
    NodeClient other = new NodeClient(NodeOption.of(with));
    requireChain(other, own.chainId());
    Divergence divergence = new Divergence(new NodeTree(own), new NodeTree(other));
    Heights heights = divergence.heights();
    if (heights.oldest() > heights.last()) {
      throw new CliException(
          "the nodes have no height in common: one keeps none below "
              + heights.oldest()
              + ", the other has none above "
              + heights.last()
              + "; compare with a node that keeps older heights (pruning-keep-recent)");
    }
    Optional<Long> at = height == 0 ? divergence.firstHeight(heights) : Optional.of(height);
    ObjectNode result = Output.object();
    result.put("node", own.uri().toString());
    result.put("with", other.uri().toString());
    List<StorePair> stores = at.map(first -> divergence.stores(first, limit)).orElse(List.of());
    if (stores.isEmpty()) {
      result.put("sameAtHeight", at.orElse(heights.last()));
    } else {
      result.put("differAtHeight", at.orElseThrow());
      if (height == 0) {
        result.put("olderHeightsDiffer", at.orElseThrow() == heights.oldest() ? "unknown" : "no");
      }
      stores.forEach(store -> result.withArray("stores").add(json(store)));
    }
    output.print(spec.commandLine().getOut(), result);
    return stores.isEmpty() ? SAME : DIFFER;
  }

  private static void requireChain(NodeClient other, String chainId) {
    try {
      other.requireChain(chainId);
    } catch (UnreachableException e) {
      throw new CliException(
          "no node answers at "
              + other.uri()
              + ", which --with names; start it, or name another one by --with",
          e);
    }
  }

  private static ObjectNode json(StorePair store) {
    ObjectNode json = Output.object();
    json.put("store", store.name());
    json.put("root", root(store.ours()));
    json.put("otherRoot", root(store.theirs()));
    for (KeyPair key : store.keys()) {
      ObjectNode entry = json.withArray("keys").addObject();
      entry.put("key", hex(key.key()));
      entry.put("text", printable(key.key()));
      entry.put("value", value(key.ours()));
      entry.put("otherValue", value(key.theirs()));
      describe(entry, "means", key.ours());
      describe(entry, "otherMeans", key.theirs());
    }
    if (store.more()) {
      json.put("more", "further keys differ; name more with --limit");
    }
    return json;
  }

  private static void describe(ObjectNode json, String name, @Nullable Entry entry) {
    if (entry != null && !entry.getDescription().isEmpty()) {
      json.put(name, entry.getDescription());
    }
  }

  private static String root(@Nullable Store store) {
    return store == null
        ? "no such store"
        : hex(store.getRoot()) + " of " + store.getKeys() + " keys";
  }

  private static String value(@Nullable Entry entry) {
    if (entry == null) {
      return "absent";
    }
    boolean whole = entry.getValueBytes() <= SHOWN_BYTES;
    return whole
        ? hex(entry.getValue())
        : hex(entry.getValue().substring(0, SHOWN_BYTES))
            + "... of "
            + entry.getValueBytes()
            + " bytes, SHA-256 "
            + hex(entry.getValueSha256());
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  /** The bytes as a person may recognize them. */
  private static String printable(ByteString bytes) {
    StringBuilder text = new StringBuilder();
    for (byte each : bytes.toByteArray()) {
      text.append(each >= ' ' && each <= '~' ? (char) each : '.');
    }
    return text.toString();
  }
}
