package io.segue.kernel.admission.hostile;

import io.segue.kernel.admission.artifact.RefusalReason;
import io.segue.kernel.admission.artifact.TestBundle;
import java.util.List;
import java.util.function.Supplier;

/**
 * An artifact that means harm, or was made without care.
 *
 * @param name what it tries
 * @param artifact makes it, from source
 * @param reason what it is refused for: the name of a {@link RefusalReason}, or of a hold of the
 *     kernel where its bytes alone do not show it
 * @param texts what the refusal must say: what was refused, and what to do
 */
public record Hostile(String name, Supplier<byte[]> artifact, String reason, List<String> texts) {

  /** See {@link RefusalReason#ARTIFACT}. */
  static final String ARTIFACT = RefusalReason.ARTIFACT.name();

  /** See {@link RefusalReason#MANIFEST}. */
  static final String MANIFEST = RefusalReason.MANIFEST.name();

  /** See {@link RefusalReason#ADMISSION}. */
  static final String ADMISSION = RefusalReason.ADMISSION.name();

  /** What the kernel finds where it is compared with the generation before. */
  static final String COMPOSITION = "COMPOSITION";

  /** What the framework finds. */
  static final String UNRESOLVED = "UNRESOLVED";

  /** The plan of every artifact here; it renews module bank, which is there in version 1.0.0. */
  public static final String PLAN = "v2";

  /** An artifact whose bundle of module bank is not as it should be. */
  public static Hostile bank(String name, TestBundle bank, String reason, String... texts) {
    return new Hostile(name, () -> TestBundle.archive(generation(), bank), reason, List.of(texts));
  }

  /** An artifact that is given byte by byte. */
  public static Hostile bytes(
      String name, Supplier<byte[]> artifact, String reason, String... texts) {
    return new Hostile(name, artifact, reason, List.of(texts));
  }

  /** A good declaration of plan v2. */
  public static TestBundle generation() {
    return TestBundle.generation(PLAN).takes("bank", "2.0.0");
  }

  /** A good bundle of module bank. */
  public static TestBundle bank() {
    return TestBundle.module("bank", "2.0.0");
  }

  @Override
  public String toString() {
    return name;
  }
}
