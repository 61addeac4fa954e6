package io.segue.bundles.sdk.state;

import io.segue.bundles.sdk.GenesisWriter;
import io.segue.bundles.sdk.JsonParts.Part;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * A table that keeps other collections of the schema as its indexes, by which its rows are found
 * from another end. Whoever reads, reads {@link #rows} and the indexes themselves; whoever writes,
 * writes here. Indexes are no part of a genesis, they follow from the rows.
 *
 * <pre>{@code
 * PairKey<String, Long> authorKey = Keys.pair(Keys.terminatedText(), Keys.u64());
 * IndexedTable<Long, Entry> entries =
 *     schema.indexedTable("entries", Prefix.of(1), Keys.u64(), Values.proto(Entry.getDefaultInstance()));
 * KeySet<Pair<String, Long>> byAuthor = schema.keySet("by_author", Prefix.of(2), authorKey);
 * entries.index(byAuthor, (id, entry) -> Optional.of(Pair.of(entry.getAuthor(), id)));
 *
 * byAuthor.forEach(store, authorKey.startingWith(author), key -> read(key.second()));
 * }</pre>
 *
 * @param <K> the key
 * @param <V> the value
 */
public final class IndexedTable<K, V> extends Collection {
  private final Table<K, V> rows;
  private final List<Change<K, V>> checks = new ArrayList<>();
  private final List<Change<K, V>> indexes = new ArrayList<>();

  IndexedTable(String name, Prefix prefix, KeyCodec<K> keys, ValueCodec<V> values) {
    super(name, prefix);
    this.rows = new Table<>(name, prefix, keys, values);
  }

  /** Does what follows from a change of a row, or of its entry in an index. */
  @FunctionalInterface
  private interface Change<K, T> {
    void apply(KVStore store, K key, Optional<T> before, Optional<T> after);
  }

  /**
   * Keeps {@code index} up to date: several rows may have the same entry only if they have the same
   * key, so it should be a pair with the row's key.
   *
   * @param of a row's entry in the index; empty where it has none
   */
  public <I> void index(KeySet<I> index, BiFunction<K, V, Optional<I>> of) {
    index.derive();
    onChange(
        indexes,
        of,
        index::same,
        (store, key, before, after) -> {
          before.ifPresent(entry -> index.remove(store, entry));
          after.ifPresent(entry -> index.add(store, entry));
        });
  }

  /**
   * As {@link #index(KeySet, BiFunction)}, where the entry follows from the key alone, so that it
   * only changes when a row comes or goes.
   */
  public <I> void index(KeySet<I> index, Function<K, I> of) {
    index.derive();
    indexes.add(
        (store, key, before, after) -> {
          if (after.isEmpty() && before.isPresent()) {
            index.remove(store, of.apply(key));
          } else if (after.isPresent() && before.isEmpty()) {
            index.add(store, of.apply(key));
          }
        });
  }

  /**
   * Keeps {@code index} up to date, in which no two rows have the same entry. A new entry costs a
   * look whether it is free.
   *
   * @param of a row's entry in the index; empty where it has none
   */
  public <I> void unique(Table<I, K> index, BiFunction<K, V, Optional<I>> of) {
    index.derive();
    onChange(
        checks,
        of,
        index::same,
        (store, key, before, after) -> after.ifPresent(entry -> requireFree(store, index, entry)));
    onChange(
        indexes,
        of,
        index::same,
        (store, key, before, after) -> {
          before.ifPresent(entry -> index.remove(store, entry));
          after.ifPresent(entry -> index.set(store, entry, key));
        });
  }

  /** The rows, to be read. */
  public Table<K, V> rows() {
    return rows;
  }

  /**
   * Writes a row: a read, a write, and then those of the indexes that change.
   *
   * @throws ModuleException sdk/18 where a unique entry is taken; nothing is written then
   */
  public void set(KVStore store, K key, V value) {
    replace(store, key, rows.find(store, key), Optional.of(value));
  }

  /** Removes a row: a read, a delete, and then those of the indexes. */
  public void remove(KVStore store, K key) {
    replace(store, key, rows.find(store, key), Optional.empty());
  }

  /**
   * Replaces a row that the caller has read, without reading it again.
   *
   * @param before what the row is; empty where there is none
   * @param after what it becomes; empty to remove it
   */
  public void replace(KVStore store, K key, Optional<V> before, Optional<V> after) {
    checks.forEach(check -> check.apply(store, key, before, after));
    if (after.isPresent()) {
      rows.set(store, key, after.get());
    } else {
      rows.remove(store, key);
    }
    indexes.forEach(index -> index.apply(store, key, before, after));
  }

  /**
   * Writes the entries of all indexes again, for a migration to a version with one more: a walk
   * over the rows, and a write for each entry.
   */
  public void reindex(KVStore store) {
    rows.forEach(
        store,
        Range.all(),
        (key, value) -> {
          for (Change<K, V> index : indexes) {
            index.apply(store, key, Optional.empty(), Optional.of(value));
          }
        });
  }

  private <I> void onChange(
      List<Change<K, V>> changes,
      BiFunction<K, V, Optional<I>> of,
      BiPredicate<Optional<I>, Optional<I>> same,
      Change<K, I> change) {
    changes.add(
        (store, key, before, after) -> {
          Optional<I> old = before.flatMap(value -> of.apply(key, value));
          Optional<I> now = after.flatMap(value -> of.apply(key, value));
          if (!same.test(old, now)) {
            change.apply(store, key, old, now);
          }
        });
  }

  @Override
  String describe(byte[] key, byte[] value) {
    return rows.describe(key, value);
  }

  @Override
  void write(KVStore store, GenesisWriter out) {
    rows.write(store, out);
  }

  @Override
  void read(KVStore store, Part json) {
    rows.read(json, (key, value) -> set(store, key, value));
  }

  private static <I, K> void requireFree(KVStore store, Table<I, K> index, I entry) {
    if (index.has(store, entry)) {
      throw SdkErrors.invalidRequest(
          index.name() + " has " + index.json(entry) + " already; take another one");
    }
  }
}
