package io.segue.kernel.api.node;

/**
 * Why a part of the node does not run. The part publishes it as a service in place of what it would
 * otherwise offer, for as long as it does not run; the shell and the servers read it, on any
 * thread.
 *
 * @param part as people call it, such as {@code the state store}
 * @param reason why it does not run, and what the operator does next
 */
public record PartFailure(String part, String reason) {
  /** Both in one line. */
  public String text() {
    return part + " does not run: " + reason;
  }
}
