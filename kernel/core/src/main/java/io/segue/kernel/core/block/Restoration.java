package io.segue.kernel.core.block;

/** Gives a chain without blocks a state in one piece. */
@FunctionalInterface
public interface Restoration {
  /**
   * Commits the state, or changes nothing; block thread.
   *
   * @throws Exception where the state can't be had; handed to who asked
   */
  void run() throws Exception;
}
