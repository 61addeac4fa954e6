package io.segue.bundles.cli.console;

import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and folders that only their owner can read, as those of a home are. */
public final class OwnerFiles {
  private OwnerFiles() {}

  /**
   * Whether there is a file or folder.
   *
   * @throws CliException where this user can't know: it says who has no right to what
   */
  public static boolean isThere(Path path) {
    try {
      Files.readAttributes(path, BasicFileAttributes.class);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new CliException(
          path + " can't be looked at: " + FailureText.of(e) + "; name another --home", e);
    }
  }

  /** Makes a folder that only its owner can enter. */
  public static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new CliException(
          "folder " + folder + " can't be made: " + FailureText.of(e) + "; name another --home", e);
    }
  }

  /** Copies the files of a folder into another one; nothing where there is none. */
  public static void copyFiles(Path from, Path to) throws IOException {
    if (!isThere(from)) {
      return;
    }
    makeFolder(to);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
      for (Path file : files) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** Writes a new file that only its owner can read. */
  public static void writeNew(Path file, String text) {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (java.nio.file.FileAlreadyExistsException e) {
      throw new CliException(file + " exists already; name another one or remove it", e);
    } catch (IOException e) {
      throw new CliException(file + " can't be written: " + FailureText.of(e), e);
    }
  }
}
