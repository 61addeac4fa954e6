package io.segue.bundles.sidecar.build;

import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.upgrade.Sidecar;
import io.segue.kernel.api.upgrade.SidecarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sidecar {@code build}: compiles an upgrade's bundles from a commit of a Git repository. The
 * plan names the commit and the digest of what comes out, so every node either has exactly those
 * bytes or says which ones it got. Nothing of the repository is executed. What a build said is kept
 * in {@code data/build/<plan>.log}.
 *
 * <p>Thread safety: {@link #run} may be called from several threads.
 */
@Component(
    configurationPid = "io.segue.sidecar.build",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class BuildSidecar implements Sidecar {
  private static final Logger log = LoggerFactory.getLogger(BuildSidecar.class);

  private final CommitBuild build;

  @Activate
  public BuildSidecar(BundleContext context, BuildSettings settings) {
    this(CommitBuild.of(context, settings));
  }

  BuildSidecar(CommitBuild build) {
    this.build = build;
  }

  @Override
  public String name() {
    return "build";
  }

  @Override
  public Path run(Task task, Progress progress) throws SidecarException, InterruptedException {
    BuildRequest request = BuildRequest.of(task);
    Path present = task.directory().resolve(request.sha256());
    Path work = task.directory().resolveSibling("build");
    try {
      if (Files.isRegularFile(present)
          && Sha256.of(Files.readAllBytes(present)).equals(request.sha256())) {
        return present;
      }
      try (BuildLog said = build.log(work, task.plan().name())) {
        CommitBuild.Built built = build.run(request, work, progress, said);
        log.info(
            "Built {}: {} bytes, sha256 {}",
            request.what(),
            built.artifact().length,
            built.sha256());
        requireDigest(request, built, said);
        return keep(built.artifact(), present);
      }
    } catch (IOException e) {
      throw new SidecarException(
          "%s is not built: %s. Next: free disk space or fix the rights of %s"
              .formatted(request.what(), FailureText.of(e), work),
          true,
          e);
    }
  }

  private static void requireDigest(BuildRequest request, CommitBuild.Built built, BuildLog said)
      throws SidecarException {
    if (!built.sha256().equals(request.sha256())) {
      throw BuildRules.refused(
          request.what(),
          "what came out has the SHA-256 %s, not %s as the plan says (here: %s)"
              .formatted(built.sha256(), request.sha256(), built.tools()),
          "compare release and Java with those that the plan was made with, see "
              + said.file()
              + "; a wrong plan is cancelled by governance");
    }
  }

  private static Path keep(byte[] artifact, Path file) throws IOException {
    Path part = Files.createTempFile(file.getParent(), "incoming-", "");
    try {
      Files.write(part, artifact);
      return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
