package io.segue.kernel.core.upgrade;

import io.segue.kernel.admission.artifact.ArtifactLimits;
import io.segue.kernel.admission.artifact.Content;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.PlanInfo;
import io.segue.kernel.api.upgrade.Sidecar;
import io.segue.kernel.api.upgrade.SidecarException;
import io.segue.kernel.core.content.ContentStore;
import io.segue.kernel.core.crash.CrashPoint;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.plan.PlanInfos;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Has a plan's sidecar bring what the plan is bound to into the content store, by way of the JSON
 * that an indirect info leads to.
 *
 * <p>Thread safety: that of the preparation, which may be interrupted.
 */
public final class Fetching {
  /** Longest JSON that an indirect info may lead to. */
  static final long MAX_INFO_BYTES = 64 * 1024;

  private final ContentStore contents;
  private final AllowedSidecars sidecars;
  private final LongSupplier clockMs;

  /**
   * Nothing is brought yet.
   *
   * @param sidecars those that the operator allows
   * @param clockMs milliseconds since the epoch, for progress only
   */
  public Fetching(ContentStore contents, AllowedSidecars sidecars, LongSupplier clockMs) {
    this.contents = contents;
    this.sidecars = sidecars;
    this.clockMs = clockMs;
  }

  /**
   * Brings a plan's artifact.
   *
   * @param news hears how far the sidecar is
   * @return the artifact, which the content store has
   */
  Content artifact(Plan plan, PlanInfo info, Consumer<String> news)
      throws SidecarException, GenerationException, IOException, InterruptedException {
    PlanInfo artifact = info.kind() == PlanInfo.Kind.INDIRECT ? follow(plan, info, news) : info;
    return bring(plan, artifact, news);
  }

  private PlanInfo follow(Plan plan, PlanInfo info, Consumer<String> news)
      throws SidecarException, GenerationException, InterruptedException, IOException {
    byte[] json = bring(plan, info, news).bytes();
    if (json.length > MAX_INFO_BYTES) {
      throw new SidecarException(
          "the JSON at " + info.url().orElse("") + " is longer than " + MAX_INFO_BYTES + " bytes",
          false,
          null);
    }
    PlanInfo inner;
    try {
      inner = PlanInfos.parse(new String(json, StandardCharsets.UTF_8));
    } catch (RuntimeException e) {
      throw new SidecarException(
          "the JSON at " + info.url().orElse("") + " is refused: " + e.getMessage(), false, e);
    }
    if (inner.kind() != PlanInfo.Kind.ARTIFACT) {
      throw new SidecarException(
          "the JSON at " + info.url().orElse("") + " names no artifact under binaries.any",
          false,
          null);
    }
    return inner;
  }

  private Content bring(Plan plan, PlanInfo info, Consumer<String> news)
      throws SidecarException, GenerationException, IOException, InterruptedException {
    String sha256 = info.sha256().orElse("");
    Sidecar sidecar = sidecars.named(info.sidecar());
    CrashPoint.FETCHING.reached();
    Path file =
        sidecar.run(
            new Sidecar.Task(
                plan, info.url().orElse(""), sha256, info.parameters(), contents.folder()),
            new SidecarProgress(info.sidecar(), news, clockMs));
    if (file.equals(contents.folder().resolve(sha256))) {
      return contents.get(sha256);
    }
    Content came = contents.take(file, ArtifactLimits.DEFAULT.artifactBytes());
    if (!came.sha256().equals(sha256)) {
      throw new SidecarException(
          "the sidecar "
              + info.sidecar()
              + " brought "
              + file
              + " with the digest "
              + came.sha256()
              + ", but plan "
              + plan.name()
              + " is bound to "
              + sha256
              + "; fix the sidecar, or deploy the bundles by hand: upgrade:deploy <file>",
          false,
          null);
    }
    return came;
  }
}
