package io.segue.bundles.sidecar.build;

import io.segue.kernel.api.upgrade.Sidecar.Progress;
import io.segue.kernel.api.upgrade.SidecarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.osgi.framework.BundleContext;

/** Fetches a commit and builds it, within the rules. Any thread. */
final class CommitBuild {
  /** Framework property with the distribution's folder. */
  private static final String DISTRIBUTION = "segue.dist";

  private final BuildRules rules;
  private final ToolchainSource toolchain;
  private final OwnCode code;

  /**
   * Builds with the toolchain that is found when a build begins.
   *
   * @param code finds the class path on which this sidecar's own classes are
   */
  CommitBuild(BuildRules rules, ToolchainSource toolchain, OwnCode code) {
    this.rules = rules;
    this.toolchain = toolchain;
    this.code = code;
  }

  /** Builds with the toolchain of the distribution that runs. */
  static CommitBuild of(BundleContext context, BuildSettings settings) {
    Path distribution = Path.of(context.getProperty(DISTRIBUTION));
    return new CommitBuild(
        new BuildRules(settings),
        () -> Toolchain.of(distribution.resolve("build").resolve("classpath")),
        new BundleCode(context.getBundle(), distribution)::classPath);
  }

  /** Finds the classes of this sidecar and what they need. */
  @FunctionalInterface
  interface OwnCode {
    List<Path> get() throws IOException;
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
    BuildDeadline deadline = new BuildDeadline(request.what(), rules.timeoutMs);
    Toolchain tools = toolchain.get();
    SourceTree tree = sources(request, work, deadline, progress, said);
    byte[] artifact =
        request.maven()
            ? maven(request, work, tree, deadline, said)
            : javac(request, work, tools, tree, deadline, said);
    String digest = Sha256.of(artifact);
    said.say("artifact: " + artifact.length + " bytes, sha256 " + digest);
    return new Built(artifact, digest, tools.text());
  }

  private SourceTree sources(
      BuildRequest request, Path work, BuildDeadline deadline, Progress progress, BuildLog said)
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
      BuildRequest request, Path work, SourceTree tree, BuildDeadline deadline, BuildLog said)
      throws SidecarException, IOException, InterruptedException {
    Path folder = Files.createTempDirectory(work, "maven-");
    try {
      return new MavenBuild(rules, deadline, said).run(request.what(), tree, folder);
    } finally {
      GitSource.delete(folder);
    }
  }

  private byte[] javac(
      BuildRequest request,
      Path work,
      Toolchain tools,
      SourceTree tree,
      BuildDeadline deadline,
      BuildLog said)
      throws SidecarException, IOException, InterruptedException {
    Path folder = Files.createTempDirectory(work, "javac-");
    try {
      return new CompilerProcess(rules, code.get(), deadline, said)
          .run(request.what(), tools, tree, folder);
    } finally {
      GitSource.delete(folder);
    }
  }
}
