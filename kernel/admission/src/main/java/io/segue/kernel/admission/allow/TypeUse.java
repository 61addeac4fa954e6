package io.segue.kernel.admission.allow;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A way to use a type that is no use of a member. Each is allowed by itself. */
public enum TypeUse {
  /** A class of the bundle extends it. */
  EXTENDS("may be extended"),
  /** A class of the bundle implements it, or an interface of the bundle extends it. */
  IMPLEMENTS("may be implemented"),
  /** A value is converted to it, or asked whether it is one. */
  CAST("may be cast to"),
  /** An array of it is made, or converted to. */
  ARRAY("may be in an array"),
  /** It stands in the code as {@code X.class}. */
  CLASS("may be named as a class"),
  /** An exception of it is caught. */
  CATCH("may be caught"),
  /** A lambda or a method reference is made of it. */
  LAMBDA("may be a lambda"),
  /** A text is made of a value, by {@code toString}, {@code +} or {@code append}. */
  TEXT("may become text"),
  /** The hash of a value is asked for outside of a {@code hashCode} method. */
  HASH("has a hash that is the same on all nodes"),
  /** Two values are compared by {@code ==}: equal ones are the same object. */
  SAME("may be compared by ==");

  private final String meaning;

  TypeUse(String meaning) {
    this.meaning = meaning;
  }

  /** As the list has it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** In words, behind the name of the type. */
  public String meaning() {
    return meaning;
  }

  /** The use with a word of the list. */
  static Optional<TypeUse> of(String word) {
    return Arrays.stream(values()).filter(use -> use.word().equals(word)).findFirst();
  }
}
