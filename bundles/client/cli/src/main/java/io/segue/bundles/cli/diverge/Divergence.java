package io.segue.bundles.cli.diverge;

import com.google.protobuf.ByteString;
import io.segue.bundles.services.proto.store.Entry;
import io.segue.bundles.services.proto.store.QueryStoresResponse;
import io.segue.bundles.services.proto.store.Store;
import io.segue.bundles.services.proto.store.Subtree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where two states differ: first at which height, by their app hashes; then in which stores, by
 * their roots; then in which keys, down the trees wherever roots differ. What is read grows with
 * what differs, not with the state.
 */
final class Divergence {
  /** Where both sides together have no more keys than this, they are read and compared. */
  private static final long KEYS_TO_READ = 64;

  private final StateTree ours;
  private final StateTree theirs;

  Divergence(StateTree ours, StateTree theirs) {
    this.ours = ours;
    this.theirs = theirs;
  }

  /**
   * A key that is not alike.
   *
   * @param ours its entry; null where it has none
   * @param theirs as {@code ours}
   */
  record KeyPair(ByteString key, @Nullable Entry ours, @Nullable Entry theirs) {}

  /**
   * A store that is not alike.
   *
   * @param ours null where there is none of the name
   * @param theirs as {@code ours}
   * @param more whether keys were left out
   */
  record StorePair(
      String name,
      @Nullable Store ours,
      @Nullable Store theirs,
      List<KeyPair> keys,
      boolean more) {}

  /**
   * The heights that both have.
   *
   * @param oldest greater than {@code last} where there are none
   */
  record Heights(long oldest, long last) {}

  /** Those that both nodes keep. */
  Heights heights() {
    QueryStoresResponse mine = ours.stores(0);
    QueryStoresResponse others = theirs.stores(0);
    return new Heights(
        Math.max(1, Math.max(mine.getOldestHeight(), others.getOldestHeight())),
        Math.min(mine.getHeight(), others.getHeight()));
  }

  /**
   * The first of some heights at which the app hashes differ, taking for granted that they do so
   * ever after; empty where those of the last one are equal.
   */
  Optional<Long> firstHeight(Heights heights) {
    if (!differ(heights.last())) {
      return Optional.empty();
    }
    long low = heights.oldest();
    long high = heights.last();
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (differ(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return Optional.of(high);
  }

  private boolean differ(long height) {
    return !ours.stores(height).getAppHash().equals(theirs.stores(height).getAppHash());
  }

  /**
   * What differs at a height, in order of names.
   *
   * @param limit keys of a store that are named at most
   */
  List<StorePair> stores(long height, int limit) {
    Map<String, Store> mine = byName(ours.stores(height));
    Map<String, Store> others = byName(theirs.stores(height));
    TreeSet<String> names = new TreeSet<>(mine.keySet());
    names.addAll(others.keySet());
    List<StorePair> stores = new ArrayList<>();
    for (String name : names) {
      Store own = mine.get(name);
      Store other = others.get(name);
      if (own == null || other == null) {
        stores.add(new StorePair(name, own, other, List.of(), false));
      } else if (!own.getRoot().equals(other.getRoot())) {
        List<KeyPair> keys = new ArrayList<>();
        descend(name, height, new byte[0], limit + 1, keys);
        boolean more = keys.size() > limit;
        stores.add(
            new StorePair(
                name, own, other, List.copyOf(more ? keys.subList(0, limit) : keys), more));
      }
    }
    return stores;
  }

  private static Map<String, Store> byName(QueryStoresResponse response) {
    Map<String, Store> stores = new HashMap<>();
    response.getStoresList().forEach(store -> stores.put(store.getName(), store));
    return stores;
  }

  private void descend(String store, long height, byte[] prefix, int limit, List<KeyPair> found) {
    Map<ByteString, Subtree> mine = byPrefix(ours.subtrees(store, height, prefix));
    Map<ByteString, Subtree> others = byPrefix(theirs.subtrees(store, height, prefix));
    TreeSet<ByteString> prefixes = new TreeSet<>(ByteString.unsignedLexicographicalComparator());
    prefixes.addAll(mine.keySet());
    prefixes.addAll(others.keySet());
    for (ByteString below : prefixes) {
      Subtree own = mine.getOrDefault(below, Subtree.getDefaultInstance());
      Subtree other = others.getOrDefault(below, Subtree.getDefaultInstance());
      if (own.getRoot().equals(other.getRoot())) {
        continue;
      }
      if (own.getKeys() + other.getKeys() <= KEYS_TO_READ) {
        compare(store, height, below.toByteArray(), found);
      } else {
        descend(store, height, below.toByteArray(), limit, found);
      }
      if (found.size() >= limit) {
        return;
      }
    }
  }

  private static Map<ByteString, Subtree> byPrefix(List<Subtree> subtrees) {
    Map<ByteString, Subtree> byPrefix = new HashMap<>();
    subtrees.forEach(subtree -> byPrefix.put(subtree.getPrefix(), subtree));
    return byPrefix;
  }

  private void compare(String store, long height, byte[] prefix, List<KeyPair> found) {
    Map<ByteString, Entry> others = byKey(theirs.entries(store, height, prefix));
    byKey(ours.entries(store, height, prefix))
        .forEach(
            (key, own) -> {
              Entry other = others.remove(key);
              if (other == null || !own.getValueSha256().equals(other.getValueSha256())) {
                found.add(new KeyPair(key, own, other));
              }
            });
    others.forEach((key, other) -> found.add(new KeyPair(key, null, other)));
  }

  private static Map<ByteString, Entry> byKey(List<Entry> entries) {
    Map<ByteString, Entry> byKey = new TreeMap<>(ByteString.unsignedLexicographicalComparator());
    entries.forEach(entry -> byKey.put(entry.getKey(), entry));
    return byKey;
  }
}
