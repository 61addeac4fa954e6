package io.segue.bundles.shell.command;

import java.nio.file.Path;
import java.util.List;

/** Candidates that the running node knows. */
public final class NodeSuggestions {
  private NodeSuggestions() {}

  /** Names of the stores at the last height. */
  public static List<Suggestion> stores(NodeAccess access, Path directory, String typed)
      throws CommandException {
    return access.node().stores(0).stream()
        .map(store -> new Suggestion(store.name(), store.entries() + " entries"))
        .toList();
  }

  /** The last committed height. */
  public static List<Suggestion> heights(NodeAccess access, Path directory, String typed)
      throws CommandException {
    return List.of(new Suggestion("" + access.node().status().height(), "the last height"));
  }
}
