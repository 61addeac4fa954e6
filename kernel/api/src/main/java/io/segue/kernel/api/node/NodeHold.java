package io.segue.kernel.api.node;

/**
 * What keeps a part of the node from going on. Everything else is served meanwhile.
 *
 * @param part of the node: {@code block}, {@code genesis}, {@code upgrade}, or the name that a
 *     {@link HoldingPart} gives
 * @param reason what kind of obstacle it is, such as {@code DISK_FULL}; each part has its own
 * @param message what failed, and why
 * @param nextStep what the operator does about it
 * @param stopsBlocks whether no block is made meanwhile
 */
public record NodeHold(
    String part, String reason, String message, String nextStep, boolean stopsBlocks) {
  /** Why, and what to do, in one line. */
  public String text() {
    return message + ". Next: " + nextStep;
  }
}
