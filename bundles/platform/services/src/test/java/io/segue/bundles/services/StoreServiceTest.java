package io.segue.bundles.services;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import io.segue.kernel.api.store.StateStore.Change;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.testkit.InMemoryStore;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The trees of a state of two stores, and the limits of what is shown. */
class StoreServiceTest {
  private final Map<String, NodeQuery> queries =
      new StoreService(state(), StoreServiceTest::describe).queries();

  /** Two stores at height 2, the oldest. */
  private static StateStore state() {
    StateStore state = new InMemoryStore();
    List<Change> entries = new ArrayList<>();
    for (int i = 100; i < 100 + 2 * StoreService.MAX_ENTRIES; i++) {
      byte[] value = new byte[i == 100 ? 2 * StoreService.MAX_VALUE_BYTES : 1];
      value[0] = 7;
      entries.add(new Change(("key" + i).getBytes(UTF_8), value, false, null));
    }
    state.commit(
        state.stage(
            List.of(new IndexChange.Add("bank"), new IndexChange.Add("gov")),
            new TreeMap<>(Map.of("bank", entries))),
        2,
        Map.of());
    return state;
  }

  @Test
  void leadsFromTheRootsOfTheStoresToTheirEntries() throws Exception {
    QueryStoresResponse stores =
        QueryStoresResponse.parseFrom(askState("Stores", QueryStoresRequest.getDefaultInstance()));
    assertThat(stores.getOldestHeight()).isEqualTo(2);
    assertThat(stores.getAppHash().size()).isEqualTo(32);
    assertThat(stores.getStoresList()).extracting(Store::getName).containsExactly("bank", "gov");
    assertThat(stores.getStores(0).getKeys()).isEqualTo(2 * StoreService.MAX_ENTRIES);
    QuerySubtreesRequest top = QuerySubtreesRequest.newBuilder().setStore("bank").build();
    QuerySubtreesResponse subtrees = QuerySubtreesResponse.parseFrom(askState("Subtrees", top));
    assertThat(subtrees.getSubtreesList().stream().mapToLong(Subtree::getKeys).sum())
        .isEqualTo(2 * StoreService.MAX_ENTRIES);
    assertThat(entries(ByteString.EMPTY)).hasSize(StoreService.MAX_ENTRIES);
    Entry entry = entry("key100");
    assertThat(entry.getKey().toStringUtf8()).isEqualTo("key100");
    assertThat(entry.getValueBytes()).isEqualTo(2 * StoreService.MAX_VALUE_BYTES);
    assertThat(entry.getValue().size()).isEqualTo(StoreService.MAX_VALUE_BYTES);
    assertThat(entry.getDescription()).as("of a value that is not whole").isEmpty();
    assertThat(entry("key101").getDescription()).isEqualTo("/store/bank/describe of key101 at 2");
  }

  private Entry entry(String key) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
    return entries(ByteString.copyFrom(hash)).get(0);
  }

  private static QueryResponse describe(QueryRequest request) {
    String words =
        request.path() + " of " + new String(request.data(), UTF_8) + " at " + request.height();
    return new QueryResponse(
        0, "", "", request.data(), words.getBytes(UTF_8), List.of(), request.height());
  }

  private List<Entry> entries(ByteString prefix) throws Exception {
    QueryEntriesRequest request =
        QueryEntriesRequest.newBuilder().setStore("bank").setPrefix(prefix).build();
    return QueryEntriesResponse.parseFrom(askState("Entries", request)).getEntriesList();
  }

  private byte[] askState(String method, Message request) {
    return queries.get("/segue.store.v1.Query/" + method).answer(2, request.toByteArray());
  }
}
