package io.segue.bundles.sdk.state;

import io.segue.bundles.sdk.JsonParts.Part;

/**
 * Keys of three parts, one behind the other: ordered by the first one, then by the second, then by
 * the third. Made by {@link Keys#triple}.
 */
public final class TripleKey<A, B, C> implements KeyCodec<Triple<A, B, C>> {
  private final KeyCodec<A> first;
  private final KeyCodec<Triple<A, B, C>> all;

  TripleKey(KeyCodec<A> first, KeyCodec<B> second, KeyCodec<C> third) {
    this.first = first;
    this.all =
        Keys.pair(first, Keys.pair(second, third))
            .as(
                key -> Triple.of(key.first(), key.second().first(), key.second().second()),
                key -> Pair.of(key.first(), Pair.of(key.second(), key.third())));
  }

  /** The triples that begin with {@code part}. */
  public Range<Triple<A, B, C>> startingWith(A part) {
    return Range.prefix(first.bytes(part));
  }

  @Override
  public int size(Triple<A, B, C> key) {
    return all.size(key);
  }

  @Override
  public int write(Triple<A, B, C> key, byte[] into, int at) {
    return all.write(key, into, at);
  }

  @Override
  public Triple<A, B, C> read(KeyReader in) {
    return all.read(in);
  }

  @Override
  public boolean endsItself() {
    return all.endsItself();
  }

  @Override
  public String json(Triple<A, B, C> key) {
    return all.json(key);
  }

  @Override
  public Triple<A, B, C> ofJson(Part json) {
    return all.ofJson(json);
  }
}
