package io.segue.bundles.sdk.state;

import io.segue.bundles.sdk.Budget;
import io.segue.bundles.sdk.Pages;
import io.segue.bundles.sdk.proto.base.PageRequest;
import io.segue.bundles.sdk.proto.base.PageResponse;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Walks the keys of a collection. */
record Walk<K>(Collection collection, KeyCodec<K> codec) {
  /** How many entries are in memory at once. */
  private static final int DRAINED_AT_ONCE = 64;

  /** Calls {@code visitor} as long as it says to go on. */
  void run(KVStore store, Range<K> range, BiPredicate<K, byte[]> visitor) {
    try (KVIterator entries = open(store, range)) {
      while (entries.next()
          && visitor.test(collection.ofKey(codec, entries.key()), entries.value())) {}
    }
  }

  Optional<K> first(KVStore store, Range<K> range, BiPredicate<K, byte[]> wanted) {
    try (KVIterator entries = open(store, range)) {
      while (entries.next()) {
        K key = collection.ofKey(codec, entries.key());
        if (wanted.test(key, entries.value())) {
          return Optional.of(key);
        }
      }
    }
    return Optional.empty();
  }

  long count(KVStore store, Range<K> range) {
    long count = 0;
    try (KVIterator entries = open(store, range)) {
      while (entries.next()) {
        count++;
      }
    }
    return count;
  }

  List<Pair<K, byte[]>> entries(KVStore store, Range<K> range, int most) {
    List<Pair<K, byte[]>> found = new ArrayList<>();
    try (KVIterator entries = open(store, range)) {
      while (found.size() < most && entries.next()) {
        found.add(Pair.of(collection.ofKey(codec, entries.key()), entries.value()));
      }
    }
    return found;
  }

  /** Removes entries, one at least and then as many as the budget allows. */
  boolean drain(KVStore store, Range<K> range, Budget budget, BiConsumer<K, byte[]> visitor) {
    Range<K> rest = range;
    boolean any = false;
    while (true) {
      List<Pair<K, byte[]>> next = entries(store, rest, DRAINED_AT_ONCE);
      if (next.isEmpty()) {
        return true;
      }
      for (Pair<K, byte[]> entry : next) {
        if (any && !budget.left()) {
          return false;
        }
        any = true;
        visitor.accept(entry.first(), entry.second());
        store.delete(collection.key(codec, entry.first()));
        rest = range.startingAt(entry.first());
      }
    }
  }

  List<K> keys(KVStore store, Range<K> range, int most) {
    List<K> keys = new ArrayList<>();
    try (KVIterator entries = open(store, range)) {
      while (keys.size() < most && entries.next()) {
        keys.add(collection.ofKey(codec, entries.key()));
      }
    }
    return keys;
  }

  PageResponse page(
      KVStore store,
      Range<K> range,
      PageRequest request,
      BiPredicate<K, byte[]> matches,
      BiConsumer<K, byte[]> taker) {
    byte[] prefix = range.prefix();
    if (prefix == null) {
      throw new IllegalArgumentException(
          "pages are of a whole collection or of what begins alike, not of a range between keys");
    }
    byte[] start = collection.behind(prefix);
    return Pages.filtered(
        store,
        start,
        request,
        (rest, value, onPage) -> {
          K key = collection.ofKey(codec, join(start, rest));
          boolean matched = matches.test(key, value);
          if (matched && onPage) {
            taker.accept(key, value);
          }
          return matched;
        });
  }

  private KVIterator open(KVStore store, Range<K> range) {
    byte[] from = collection.behind(range.start(codec));
    byte[] to = end(range, from);
    return range.reverse() ? store.reverse(from, to) : store.iterate(from, to);
  }

  private byte @Nullable [] end(Range<K> range, byte[] from) {
    byte[] end = range.end(codec);
    if (end != null) {
      return collection.behind(end);
    }
    return KVStore.prefixEnd(range.prefix() == null ? collection.prefix() : from);
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
