package io.segue.bundles.sdk.state;

import io.segue.bundles.sdk.JsonParts.Part;
import java.util.function.Function;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How keys of one type look in bytes: the order of the bytes is the order of the keys. {@link Keys}
 * has those that modules need; for another layout implement it. Immutable.
 *
 * @param <K> the key
 */
@ConsumerType
public interface KeyCodec<K> {
  /**
   * How many bytes a key has.
   *
   * @throws IllegalArgumentException where it can't be a key
   */
  int size(K key);

  /**
   * Writes a key, as many bytes as {@link #size} says.
   *
   * @return the position behind it
   */
  int write(K key, byte[] into, int at);

  /** Reads a key, and moves behind it. */
  K read(KeyReader in);

  /**
   * Whether a key shows where it ends, so that something may follow it: no key's bytes begin with
   * those of another one. Otherwise it takes all that is left.
   */
  boolean endsItself();

  /** The key as JSON: a string, or an array of the parts. */
  String json(K key);

  /**
   * The key of {@link #json}.
   *
   * @throws IllegalArgumentException where it is none
   */
  K ofJson(Part json);

  /** The bytes of a key alone. */
  default byte[] bytes(K key) {
    byte[] bytes = new byte[size(key)];
    write(key, bytes, 0);
    return bytes;
  }

  /** The same bytes for keys of another type. */
  default <T> KeyCodec<T> as(Function<K, T> wrap, Function<T, K> unwrap) {
    return new MappedKey<>(this, wrap, unwrap);
  }
}
