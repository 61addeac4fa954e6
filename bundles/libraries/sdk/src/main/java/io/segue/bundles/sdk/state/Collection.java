package io.segue.bundles.sdk.state;

import io.segue.bundles.sdk.GenesisWriter;
import io.segue.bundles.sdk.JsonParts.Part;
import io.segue.kernel.api.module.KVStore;
import java.util.Arrays;
import java.util.Optional;

/**
 * A part of a module's state, under a prefix of its own: what {@link Schema} declares. Immutable.
 */
public abstract class Collection {
  private final String name;
  private final byte[] prefix;
  private boolean derived;

  Collection(String name, Prefix prefix) {
    this.name = name;
    this.prefix = prefix.bytes();
  }

  /** Its name, unique in the schema. */
  public final String name() {
    return name;
  }

  final byte[] prefix() {
    return prefix;
  }

  /** Whether a key of the store is one of this collection. */
  final boolean holds(byte[] key) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** Whether it follows from another collection, which writes it, so that no genesis has it. */
  final boolean derived() {
    return derived;
  }

  /** Notes that another collection writes this one. */
  final void derive() {
    derived = true;
  }

  /** An entry in words. */
  abstract String describe(byte[] key, byte[] value);

  /** Writes all of it as JSON. */
  abstract void write(KVStore store, GenesisWriter out);

  /** Reads what {@link #write} wrote. */
  abstract void read(KVStore store, Part json);

  /** The bytes of a key. */
  final <K> byte[] key(KeyCodec<K> codec, K key) {
    byte[] bytes = new byte[prefix.length + codec.size(key)];
    System.arraycopy(prefix, 0, bytes, 0, prefix.length);
    codec.write(key, bytes, prefix.length);
    return bytes;
  }

  /** The key of bytes that begin with the prefix. */
  final <K> K ofKey(KeyCodec<K> codec, byte[] bytes) {
    KeyReader in = new KeyReader(bytes, prefix.length);
    K key = codec.read(in);
    in.requireEnd();
    return key;
  }

  /** Whether two keys, of which each may be missing, have the same bytes. */
  static <K> boolean same(KeyCodec<K> codec, Optional<K> one, Optional<K> other) {
    return one.isPresent() && other.isPresent()
        ? Arrays.equals(codec.bytes(one.get()), codec.bytes(other.get()))
        : one.isEmpty() && other.isEmpty();
  }

  /** The prefix with more behind it. */
  final byte[] behind(byte[] more) {
    byte[] bytes = Arrays.copyOf(prefix, prefix.length + more.length);
    System.arraycopy(more, 0, bytes, prefix.length, more.length);
    return bytes;
  }
}
