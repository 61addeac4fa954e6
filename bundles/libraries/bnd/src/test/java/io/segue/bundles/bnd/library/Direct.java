package io.segue.bundles.bnd.library;

public final class Direct {
  public Object indirect() {
    return new Indirect();
  }

  /** Nobody names it but its own outer class. */
  public static final class Nested {}
}
