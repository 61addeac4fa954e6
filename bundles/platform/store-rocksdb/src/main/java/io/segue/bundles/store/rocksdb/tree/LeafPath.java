package io.segue.bundles.store.rocksdb.tree;

import java.util.List;

/** The way from a leaf up to the root. */
public record LeafPath(List<Step> steps) {
  /**
   * From a node to its parent.
   *
   * @param right whether the node is its parent's right child
   * @param sibling hash of the other child; zeros where it is empty
   */
  public record Step(boolean right, byte[] sibling) {}
}
