package io.segue.bundles.sdk.state;

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
      KVStore store, Range<K> range, PageRequest request, BiConsumer<K, byte[]> taker) {
    byte[] prefix = range.prefix();
    if (prefix == null) {
      throw new IllegalArgumentException(
          "pages are of a whole collection or of what begins alike, not of a range between keys");
    }
    byte[] start = collection.behind(prefix);
    return Pages.of(
        store,
        start,
        request,
        (rest, value) -> taker.accept(collection.ofKey(codec, join(start, rest)), value));
  }

  private KVIterator open(KVStore store, Range<K> range) {
    byte[] from = collection.behind(range.start(codec));
    byte[] to = end(range);
    return range.reverse() ? store.reverse(from, to) : store.iterate(from, to);
  }

  private byte @Nullable [] end(Range<K> range) {
    byte[] end = range.end(codec);
    if (end != null) {
      return collection.behind(end);
    }
    byte[] prefix = range.prefix();
    return KVStore.prefixEnd(prefix == null ? collection.prefix() : collection.behind(prefix));
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
