package io.segue.kernel.core.hostile;

import io.segue.kernel.core.generation.HoldReason;
import io.segue.kernel.core.generation.TestBundle;
import java.util.List;
import java.util.function.Supplier;

/**
 * An artifact that means harm, or was made without care.
 *
 * @param name what it tries
 * @param artifact makes it, from source
 * @param reason what it is refused for
 * @param texts what the refusal must say: what was refused, and what to do
 */
record Hostile(String name, Supplier<byte[]> artifact, HoldReason reason, List<String> texts) {

  /** The plan of every artifact here; it renews module bank, which is there in version 1.0.0. */
  static final String PLAN = "v2";

  /** An artifact whose bundle of module bank is not as it should be. */
  static Hostile bank(String name, TestBundle bank, HoldReason reason, String... texts) {
    return new Hostile(name, () -> TestBundle.archive(generation(), bank), reason, List.of(texts));
  }

  /** An artifact that is given byte by byte. */
  static Hostile bytes(String name, Supplier<byte[]> artifact, HoldReason reason, String... texts) {
    return new Hostile(name, artifact, reason, List.of(texts));
  }

  /** A good declaration of plan v2. */
  static TestBundle generation() {
    return TestBundle.generation(PLAN).takes("bank", "2.0.0");
  }

  /** A good bundle of module bank. */
  static TestBundle bank() {
    return TestBundle.module("bank", "2.0.0");
  }

  @Override
  public String toString() {
    return name;
  }
}
