package io.segue.bundles.cli.diverge;

import io.segue.bundles.services.proto.store.Entry;
import io.segue.bundles.services.proto.store.QueryStoresResponse;
import io.segue.bundles.services.proto.store.Subtree;
import java.util.List;

/** The state of a node, from its app hash down to its entries. See {@code segue.store.v1.Query}. */
interface StateTree {
  /** The stores at a height; 0 for the last. */
  QueryStoresResponse stores(long height);

  /** The subtrees one byte below a prefix of the keys' hashes. */
  List<Subtree> subtrees(String store, long height, byte[] prefix);

  /** The first entries below such a prefix. */
  List<Entry> entries(String store, long height, byte[] prefix);
}
