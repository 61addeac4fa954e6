package io.segue.bundles.sdk.state;

import io.segue.bundles.sdk.Budget;
import io.segue.bundles.sdk.GenesisWriter;
import io.segue.bundles.sdk.JsonParts;
import io.segue.bundles.sdk.JsonParts.Part;
import io.segue.bundles.sdk.proto.base.PageRequest;
import io.segue.bundles.sdk.proto.base.PageResponse;
import io.segue.kernel.api.module.KVStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Keys that say all by being there, in order. A store can't prove a value without bytes, so each
 * entry has one of one byte: it costs the gas of that byte, at reading and writing.
 *
 * @param <K> the key
 */
public final class KeySet<K> extends Collection {
  private final KeyCodec<K> keys;
  private final byte[] present;
  private final Walk<K> walk;

  KeySet(String name, Prefix prefix, KeyCodec<K> keys, int present) {
    super(name, prefix);
    this.keys = keys;
    this.present = new byte[] {(byte) present};
    this.walk = new Walk<>(this, keys);
  }

  /** Whether a key is there. */
  public boolean has(KVStore store, K key) {
    return store.has(key(keys, key));
  }

  /** Adds a key; nothing changes where it is there. */
  public void add(KVStore store, K key) {
    store.set(key(keys, key), present);
  }

  /** Removes a key; nothing happens where it is absent. */
  public void remove(KVStore store, K key) {
    store.delete(key(keys, key));
  }

  /** Calls {@code visitor} with each key of a range; it must not write to this set. */
  public void forEach(KVStore store, Range<K> range, Consumer<K> visitor) {
    walk(
        store,
        range,
        key -> {
          visitor.accept(key);
          return true;
        });
  }

  /** As {@link #forEach}, as long as {@code visitor} says to go on. */
  public void walk(KVStore store, Range<K> range, Predicate<K> visitor) {
    walk.run(store, range, (key, value) -> visitor.test(key));
  }

  /** The first key of a range that is wanted; empty where none is. */
  public Optional<K> firstKey(KVStore store, Range<K> range, Predicate<K> wanted) {
    return walk.first(store, range, (key, value) -> wanted.test(key));
  }

  /** The first keys of a range, at most this many, for whoever writes to the set next. */
  public List<K> keys(KVStore store, Range<K> range, int most) {
    return walk.keys(store, range, most);
  }

  /** How many keys a range has: a walk over all of them. */
  public long count(KVStore store, Range<K> range) {
    return walk.count(store, range);
  }

  /** Removes keys of a range, as {@link Table#drain}. */
  public boolean drain(KVStore store, Range<K> range, Budget budget, Consumer<K> visitor) {
    return walk.drain(store, range, budget, (key, value) -> visitor.accept(key));
  }

  /** A page of a range, as {@link Table#page}. */
  public PageResponse page(KVStore store, Range<K> range, PageRequest request, Consumer<K> taker) {
    return walk.page(
        store, range, request, (key, value) -> true, (key, value) -> taker.accept(key));
  }

  K keyOf(byte[] key) {
    return ofKey(keys, key);
  }

  /** Whether two keys, of which each may be missing, are the same. */
  boolean same(Optional<K> one, Optional<K> other) {
    return same(keys, one, other);
  }

  @Override
  String describe(byte[] key, byte[] value) {
    return name() + " " + keys.json(ofKey(keys, key));
  }

  @Override
  void write(KVStore store, GenesisWriter out) {
    out.array(taker -> forEach(store, Range.all(), key -> taker.accept(keys.json(key))));
  }

  @Override
  void read(KVStore store, Part json) {
    JsonParts.elements(json, key -> add(store, keys.ofJson(key)));
  }
}
