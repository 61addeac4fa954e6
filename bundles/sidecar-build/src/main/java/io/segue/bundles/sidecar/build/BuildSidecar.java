package io.segue.bundles.sidecar.build;

import io.segue.kernel.api.upgrade.Sidecar;
import io.segue.kernel.api.upgrade.SidecarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
  /** Framework property with the distribution's folder. */
  private static final String DISTRIBUTION = "segue.dist";

  /** Deep expressions need a deep stack; what is deeper still is refused. */
  private static final long STACK_BYTES = 64L << 20;

  private static final Logger log = LoggerFactory.getLogger(BuildSidecar.class);

  private final BuildRules rules;
  private final ToolchainSource toolchain;

  @Activate
  public BuildSidecar(BundleContext context, BuildSettings settings) {
    this(settings, () -> Toolchain.of(Path.of(context.getProperty(DISTRIBUTION)).resolve("build")));
  }

  BuildSidecar(BuildSettings settings, ToolchainSource toolchain) {
    this.rules = new BuildRules(settings);
    this.toolchain = toolchain;
  }

  /** Finds what to compile with. */
  @FunctionalInterface
  interface ToolchainSource {
    Toolchain get() throws SidecarException;
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
      try (BuildLog said = new BuildLog(logFile(work, task), rules.maxLogBytes)) {
        byte[] artifact = artifact(request, work, progress, said);
        return keep(artifact, present);
      }
    } catch (IOException e) {
      throw new SidecarException(
          "%s is not built: %s. Next: free disk space or mend the rights of %s"
              .formatted(request.what(), e, work),
          true,
          e);
    }
  }

  private byte[] artifact(BuildRequest request, Path work, Progress progress, BuildLog said)
      throws SidecarException, IOException, InterruptedException {
    Deadline deadline = new Deadline(request.what(), rules.timeoutMs);
    Toolchain tools = toolchain.get();
    SourceTree tree = sources(request, work, deadline, progress, said);
    byte[] artifact = limited(request, tools, tree, deadline, said);
    String digest = Sha256.of(artifact);
    said.say("artifact: " + artifact.length + " bytes, sha256 " + digest);
    log.info("Built {}: {} bytes, sha256 {}", request.what(), artifact.length, digest);
    if (!digest.equals(request.sha256())) {
      throw BuildRules.refused(
          request.what(),
          "what came out has the SHA-256 %s, not %s as the plan says (here: %s)"
              .formatted(digest, request.sha256(), tools.text()),
          "compare release and Java with those that the plan was made with, see "
              + said.file()
              + "; a wrong plan is cancelled by governance");
    }
    return artifact;
  }

  private SourceTree sources(
      BuildRequest request, Path work, Deadline deadline, Progress progress, BuildLog said)
      throws SidecarException, IOException, InterruptedException {
    FetchMonitor monitor = new FetchMonitor(request.what(), rules, deadline, progress);
    Path repository = Files.createTempDirectory(work, "git-");
    try {
      return new GitSource(rules, request, monitor, said).fetch(repository);
    } finally {
      GitSource.delete(repository);
    }
  }

  /** Builds on a thread of its own, which is left alone where it does not end in time. */
  private byte[] limited(
      BuildRequest request, Toolchain tools, SourceTree tree, Deadline deadline, BuildLog said)
      throws SidecarException, InterruptedException {
    FutureTask<byte[]> build =
        new FutureTask<>(
            () -> new SourceBuild(tools, rules, deadline, said).run(request.what(), tree));
    Thread thread = new Thread(null, build, "segue-build", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    try {
      return build.get(deadline.leftMs(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw deadline.exceeded();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SidecarException refused) {
        throw refused;
      }
      if (deadline.passed()) {
        throw deadline.exceeded();
      }
      said.say(String.valueOf(e.getCause()));
      throw BuildRules.refused(
          request.what(),
          "the compiler gave up: " + e.getCause(),
          "read " + said.file() + "; mend the repository and schedule the new commit");
    } finally {
      build.cancel(true);
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

  private static Path logFile(Path work, Task task) {
    return work.resolve(task.plan().name().replaceAll("[^A-Za-z0-9._-]", "_") + ".log");
  }
}
