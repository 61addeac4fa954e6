package io.segue.bundles.shell.deploy;

import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.Node.DeployException;
import io.segue.kernel.api.node.Node.Deployed;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder {@code deploy/}: a bundle ({@code .jar}) or an archive of bundles ({@code .zip}) that
 * is put there is deployed as by {@code upgrade:deploy}, once it is complete: when size and time
 * are the same in two looks. Nothing is moved. What became of {@code v2.zip} is written beside it:
 *
 * <pre>
 * v2.zip.deployed   it was copied and staged; changing or deleting v2.zip does nothing from now on
 * v2.zip.refused    it was not, and why; a changed v2.zip is tried again
 * </pre>
 *
 * <p>Only the owner may write to the folder: while others may, nothing in it is deployed.
 *
 * <p>Thread safety: one thread calls {@link #doWork}.
 */
final class DeployFolder {
  private static final Logger log = LoggerFactory.getLogger(DeployFolder.class);
  private static final Set<PosixFilePermission> OTHERS_WRITE =
      PosixFilePermissions.fromString("----w--w-");

  private final Path folder;
  private final Supplier<Optional<Node>> node;
  private final Map<Path, Look> looks = new HashMap<>();
  private String lastProblem = "";

  DeployFolder(Path folder, Supplier<Optional<Node>> node) {
    this.folder = folder;
    this.node = node;
  }

  /** A file at one look. */
  private record Look(long sizeBytes, FileTime modified, @Nullable Object key, boolean done) {
    static Look at(Path file) throws IOException {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return new Look(found.size(), found.lastModifiedTime(), found.fileKey(), false);
    }

    Look handled() {
      return new Look(sizeBytes, modified, key, true);
    }
  }

  /**
   * Looks at the folder once and deploys what is complete.
   *
   * @return how many files were handled
   */
  int doWork() {
    try {
      if (!isPrivate() || node.get().isEmpty()) {
        return 0;
      }
      int handled = 0;
      for (Path file : candidates()) {
        handled += look(file, node.get().orElseThrow());
      }
      lastProblem = "";
      return handled;
    } catch (IOException e) {
      problem("Can't look into " + folder + ": " + e + "; mend the folder's rights");
      return 0;
    }
  }

  private int look(Path file, Node target) throws IOException {
    Look now;
    try {
      now = Look.at(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
    Look before = looks.get(file);
    if (before == null && wasHandled(file, now)) {
      looks.put(file, now.handled());
      return 0;
    }
    if (before != null && before.done()) {
      if (before.equals(now.handled()) || Files.exists(marker(file, "deployed"))) {
        return 0;
      }
    } else if (now.equals(before)) {
      looks.put(file, now.handled());
      deploy(file, target);
      return 1;
    }
    looks.put(file, now);
    return 0;
  }

  private void deploy(Path file, Node target) throws IOException {
    Path refused = marker(file, "refused");
    try {
      Deployed deployed = target.deploy(file);
      String what =
          "plan %s, SHA-256 %s, generation %s"
              .formatted(deployed.plan(), deployed.sha256(), deployed.generationDigest());
      log.info("Deployed {}: {}", file, what);
      Files.writeString(marker(file, "deployed"), what + "\n");
      Files.deleteIfExists(refused);
    } catch (DeployException e) {
      log.error("{} is not deployed: {}", file, e.getMessage());
      Files.writeString(refused, e.getMessage() + "\n");
    }
  }

  /** Whether an earlier run of the node has handled the file. */
  private static boolean wasHandled(Path file, Look now) throws IOException {
    Path refused = marker(file, "refused");
    return Files.exists(marker(file, "deployed"))
        || (Files.exists(refused)
            && now.modified().compareTo(Files.getLastModifiedTime(refused)) <= 0);
  }

  private Set<Path> candidates() throws IOException {
    Set<Path> candidates = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[!.]*.{jar,zip}")) {
      for (Path file : files) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          candidates.add(file);
        }
      }
    }
    looks.keySet().retainAll(candidates);
    return candidates;
  }

  /** Makes the folder where it is missing; says whether only the owner can write to it. */
  private boolean isPrivate() throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
    if (OTHERS_WRITE.stream().noneMatch(permissions::contains)) {
      return true;
    }
    problem(
        "Nothing in %s is deployed while others may write to it (%s). Next: chmod 700 %s"
            .formatted(folder, PosixFilePermissions.toString(permissions), folder));
    return false;
  }

  /** Says it once. */
  private void problem(String text) {
    if (!text.equals(lastProblem)) {
      lastProblem = text;
      log.error("{}", text);
    }
  }

  private static Path marker(Path file, String what) {
    return file.resolveSibling(file.getFileName() + "." + what);
  }
}
