package io.segue.bundles.cli.home;

import io.segue.bundles.cli.console.Words;
import java.nio.file.Path;
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
}
