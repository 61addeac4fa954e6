package io.segue.bundles.sdk.state;

import io.segue.bundles.sdk.JsonParts.Part;
import java.util.function.Function;

/** Keys that look as those of another type. */
record MappedKey<K, T>(KeyCodec<K> codec, Function<K, T> wrap, Function<T, K> unwrap)
    implements KeyCodec<T> {
  @Override
  public int size(T key) {
    return codec.size(unwrap.apply(key));
  }

  @Override
  public int write(T key, byte[] into, int at) {
    return codec.write(unwrap.apply(key), into, at);
  }

  @Override
  public T read(KeyReader in) {
    return wrap.apply(codec.read(in));
  }

  @Override
  public boolean endsItself() {
    return codec.endsItself();
  }

  @Override
  public String json(T key) {
    return codec.json(unwrap.apply(key));
  }

  @Override
  public T ofJson(Part json) {
    return wrap.apply(codec.ofJson(json));
  }
}
