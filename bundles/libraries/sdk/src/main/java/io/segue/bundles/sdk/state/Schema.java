package io.segue.bundles.sdk.state;

import io.segue.bundles.sdk.GenesisJson;
import io.segue.bundles.sdk.GenesisWriter;
import io.segue.bundles.sdk.JsonParts;
import io.segue.bundles.sdk.JsonParts.Part;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a store of a module holds: its collections, each with a name and a prefix of its keys.
 *
 * <pre>{@code
 * private final Schema schema = new Schema();
 * private final Sequence next = schema.sequence("next", Prefix.of(0));
 * private final Table<Long, Entry> entries =
 *     schema.table("entries", Prefix.of(1), Keys.u64(), Values.proto(Entry.getDefaultInstance()));
 *
 * entries.set(context.store(), next.next(context.store()), entry);
 * }</pre>
 *
 * <p>Collections hold no state: each call gets the store, so a module declares them once, in its
 * fields. From them follow a genesis and what a key means. Declare all before the first use; then
 * it does not change.
 */
public final class Schema {
  private final Map<String, Collection> collections = new TreeMap<>();

  /**
   * Declares one value.
   *
   * @throws IllegalArgumentException where name or prefix is taken
   */
  public <V> Item<V> item(String name, Prefix prefix, ValueCodec<V> values) {
    return add(new Item<>(name, prefix, values));
  }

  /** Declares numbers from 0 up that are given once; as {@link #item}. */
  public Sequence sequence(String name, Prefix prefix) {
    return sequence(name, prefix, 0);
  }

  /**
   * Declares numbers that are given once; as {@link #item}.
   *
   * @param first the first number
   */
  public Sequence sequence(String name, Prefix prefix, long first) {
    return add(new Sequence(name, prefix, first));
  }

  /** Declares values by key; as {@link #item}. */
  public <K, V> Table<K, V> table(
      String name, Prefix prefix, KeyCodec<K> keys, ValueCodec<V> values) {
    return add(new Table<>(name, prefix, keys, values));
  }

  /** Declares values by key, with indexes; as {@link #item}. */
  public <K, V> IndexedTable<K, V> indexedTable(
      String name, Prefix prefix, KeyCodec<K> keys, ValueCodec<V> values) {
    return add(new IndexedTable<>(name, prefix, keys, values));
  }

  /** Declares a set of keys, whose values are the byte 01; as {@link #item}. */
  public <K> KeySet<K> keySet(String name, Prefix prefix, KeyCodec<K> keys) {
    return keySet(name, prefix, keys, 1);
  }

  /**
   * Declares a set of keys, whose values are another byte; as {@link #item}.
   *
   * @param present from 0 to 255
   */
  public <K> KeySet<K> keySet(String name, Prefix prefix, KeyCodec<K> keys, int present) {
    return add(new KeySet<>(name, prefix, keys, present));
  }

  /**
   * An entry of the store in words, such as {@code entries "7" = {"author":"cosmos1..."}}.
   *
   * @return empty where no collection has the key
   * @throws IllegalStateException where the entry is damaged
   */
  public Optional<String> describe(byte[] key, byte[] value) {
    return collections.values().stream()
        .filter(each -> each.holds(key))
        .findFirst()
        .map(each -> each.describe(key, value));
  }

  /**
   * Writes the state from a genesis that {@link #exportGenesis} wrote; what it does not name stays
   * empty. A table is {@code [{"key": ..., "value": ...}]}, a set an array of keys, an item its
   * value; keys and numbers are strings, and a key of several parts is an array.
   *
   * @throws ModuleException sdk/18; names the collection, or the type of the message
   */
  public void importGenesis(KVStore store, byte[] genesis) {
    try {
      JsonParts.document(genesis).forEach((name, json) -> read(store, name, json));
    } catch (IllegalArgumentException e) {
      throw SdkErrors.invalidRequest("genesis: " + e.getMessage());
    }
  }

  /** The state as a genesis, UTF-8, by names of collections; without indexes. */
  public byte[] exportGenesis(KVStore store) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    exportGenesis(store, out);
    return out.toByteArray();
  }

  /**
   * As {@link #exportGenesis(KVStore)}, entry by entry.
   *
   * @throws java.io.UncheckedIOException where the stream can't be written
   */
  public void exportGenesis(KVStore store, OutputStream stream) {
    GenesisWriter out = new GenesisWriter(GenesisJson.withTypes(), stream);
    String comma = "{";
    for (Collection each : collections.values()) {
      if (!each.derived()) {
        out.text(comma + Json.string(each.name()) + ":");
        each.write(store, out);
        comma = ",";
      }
    }
    out.text(comma.equals("{") ? "{}" : "}");
  }

  private void read(KVStore store, String name, Part json) {
    Collection collection = collections.get(name);
    if (collection == null || collection.derived()) {
      throw new IllegalArgumentException(
          "member \"" + name + "\" is unknown; correct it to one of " + collections.keySet());
    }
    try {
      collection.read(store, json);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  private <C extends Collection> C add(C added) {
    for (Collection each : collections.values()) {
      if (Prefix.overlap(each.prefix(), added.prefix())) {
        throw new IllegalArgumentException(
            "the prefixes of "
                + each.name()
                + " and "
                + added.name()
                + " overlap, "
                + Json.hex(each.prefix())
                + " and "
                + Json.hex(added.prefix())
                + ": give one of them another prefix");
      }
    }
    if (collections.put(added.name(), added) != null) {
      throw new IllegalArgumentException(
          "two collections are named " + added.name() + ": rename one");
    }
    return added;
  }
}
