package io.segue.bundles.shell.command.node;

import io.segue.bundles.shell.output.Text;
import io.segue.kernel.api.node.NodeHold;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What holds the node, as several commands show it. */
public final class NodeHolds {
  private NodeHolds() {}

  public static List<Map<String, Object>> json(List<NodeHold> holds) {
    return holds.stream().map(NodeHolds::json).toList();
  }

  /** A line each below a title; nothing where there are none. */
  public static String text(List<NodeHold> holds) {
    Map<String, String> lines = new LinkedHashMap<>();
    holds.forEach(hold -> lines.put(hold.part(), hold.reason() + ": " + hold.text()));
    return lines.isEmpty() ? "" : "the node is held\n" + Text.pairs("  ", lines);
  }

  private static Map<String, Object> json(NodeHold hold) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("part", hold.part());
    json.put("reason", hold.reason());
    json.put("message", hold.message());
    json.put("nextStep", hold.nextStep());
    json.put("stopsBlocks", hold.stopsBlocks());
    return json;
  }
}
