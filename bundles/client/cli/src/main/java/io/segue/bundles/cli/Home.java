package io.segue.bundles.cli;

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
import picocli.CommandLine.Option;

/**
 * The option {@code --home} and what is where in a node's folder. All of it is its owner's only.
 */
public final class Home {
  @Option(
      names = "--home",
      paramLabel = "FOLDER",
      description = "The node's folder. Default: $SEGUE_HOME, else ~/.segue.")
  private Path given = defaultHome();

  static Path defaultHome() {
    String environment = System.getenv("SEGUE_HOME");
    return environment == null || environment.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".segue")
        : Path.of(environment);
  }

  /** The home that a command line names, before it is parsed. */
  static Home of(String... words) {
    return at(Words.option("--home", words).map(Path::of).orElseGet(Home::defaultHome));
  }

  public static Home at(Path folder) {
    Home home = new Home();
    home.given = folder;
    return home;
  }

  public Path folder() {
    return given.toAbsolutePath().normalize();
  }

  public Path config(String file) {
    return folder().resolve("config").resolve(file);
  }

  /** Where the keys are: in the folder that the client's file names, else in the home's own. */
  public Path keys() {
    String named = new ClientFile(this).all().getOrDefault(ClientFile.Key.KEYRING_DIR, "keys");
    return folder().resolve(named).normalize();
  }

  public Path etc() {
    return folder().resolve("etc");
  }

  /** The bundles of the generations that the node has. */
  public Path artifacts() {
    return folder().resolve("data").resolve("artifacts");
  }

  public Path shellSocket() {
    return folder().resolve("run").resolve("shell.sock");
  }

  public Path shellHistory() {
    return folder().resolve("run").resolve("shell.history");
  }

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
