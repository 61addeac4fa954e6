package io.segue.kernel.testkit;

import io.segue.kernel.admission.Admission;
import io.segue.kernel.admission.Baseline;
import io.segue.kernel.admission.Refusal;
import io.segue.kernel.admission.Verdict;
import io.segue.kernel.admission.artifact.ArtifactSource;
import io.segue.kernel.admission.artifact.Content;
import io.segue.kernel.api.node.CheckReport.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What a node finds in an artifact by its bytes, so that a builder's build refuses what a node
 * would: the archive, the manifests of its bundles, and their classes.
 *
 * <pre>{@code
 * ArtifactAssert.assertThatArtifact(Path.of("target/v2.zip")).isAdmitted();
 * ArtifactAssert.assertThatBundle(Path.of("target/classes")).isAdmitted();
 * }</pre>
 */
public final class ArtifactAssert {
  private static final Baseline BASELINE = Baseline.withoutNode(Set.of());

  private final Verdict verdict;

  private ArtifactAssert(Verdict verdict) {
    this.verdict = verdict;
  }

  /** An artifact: one bundle, or an archive of bundles. */
  public static ArtifactAssert assertThatArtifact(Path file) throws IOException {
    return assertThatArtifact(Files.readAllBytes(file));
  }

  /** As {@link #assertThatArtifact(Path)}, of bytes such as those of {@link Bundles#archive}. */
  public static ArtifactAssert assertThatArtifact(byte[] bytes) {
    return new ArtifactAssert(Admission.check(ArtifactSource.archive(bytes), BASELINE));
  }

  /**
   * A bundle that is going to be part of an artifact.
   *
   * @param bundle a jar, or the folder of classes of one that is being built: {@code
   *     target/classes}, with its manifest
   */
  public static ArtifactAssert assertThatBundle(Path bundle) throws IOException {
    return new ArtifactAssert(Admission.checkPart(Content.of(Bundles.bundle(bundle)), BASELINE));
  }

  /** Fails with all that is refused, where anything is. */
  public ArtifactAssert isAdmitted() {
    if (!verdict.admitted()) {
      throw new AssertionError(
          "a node refuses it:\n  "
              + String.join("\n  ", verdict.refusals().stream().map(Refusal::text).toList()));
    }
    return this;
  }

  /** Fails where other rules than these are broken, or one of these is not. */
  public ArtifactAssert isRefusedFor(String... rules) {
    List<String> broken = refusals().stream().map(Finding::rule).distinct().sorted().toList();
    List<String> expected = List.of(rules).stream().sorted().toList();
    if (!broken.equals(expected)) {
      throw new AssertionError("it is refused for " + broken + " and not for " + expected);
    }
    return this;
  }

  /** What it is refused for. */
  public List<Finding> refusals() {
    return verdict.refusals().stream().map(Refusal::finding).toList();
  }

  /** What is worth a look and refuses nothing. */
  public List<Finding> notes() {
    return verdict.notes();
  }
}
