package io.segue.kernel.api.node;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A part of the node outside the kernel that waits where it can't go on, such as an engine whose
 * disk is full. Bundles publish it as a service; the kernel calls it, from any thread, for {@link
 * Node#holds} and {@link Node#retry}. No call of it waits.
 */
@ConsumerType
public interface HoldingPart {
  /** What it waits for; empty while it goes on. */
  Optional<NodeHold> hold();

  /** Has it try again at once what it waits for; nothing happens where it waits for nothing. */
  void retry();
}
