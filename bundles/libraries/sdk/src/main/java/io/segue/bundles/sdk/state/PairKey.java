package io.segue.bundles.sdk.state;

import io.segue.bundles.sdk.JsonParts;
import io.segue.bundles.sdk.JsonParts.Part;
import io.segue.kernel.api.module.KVStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys of two parts, one behind the other: ordered by the first one, and of equal ones by the
 * second. Made by {@link Keys#pair}.
 */
public final class PairKey<A, B> implements KeyCodec<Pair<A, B>> {
  private static final int PARTS = 2;

  private final KeyCodec<A> first;
  private final KeyCodec<B> second;

  PairKey(KeyCodec<A> first, KeyCodec<B> second) {
    if (!first.endsItself()) {
      throw new IllegalArgumentException(
          "the first part of a key must show where it ends, for the second one follows: use"
              + " Keys.terminatedText() or Keys.address() in place of text or bytes");
    }
    this.first = first;
    this.second = second;
  }

  /** The pairs that begin with {@code part}. */
  public Range<Pair<A, B>> startingWith(A part) {
    return Range.prefix(first.bytes(part));
  }

  /** The pairs whose first part is {@code part} or less. */
  public Range<Pair<A, B>> through(A part) {
    return Range.upTo(KVStore.prefixEnd(first.bytes(part)));
  }

  @Override
  public int size(Pair<A, B> key) {
    return first.size(key.first()) + second.size(key.second());
  }

  @Override
  public int write(Pair<A, B> key, byte[] into, int at) {
    return second.write(key.second(), into, first.write(key.first(), into, at));
  }

  @Override
  public Pair<A, B> read(KeyReader in) {
    A one = first.read(in);
    return Pair.of(one, second.read(in));
  }

  @Override
  public boolean endsItself() {
    return second.endsItself();
  }

  @Override
  public String json(Pair<A, B> key) {
    return "[" + first.json(key.first()) + "," + second.json(key.second()) + "]";
  }

  @Override
  public Pair<A, B> ofJson(Part json) {
    List<Part> parts = new ArrayList<>(PARTS);
    JsonParts.elements(json, parts::add);
    if (parts.size() != PARTS) {
      throw new IllegalArgumentException("a key has " + parts.size() + " parts instead of 2");
    }
    return Pair.of(first.ofJson(parts.get(0)), second.ofJson(parts.get(1)));
  }
}
