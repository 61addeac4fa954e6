package io.segue.kernel.admission;

import io.segue.kernel.admission.artifact.Artifact;
import io.segue.kernel.admission.artifact.ArtifactLimits;
import io.segue.kernel.admission.artifact.ArtifactReader;
import io.segue.kernel.admission.artifact.ArtifactSource;
import io.segue.kernel.admission.artifact.BundleContents;
import io.segue.kernel.admission.artifact.BundleFile;
import io.segue.kernel.admission.artifact.Capability;
import io.segue.kernel.admission.artifact.Content;
import io.segue.kernel.admission.artifact.RefusalReason;
import io.segue.kernel.admission.artifact.RefusedException;
import io.segue.kernel.admission.code.CodeCheck;
import io.segue.kernel.api.node.CheckReport.CheckedBundle;
import io.segue.kernel.api.node.CheckReport.Finding;
import io.segue.kernel.api.node.CheckReport.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Comes to the verdict on an artifact before anything of it is installed. Each bundle is unpacked
 * once and checked by its manifest, so that it brings modules and nothing that reaches the
 * framework, other bundles or the operating system; and by the bytes of its classes, so that every
 * node computes the same. A refusal is a node's readiness, never state.
 *
 * <p>Thread safety: any thread.
 */
public final class Admission {
  /** Most findings of one artifact. */
  static final int MAX_FINDINGS = 100_000;

  private final Baseline baseline;
  private final List<CheckedBundle> bundles = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<Finding> notes = new ArrayList<>();

  private Admission(Baseline baseline) {
    this.baseline = baseline;
  }

  /**
   * The verdict on an artifact. One whose archive is damaged, or passes a limit, is read up to
   * there.
   */
  public static Verdict check(ArtifactSource source, Baseline baseline) {
    Admission admission = new Admission(baseline);
    Optional<Artifact> artifact = admission.read(source);
    return admission.verdict(artifact.map(Artifact::sha256).orElse(source.sha256()), artifact);
  }

  /**
   * The verdict on a bundle that is going to be part of an artifact, as a module is while it is
   * built: it needs to declare no generation. Its digest is that of the bytes.
   */
  public static Verdict checkPart(Content bundle, Baseline baseline) {
    Admission admission = new Admission(baseline);
    admission.readBundles(ArtifactSource.archive(bundle));
    return admission.verdict(bundle.sha256(), Optional.empty());
  }

  /**
   * The verdict on bundles that were admitted before, byte for byte: by their manifests and what
   * the platform is now.
   */
  public static List<Refusal> recheck(Collection<BundleFile> bundles, Baseline baseline) {
    Admission admission = new Admission(baseline);
    bundles.forEach(bundle -> admission.found(ManifestRules.check(bundle.manifest(), baseline)));
    return List.copyOf(admission.refusals);
  }

  private Verdict verdict(String sha256, Optional<Artifact> artifact) {
    return new Verdict(sha256, bundles, artifact, refusals, notes);
  }

  private Optional<Artifact> read(ArtifactSource source) {
    Optional<List<BundleFile>> files = readBundles(source);
    if (files.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Artifact.of(source, files.get()));
    } catch (RefusedException e) {
      refused(e);
      return Optional.empty();
    }
  }

  /** Reads and checks all bundles; empty where one of them can't be read. */
  private Optional<List<BundleFile>> readBundles(ArtifactSource source) {
    List<BundleFile> files = new ArrayList<>();
    boolean readable = true;
    try {
      ArtifactReader reader = new ArtifactReader(source, ArtifactLimits.DEFAULT);
      while (reader.hasNext()) {
        try {
          BundleContents bundle = reader.next();
          files.add(bundle.file());
          check(bundle);
        } catch (RefusedException e) {
          if (e.reason() == RefusalReason.ARTIFACT) {
            throw e;
          }
          refused(e);
          readable = false;
        }
      }
    } catch (RefusedException e) {
      refused(e);
      readable = false;
    }
    return readable ? Optional.of(files) : Optional.empty();
  }

  private void check(BundleContents bundle) {
    BundleFile file = bundle.file();
    bundles.add(
        new CheckedBundle(
            file.manifest().symbolicName(),
            file.manifest().version(),
            file.sha256(),
            bundle.classes().size()));
    found(ManifestRules.check(file.manifest(), baseline));
    if (!baseline.ran().test(file.line())) {
      boolean vouched = baseline.vouched().contains(file.sha256());
      int room = Math.max(1, MAX_FINDINGS - refusals.size() - notes.size());
      List<Finding> findings =
          CodeCheck.check(
              file.manifest().bundle(),
              bundle.classes(),
              file.manifest().imports().stream()
                  .map(Capability::name)
                  .collect(Collectors.toUnmodifiableSet()),
              room);
      found(vouched ? findings.stream().map(Admission::vouchedFor).toList() : findings);
    }
  }

  private void found(List<Finding> findings) {
    for (Finding finding : findings) {
      if (finding.severity() == Severity.REFUSE) {
        refusals.add(new Refusal(RefusalReason.ADMISSION, finding));
      } else {
        notes.add(finding);
      }
    }
  }

  private void refused(RefusedException e) {
    String rule = e.reason().name().toLowerCase(Locale.ROOT);
    refusals.add(new Refusal(e.reason(), Finding.refused(rule, e.bundle(), e.text())));
  }

  private static Finding vouchedFor(Finding finding) {
    return new Finding(
        finding.rule(),
        Severity.NOTE,
        finding.bundle(),
        finding.className(),
        finding.method(),
        finding.line(),
        finding.what(),
        finding.why(),
        "nothing: the setting 'admit' vouches for the bundle");
  }
}
