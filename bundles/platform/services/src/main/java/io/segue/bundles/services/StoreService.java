package io.segue.bundles.services;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.segue.bundles.services.proto.store.Entry;
import io.segue.bundles.services.proto.store.QueryEntriesRequest;
import io.segue.bundles.services.proto.store.QueryEntriesResponse;
import io.segue.bundles.services.proto.store.QueryStoresRequest;
import io.segue.bundles.services.proto.store.QueryStoresResponse;
import io.segue.bundles.services.proto.store.QuerySubtreesRequest;
import io.segue.bundles.services.proto.store.QuerySubtreesResponse;
import io.segue.bundles.services.proto.store.Store;
import io.segue.bundles.services.proto.store.Subtree;
import io.segue.kernel.api.abci.Abci.QueryRequest;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.node.NodeQueries.NodeQuery;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.api.store.StoreReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

/** {@code segue.store.v1.Query}: the trees of the state, for whom compares two nodes. */
final class StoreService {
  /** Entries of an answer at most; whoever wants others names a longer prefix. */
  static final int MAX_ENTRIES = 256;

  /** Bytes of a value that an answer has at most. */
  static final int MAX_VALUE_BYTES = 1024;

  private final StateStore state;
  private final Function<QueryRequest, QueryResponse> queries;

  /**
   * The service.
   *
   * @param queries answers a query as ABCI does
   */
  StoreService(StateStore state, Function<QueryRequest, QueryResponse> queries) {
    this.state = state;
    this.queries = queries;
  }

  Map<String, NodeQuery> queries() {
    return new Service("segue.store.v1.Query")
        .addAt("Stores", QueryStoresRequest.parser(), this::stores)
        .addAt("Subtrees", QuerySubtreesRequest.parser(), this::subtrees)
        .addAt("Entries", QueryEntriesRequest.parser(), this::entries)
        .queries();
  }

  private Message stores(long height, QueryStoresRequest request) {
    QueryStoresResponse.Builder response =
        QueryStoresResponse.newBuilder()
            .setHeight(height)
            .setAppHash(BlockMessages.bytes(state.appHash(height)))
            .setOldestHeight(state.oldestHeight());
    try (StateView view = state.view(height)) {
      state
          .roots(height)
          .forEach(
              (name, root) ->
                  response.addStores(
                      Store.newBuilder()
                          .setName(name)
                          .setRoot(BlockMessages.bytes(root))
                          .setKeys(view.store(name).size())));
    }
    return response.build();
  }

  private Message subtrees(long height, QuerySubtreesRequest request) {
    QuerySubtreesResponse.Builder response = QuerySubtreesResponse.newBuilder();
    for (StateStore.Subtree subtree :
        state.subtrees(request.getStore(), height, request.getPrefix().toByteArray())) {
      response.addSubtrees(
          Subtree.newBuilder()
              .setPrefix(BlockMessages.bytes(subtree.prefix()))
              .setRoot(BlockMessages.bytes(subtree.root()))
              .setKeys(subtree.keys()));
    }
    return response.build();
  }

  private Message entries(long height, QueryEntriesRequest request) {
    QueryEntriesResponse.Builder response = QueryEntriesResponse.newBuilder();
    byte[] prefix = request.getPrefix().toByteArray();
    try (StateView view = state.view(height)) {
      StoreReader entries = view.store(request.getStore());
      for (byte[] key : state.keysBelow(request.getStore(), height, prefix, MAX_ENTRIES)) {
        byte[] value = entries.get(key);
        if (value == null) {
          throw new IllegalStateException("a key of the tree has no value");
        }
        response.addEntries(
            Entry.newBuilder()
                .setKey(BlockMessages.bytes(key))
                .setValue(ByteString.copyFrom(value, 0, Math.min(value.length, MAX_VALUE_BYTES)))
                .setValueBytes(value.length)
                .setValueSha256(BlockMessages.bytes(TxService.sha256(value)))
                .setDescription(description(height, request.getStore(), key, value)));
      }
    }
    return response.build();
  }

  /**
   * What its module says of an entry, cut off; nothing where it says nothing, or is too busy, or
   * the value is not shown whole: words for hundreds of large values would be work for nobody.
   */
  private String description(long height, String store, byte[] key, byte[] value) {
    if (value.length > MAX_VALUE_BYTES) {
      return "";
    }
    String path = "/store/" + store + "/describe";
    String words =
        new String(
            queries.apply(new QueryRequest(key, path, height, false)).value(),
            StandardCharsets.UTF_8);
    return words.length() <= MAX_VALUE_BYTES ? words : words.substring(0, MAX_VALUE_BYTES) + "...";
  }
}
