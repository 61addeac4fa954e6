package io.segue.kernel.admission;

import io.segue.kernel.admission.artifact.GenerationManifest;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What an artifact is compared with: what a node knows besides its bytes.
 *
 * @param platformNames symbolic names of the bundles of the platform; none of a generation may have
 *     one of them
 * @param ran whether a bundle ran before: its code was admitted then, and is not looked at again
 * @param vouched digests of the bundles whose code the operator vouches for: what is found in their
 *     classes is a note
 */
public record Baseline(
    Set<String> platformNames, Predicate<GenerationManifest.Line> ran, Set<String> vouched) {

  /** What is known without a node: nothing ran, nobody vouches. */
  public static Baseline withoutNode(Set<String> platformNames) {
    return new Baseline(platformNames, line -> false, Set.of());
  }

  public Baseline {
    platformNames = Set.copyOf(platformNames);
    vouched = Set.copyOf(vouched);
  }
}
