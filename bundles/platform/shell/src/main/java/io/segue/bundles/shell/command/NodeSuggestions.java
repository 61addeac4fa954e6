package io.segue.bundles.shell.command;

import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.shell.CommandException;
import io.segue.kernel.api.node.Node.GenerationStatus;
import io.segue.kernel.api.upgrade.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Candidates that the running node knows. */
final class NodeSuggestions {
  private static final long PROPOSALS = 50;

  private NodeSuggestions() {}

  /** The newest proposals, by id. */
  static List<Suggestion> proposals(NodeAccess access, Path directory, String typed)
      throws CommandException {
    try {
      List<Suggestion> found = new ArrayList<>();
      Fields answer =
          new ModuleQuery(access, GovProposals.PATH, GovProposals.NEXT)
              .ask(Proposal.newest(PROPOSALS), 0);
      for (Fields fields : answer.messages(1)) {
        Proposal proposal = new Proposal(fields);
        found.add(new Suggestion("" + proposal.id(), proposal.status() + " " + proposal.title()));
      }
      return found;
    } catch (InvalidProtocolBufferException e) {
      return List.of();
    }
  }

  /** Plans for which something may be prepared: the pending one, and those that stand ready. */
  static List<Suggestion> prepared(NodeAccess access, Path directory, String typed)
      throws CommandException {
    Map<String, Suggestion> found = new LinkedHashMap<>();
    Optional<Plan> pending = UpgradePlan.pending(access.node());
    pending.ifPresent(
        plan -> found.put(plan.name(), new Suggestion(plan.name(), "plan at " + plan.height())));
    for (GenerationStatus generation : access.node().generations()) {
      if (generation.state().equals(UpgradeGenerations.STAGED)) {
        found.putIfAbsent(generation.name(), new Suggestion(generation.name(), "stands ready"));
      }
    }
    return List.copyOf(found.values());
  }

  /** Names of the stores at the last height. */
  static List<Suggestion> stores(NodeAccess access, Path directory, String typed)
      throws CommandException {
    return access.node().stores(0).stream()
        .map(store -> new Suggestion(store.name(), store.entries() + " entries"))
        .toList();
  }

  /** The last committed height. */
  static List<Suggestion> heights(NodeAccess access, Path directory, String typed)
      throws CommandException {
    return List.of(new Suggestion("" + access.node().status().height(), "the last height"));
  }
}
