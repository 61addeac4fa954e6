package io.segue.bundles.sidecar.build;

import io.segue.kernel.api.upgrade.Sidecar.Progress;
import io.segue.kernel.api.upgrade.SidecarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.BundleContext;

/** Fetches a commit and builds it, within the rules. Any thread. */
final class CommitBuild {
  /** Framework property with the distribution's folder. */
  private static final String DISTRIBUTION = "segue.dist";

  /** Deep expressions need a deep stack; what is deeper still is refused. */
  private static final long STACK_BYTES = 64L << 20;

  private final BuildRules rules;
  private final ToolchainSource toolchain;

  /** Builds with the toolchain that is found when a build begins. */
  CommitBuild(BuildRules rules, ToolchainSource toolchain) {
    this.rules = rules;
    this.toolchain = toolchain;
  }

  /** Builds with the toolchain of the distribution that runs. */
  static CommitBuild of(BundleContext context, BuildSettings settings) {
    return new CommitBuild(
        new BuildRules(settings),
        () -> Toolchain.of(Path.of(context.getProperty(DISTRIBUTION)).resolve("build")));
  }

  /** Finds what to compile with. */
  @FunctionalInterface
  interface ToolchainSource {
    Toolchain get() throws SidecarException;
  }

  /**
   * What came out.
   *
   * @param tools what it was built with, in words
   */
  record Built(byte[] artifact, String sha256, String tools) {}

  /** A log in the folder of builds. */
  BuildLog log(Path work, String plan) throws IOException {
    return new BuildLog(
        work.resolve(plan.replaceAll("[^A-Za-z0-9._-]", "_") + ".log"), rules.maxLogBytes);
  }

  /**
   * Fetches and builds; the digest that the request names is not looked at.
   *
   * @param work folder of builds; what is made in it is removed
   */
  Built run(BuildRequest request, Path work, Progress progress, BuildLog said)
      throws SidecarException, IOException, InterruptedException {
    Deadline deadline = new Deadline(request.what(), rules.timeoutMs);
    Toolchain tools = toolchain.get();
    SourceTree tree = sources(request, work, deadline, progress, said);
    byte[] artifact =
        request.maven()
            ? maven(request, work, tree, deadline, said)
            : limited(request, tools, tree, deadline, said);
    String digest = Sha256.of(artifact);
    said.say("artifact: " + artifact.length + " bytes, sha256 " + digest);
    return new Built(artifact, digest, tools.text());
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

  private byte[] maven(
      BuildRequest request, Path work, SourceTree tree, Deadline deadline, BuildLog said)
      throws SidecarException, IOException, InterruptedException {
    Path folder = Files.createTempDirectory(work, "maven-");
    try {
      return new MavenBuild(rules, deadline, said).run(request.what(), tree, folder);
    } finally {
      GitSource.delete(folder);
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
}
