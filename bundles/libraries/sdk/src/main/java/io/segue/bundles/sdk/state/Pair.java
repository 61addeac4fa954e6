package io.segue.bundles.sdk.state;

/** A key of two parts. */
public record Pair<A, B>(A first, B second) {
  /** A pair. */
  public static <A, B> Pair<A, B> of(A first, B second) {
    return new Pair<>(first, second);
  }
}
