package io.segue.kernel.core.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Whether others than its owner may write to a folder or file that decides what a node runs. */
public final class FolderRights {
  private static final Set<PosixFilePermission> OTHERS_WRITE =
      PosixFilePermissions.fromString("----w--w-");

  private FolderRights() {}

  /** The rights of a path, as {@code rwxrwxr-x}, where others may write to it; else empty. */
  public static Optional<String> open(Path path) throws IOException {
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
    return OTHERS_WRITE.stream().anyMatch(rights::contains)
        ? Optional.of(PosixFilePermissions.toString(rights))
        : Optional.empty();
  }
}
