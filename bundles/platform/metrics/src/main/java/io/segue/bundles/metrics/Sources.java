package io.segue.bundles.metrics;

import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.NodeSettings;
import io.segue.kernel.api.node.PartFailure;
import java.util.List;
import java.util.Optional;

/** The parts of the node that are there at this moment; any of them may be absent, or go. */
interface Sources {
  Optional<Node> node();

  Optional<Engine> engine();

  Optional<NodeSettings> settings();

  List<PartFailure> failures();
}
