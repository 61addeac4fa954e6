package io.segue.bundles.cli.diverge;

import com.google.protobuf.ByteString;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.services.proto.store.Entry;
import io.segue.bundles.services.proto.store.QueryEntriesRequest;
import io.segue.bundles.services.proto.store.QueryEntriesResponse;
import io.segue.bundles.services.proto.store.QueryStoresRequest;
import io.segue.bundles.services.proto.store.QueryStoresResponse;
import io.segue.bundles.services.proto.store.QuerySubtreesRequest;
import io.segue.bundles.services.proto.store.QuerySubtreesResponse;
import io.segue.bundles.services.proto.store.Subtree;
import java.util.List;

/** The state of a running node, asked by ABCI queries. */
record NodeTree(NodeClient node) implements StateTree {
  private static final String SERVICE = "/segue.store.v1.Query/";

  @Override
  public QueryStoresResponse stores(long height) {
    return node.query(
        SERVICE + "Stores",
        QueryStoresRequest.getDefaultInstance(),
        height,
        QueryStoresResponse.parser());
  }

  @Override
  public List<Subtree> subtrees(String store, long height, byte[] prefix) {
    return node.query(
            SERVICE + "Subtrees",
            QuerySubtreesRequest.newBuilder()
                .setStore(store)
                .setPrefix(ByteString.copyFrom(prefix))
                .build(),
            height,
            QuerySubtreesResponse.parser())
        .getSubtreesList();
  }

  @Override
  public List<Entry> entries(String store, long height, byte[] prefix) {
    return node.query(
            SERVICE + "Entries",
            QueryEntriesRequest.newBuilder()
                .setStore(store)
                .setPrefix(ByteString.copyFrom(prefix))
                .build(),
            height,
            QueryEntriesResponse.parser())
        .getEntriesList();
  }
}
