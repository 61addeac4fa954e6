package io.segue.bundles.sdk.state;

import io.segue.bundles.sdk.JsonParts.Part;
import java.util.function.Function;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How values of one type look in bytes. {@link Values} has those that modules need; for another
 * layout implement it. Immutable.
 *
 * @param <V> the value
 */
@ConsumerType
public interface ValueCodec<V> {
  /** The bytes of a value. Where there are none, only an {@link Item} can hold it, by absence. */
  byte[] write(V value);

  /**
   * The value of {@link #write}.
   *
   * @throws IllegalStateException where the store is damaged
   */
  V read(byte[] bytes);

  /** The value as JSON. */
  String json(V value);

  /**
   * The value of {@link #json}.
   *
   * @throws RuntimeException where it is none; says why
   */
  V ofJson(Part json);

  /** The same bytes for values of another type. */
  default <T> ValueCodec<T> as(Function<V, T> wrap, Function<T, V> unwrap) {
    ValueCodec<V> codec = this;
    return new ValueCodec<>() {
      @Override
      public byte[] write(T value) {
        return codec.write(unwrap.apply(value));
      }

      @Override
      public T read(byte[] bytes) {
        return wrap.apply(codec.read(bytes));
      }

      @Override
      public String json(T value) {
        return codec.json(unwrap.apply(value));
      }

      @Override
      public T ofJson(Part json) {
        return wrap.apply(codec.ofJson(json));
      }
    };
  }
}
