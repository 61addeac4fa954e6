package io.segue.bundles.sdk.state;

import io.segue.bundles.sdk.GenesisWriter;
import io.segue.bundles.sdk.JsonParts.Part;
import io.segue.kernel.api.module.KVStore;
import java.util.Optional;

/**
 * One value, such as a module's parameters: under the prefix alone. A value without bytes, such as
 * a message whose fields are all 0, is kept by absence. Each method costs what its one access does.
 *
 * @param <V> the value
 */
public final class Item<V> extends Collection {
  private final ValueCodec<V> values;

  Item(String name, Prefix prefix, ValueCodec<V> values) {
    super(name, prefix);
    this.values = values;
  }

  /** The value; empty where there is none. */
  public Optional<V> find(KVStore store) {
    return Optional.ofNullable(store.get(prefix())).map(values::read);
  }

  /** The value, or another one where there is none. */
  public V getOr(KVStore store, V otherwise) {
    byte[] bytes = store.get(prefix());
    return bytes == null ? otherwise : values.read(bytes);
  }

  /** Whether there is a value; cheaper than reading it. */
  public boolean has(KVStore store) {
    return store.has(prefix());
  }

  /** Replaces the value. */
  public void set(KVStore store, V value) {
    byte[] bytes = values.write(value);
    if (bytes.length == 0) {
      store.delete(prefix());
    } else {
      store.set(prefix(), bytes);
    }
  }

  /** Removes the value. */
  public void remove(KVStore store) {
    store.delete(prefix());
  }

  @Override
  String describe(byte[] key, byte[] value) {
    return name() + " = " + values.json(values.read(value));
  }

  @Override
  void write(KVStore store, GenesisWriter out) {
    out.text(find(store).map(values::json).orElse("null"));
  }

  @Override
  void read(KVStore store, Part json) {
    if (!json.json().equals("null")) {
      set(store, values.ofJson(json));
    }
  }
}
