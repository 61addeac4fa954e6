package io.segue.bundles.sidecar.build;

import io.segue.kernel.api.upgrade.SidecarException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Builds a commit with the operator's Maven, in a process of its own. Maven runs what the sources
 * tell it to, with the node's rights: that is why it is off until the operator names it. Of each
 * folder with a {@code bnd.bnd} the one jar in its {@code target} is taken, and written again by
 * {@link StableZip}.
 */
final class MavenBuild {
  private static final String NEXT =
      "fix the repository and have governance schedule the new commit";

  private final BuildRules rules;
  private final BuildDeadline deadline;
  private final BuildLog log;

  MavenBuild(BuildRules rules, BuildDeadline deadline, BuildLog log) {
    this.rules = rules;
    this.deadline = deadline;
    this.log = log;
  }

  /**
   * The bytes of the artifact.
   *
   * @param folder an empty one, for sources and what is made of them
   */
  byte[] run(String what, SourceTree tree, Path folder)
      throws SidecarException, IOException, InterruptedException {
    if (rules.maven.isEmpty()) {
      throw BuildRules.refused(
          what,
          "it asks for Maven, which this node does not run (maven is not set)",
          "set maven in "
              + BuildRules.FILE
              + " where sources may run programs, or build it elsewhere: upgrade:deploy <file>");
    }
    for (var file : tree.files().entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    execute(what, folder);
    SortedMap<String, byte[]> bundles = new TreeMap<>();
    for (String bundle : tree.bundles()) {
      Path jar = made(what, bundle, folder.resolve(bundle).resolve("target"));
      bundles.put(jar.getFileName().toString(), stable(jar));
    }
    return StableZip.of(bundles);
  }

  private void execute(String what, Path folder)
      throws SidecarException, IOException, InterruptedException {
    List<String> command = new ArrayList<>(rules.maven);
    command.addAll(rules.mavenArguments);
    log.say("running " + String.join(" ", command));
    int status = ChildProcess.run(command, folder, deadline.leftMs(), deadline.exceeded(), log);
    if (status != 0) {
      throw BuildRules.refused(
          what, "Maven ended with status " + status, "read " + log.file() + "; " + NEXT);
    }
  }

  private static Path made(String what, String bundle, Path target)
      throws SidecarException, IOException {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(target, "*.jar")) {
      files.forEach(jars::add);
    } catch (NotDirectoryException | NoSuchFileException e) {
      jars.clear();
    }
    if (jars.size() != 1) {
      throw BuildRules.refused(
          what,
          "Maven made " + jars.size() + " jars in " + bundle + "target, there must be one",
          NEXT);
    }
    return jars.get(0);
  }

  private byte[] stable(Path jar) throws IOException, SidecarException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    long bytes = 0;
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        bytes += Math.max(0, entry.getSize());
        if (bytes > rules.maxArtifactBytes) {
          throw BuildRules.tooMuch(
              jar.getFileName().toString(),
              "it is too large",
              "maxArtifactBytes",
              rules.maxArtifactBytes);
        }
        if (!entry.isDirectory()) {
          files.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
        }
      }
    }
    return StableZip.of(files);
  }
}
