package io.segue.bundles.sdk.state;

import io.segue.bundles.sdk.Budget;
import io.segue.bundles.sdk.GenesisWriter;
import io.segue.bundles.sdk.JsonParts.Part;
import io.segue.bundles.sdk.proto.base.PageRequest;
import io.segue.bundles.sdk.proto.base.PageResponse;
import io.segue.kernel.api.module.KVStore;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Values by key, in order of the keys. Each method costs what its one access to the store does; a
 * walk costs that of its steps, and closes what it opened in any case.
 *
 * @param <K> the key
 * @param <V> the value; it must not be one without bytes, which a store can't hold
 */
public final class Table<K, V> extends Collection {
  private final KeyCodec<K> keys;
  private final ValueCodec<V> values;
  private final Walk<K> walk;

  Table(String name, Prefix prefix, KeyCodec<K> keys, ValueCodec<V> values) {
    super(name, prefix);
    this.keys = keys;
    this.values = values;
    this.walk = new Walk<>(this, keys);
  }

  /** The value of a key; empty where there is none. */
  public Optional<V> find(KVStore store, K key) {
    return Optional.ofNullable(store.get(key(keys, key))).map(values::read);
  }

  /** The value of a key, or another one where there is none. */
  public V getOr(KVStore store, K key, V otherwise) {
    byte[] bytes = store.get(key(keys, key));
    return bytes == null ? otherwise : values.read(bytes);
  }

  /** Whether there is a value of a key. */
  public boolean has(KVStore store, K key) {
    return store.has(key(keys, key));
  }

  /**
   * Writes a value.
   *
   * @throws IllegalArgumentException where the value has no bytes
   */
  public void set(KVStore store, K key, V value) {
    byte[] bytes = values.write(value);
    if (bytes.length == 0) {
      throw new IllegalArgumentException(
          name()
              + " "
              + keys.json(key)
              + " would have an empty value, which a store can't hold: give its message a field"
              + " that is always set, or keep the key in a KeySet");
    }
    store.set(key(keys, key), bytes);
  }

  /** Removes a key; nothing happens where it is absent. */
  public void remove(KVStore store, K key) {
    store.delete(key(keys, key));
  }

  /** Calls {@code visitor} with each entry of a range; it must not write to this table. */
  public void forEach(KVStore store, Range<K> range, BiConsumer<K, V> visitor) {
    walk(
        store,
        range,
        (key, value) -> {
          visitor.accept(key, value);
          return true;
        });
  }

  /** As {@link #forEach}, as long as {@code visitor} says to go on. */
  public void walk(KVStore store, Range<K> range, BiPredicate<K, V> visitor) {
    walk.run(store, range, (key, value) -> visitor.test(key, values.read(value)));
  }

  /** The key of the first entry of a range that is wanted; empty where none is. */
  public Optional<K> firstKey(KVStore store, Range<K> range, BiPredicate<K, V> wanted) {
    return walk.first(store, range, (key, value) -> wanted.test(key, values.read(value)));
  }

  /**
   * The first keys of a range, for whoever writes to the table next.
   *
   * @param most how many at most
   */
  public List<K> keys(KVStore store, Range<K> range, int most) {
    return walk.keys(store, range, most);
  }

  /** The first entries of a range, for whoever writes to the table next; at most this many. */
  public List<Pair<K, V>> entries(KVStore store, Range<K> range, int most) {
    return walk.entries(store, range, most).stream()
        .map(entry -> Pair.of(entry.first(), values.read(entry.second())))
        .toList();
  }

  /** How many entries a range has: a walk over all of them. */
  public long count(KVStore store, Range<K> range) {
    return walk.count(store, range);
  }

  /**
   * Removes entries of a range in order, one at least and then as many as the budget allows.
   *
   * @param range not a reversed one
   * @param visitor gets each entry before it is removed; it must not add to the range
   * @return whether none is left
   */
  public boolean drain(KVStore store, Range<K> range, Budget budget, BiConsumer<K, V> visitor) {
    return walk.drain(
        store, range, budget, (key, value) -> visitor.accept(key, values.read(value)));
  }

  /**
   * A page of a range, for a query.
   *
   * @param range all, or what begins with the first part of a pair; the request says the order
   * @throws IllegalArgumentException where the request has both a key and an offset
   */
  public PageResponse page(
      KVStore store, Range<K> range, PageRequest request, BiConsumer<K, V> taker) {
    return walk.page(
        store,
        range,
        request,
        (key, value) -> true,
        (key, value) -> taker.accept(key, values.read(value)));
  }

  /**
   * As {@link #page(KVStore, Range, PageRequest, BiConsumer)}, of the values that match; only those
   * count.
   */
  public PageResponse page(
      KVStore store, Range<K> range, PageRequest request, Predicate<V> matches, Consumer<V> taker) {
    return walk.page(
        store,
        range,
        request,
        (key, value) -> matches.test(values.read(value)),
        (key, value) -> taker.accept(values.read(value)));
  }

  K keyOf(byte[] key) {
    return ofKey(keys, key);
  }

  V valueOf(byte[] value) {
    return values.read(value);
  }

  /** Whether two keys, of which each may be missing, are the same. */
  boolean same(Optional<K> one, Optional<K> other) {
    return same(keys, one, other);
  }

  private String json(K key, V value) {
    return "{\"key\":" + keys.json(key) + ",\"value\":" + values.json(value) + "}";
  }

  /** A key as people read it. */
  String json(K key) {
    return keys.json(key);
  }

  @Override
  String describe(byte[] key, byte[] value) {
    return name() + " " + keys.json(ofKey(keys, key)) + " = " + values.json(values.read(value));
  }

  @Override
  void write(KVStore store, GenesisWriter out) {
    out.array(taker -> forEach(store, Range.all(), (key, value) -> taker.accept(json(key, value))));
  }

  @Override
  void read(KVStore store, Part json) {
    read(
        json,
        (key, value) -> {
          if (has(store, key)) {
            throw new IllegalArgumentException("key " + keys.json(key) + " stands twice; keep one");
          }
          set(store, key, value);
        });
  }

  /** Hands on the entries that {@link #write} wrote. */
  void read(Part json, BiConsumer<K, V> taker) {
    Entries.read(json, (key, value) -> taker.accept(keys.ofJson(key), values.ofJson(value)));
  }
}
