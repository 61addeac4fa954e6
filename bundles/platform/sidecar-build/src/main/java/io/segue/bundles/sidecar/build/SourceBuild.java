package io.segue.bundles.sidecar.build;

import io.segue.kernel.api.upgrade.SidecarException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Turns the files of a commit into an artifact: a bundle for each folder that has a {@code
 * bnd.bnd}, in one archive. A pure function of the files and the toolchain.
 */
final class SourceBuild {
  private final Toolchain toolchain;
  private final long maxArtifactBytes;
  private final BuildDeadline deadline;
  private final BuildLog log;

  SourceBuild(Toolchain toolchain, long maxArtifactBytes, BuildDeadline deadline, BuildLog log) {
    this.toolchain = toolchain;
    this.maxArtifactBytes = maxArtifactBytes;
    this.deadline = deadline;
    this.log = log;
  }

  /** The bytes of the artifact. */
  byte[] run(String what, SourceTree tree) throws SidecarException {
    log.say("building with " + toolchain.text());
    SortedMap<String, byte[]> bundles = new TreeMap<>();
    long bytes = 0;
    for (String folder : tree.bundles()) {
      if (deadline.passed()) {
        throw deadline.exceeded();
      }
      BndFile bnd = BndFile.read(folder + SourceTree.BND, tree.content(folder + SourceTree.BND));
      byte[] bundle = bundle(folder, bnd, tree);
      bytes += bundle.length;
      if (bytes > maxArtifactBytes) {
        throw BuildRules.tooMuch(
            what, "its bundles are too large", "maxArtifactBytes", maxArtifactBytes);
      }
      if (bundles.put(bnd.symbolicName() + "-" + bnd.version() + ".jar", bundle) != null) {
        throw BuildRules.refused(
            what,
            "two folders build " + bnd.symbolicName() + " " + bnd.version(),
            "fix the repository and have governance schedule the new commit");
      }
    }
    if (bundles.isEmpty()) {
      throw BuildRules.refused(
          what,
          "no folder of it has a file bnd.bnd",
          "have governance cancel the plan and schedule it with the right path");
    }
    return StableZip.of(bundles);
  }

  private byte[] bundle(String folder, BndFile bnd, SourceTree tree) throws SidecarException {
    long beginNs = System.nanoTime();
    Toolchain tools = toolchain.with(folder, bnd.sdk());
    SortedMap<String, byte[]> content =
        new SourceCompiler(tools, deadline, log)
            .compile(folder, tree.below(folder + SourceTree.JAVA));
    content.putAll(tree.below(folder + SourceTree.RESOURCES));
    byte[] bundle = new BundleBuilder(tools, log).build(folder, bnd, content);
    log.say(
        "%s%s %s: %d files, %d bytes, sha256 %s, %d ms"
            .formatted(
                folder,
                bnd.symbolicName(),
                bnd.version(),
                content.size(),
                bundle.length,
                Sha256.of(bundle),
                (System.nanoTime() - beginNs) / 1_000_000));
    return bundle;
  }
}
