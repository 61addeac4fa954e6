package io.segue.bundles.sidecar.exec;

import io.segue.kernel.api.upgrade.Sidecar.Task;
import io.segue.kernel.api.upgrade.SidecarException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * The artifact's place in the content store, and its way there: copied while its digest is taken,
 * and moved to its name only where that is the plan's.
 */
final class ArtifactFile {
  private static final int BUFFER_BYTES = 64 << 10;

  private final Task task;
  private final ExecRules rules;

  ArtifactFile(Task task, ExecRules rules) {
    this.task = task;
    this.rules = rules;
  }

  Path path() {
    return task.directory().resolve(task.sha256());
  }

  /** Whether the store has it, whole. */
  boolean isThere() throws IOException {
    return Files.isRegularFile(path())
        && digest(path(), OutputStream.nullOutputStream()).equals(task.sha256());
  }

  /** Takes what a program made. */
  Path take(Path made, String key) throws IOException, SidecarException {
    String plan = "plan " + task.plan().name();
    if (!Files.isRegularFile(made, LinkOption.NOFOLLOW_LINKS)) {
      throw ExecRules.failed(
          plan,
          "command " + key + " left no artifact: " + made + " is no file",
          "have the program write to $SEGUE_OUTPUT, or print the path as its last line",
          true);
    }
    if (Files.size(made) > rules.maxArtifactBytes) {
      throw ExecRules.refused(
          plan,
          "command "
              + key
              + " made "
              + Files.size(made)
              + " bytes, and maxArtifactBytes is "
              + rules.maxArtifactBytes,
          "raise maxArtifactBytes in " + ExecRules.FILE + " if the plan is right");
    }
    Path part = Files.createTempFile(task.directory(), "incoming-", "");
    try {
      String digest;
      try (OutputStream out = Files.newOutputStream(part)) {
        digest = digest(made, out);
      }
      if (!digest.equals(task.sha256())) {
        throw ExecRules.refused(
            plan,
            "command %s made an artifact with the SHA-256 %s, not %s as the plan says"
                .formatted(key, digest, task.sha256()),
            "compare both with what the builder says; a wrong plan is cancelled by governance");
      }
      return Files.move(part, path(), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Removes a folder and what is in it; what a dying program still writes stays. */
  static void deleteTree(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      return;
    }
  }

  private static String digest(Path file, OutputStream copy) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream digesting = new DigestInputStream(in, sha256())) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int n = digesting.read(buffer); n >= 0; n = digesting.read(buffer)) {
        copy.write(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
