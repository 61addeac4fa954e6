package io.segue.bundles.metrics;

import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.engine.Engine.UnavailableException;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.NodeHold;
import io.segue.kernel.api.node.PartFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the node can be sent users: it makes blocks and answers from them. */
final class ReadinessProbe {
  private ReadinessProbe() {}

  /** Why it is not, and what the operator does next, one text a reason; empty where it is. */
  static List<String> obstacles(Sources sources) {
    List<String> why = new ArrayList<>();
    sources.failures().stream().map(PartFailure::text).forEach(why::add);
    Optional<Node> node = sources.node();
    Optional<Engine> engine = sources.engine();
    node.ifPresent(
        present ->
            present.holds().stream()
                .filter(NodeHold::stopsBlocks)
                .map(NodeHold::text)
                .forEach(why::add));
    if (why.isEmpty() && (node.isEmpty() || engine.isEmpty())) {
      why.add("the node is starting. Next: wait");
    }
    if (why.isEmpty() && engine.map(Engine::height).orElse(0L) == 0) {
      why.add("the chain has no block yet. Next: wait");
    }
    if (why.isEmpty()) {
      engine.flatMap(ReadinessProbe::obstacle).ifPresent(why::add);
    }
    return why;
  }

  /** What an engine says that makes no blocks though nothing holds it. */
  private static Optional<String> obstacle(Engine engine) {
    try {
      return engine.isCatchingUp()
          ? Optional.of("the engine fetches blocks that the chain has already. Next: wait")
          : Optional.empty();
    } catch (UnavailableException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
