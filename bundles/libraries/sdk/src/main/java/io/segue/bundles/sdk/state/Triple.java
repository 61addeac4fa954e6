package io.segue.bundles.sdk.state;

/** A key of three parts. */
public record Triple<A, B, C>(A first, B second, C third) {
  /** A triple. */
  public static <A, B, C> Triple<A, B, C> of(A first, B second, C third) {
    return new Triple<>(first, second, third);
  }
}
