package io.segue.kernel.testkit.determinism;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A run of blocks that must give the same on every node. Written by builders of chains as a public
 * class with a public no-argument constructor; {@link Determinism} makes it in JVMs of its own.
 */
@ConsumerType
@FunctionalInterface
public interface Scenario {
  /**
   * Starts a new chain, executes blocks on it and writes down what they give. What it does must be
   * fixed: random numbers come from a seed that stands in the source.
   */
  void run(Trace trace) throws Exception;
}
