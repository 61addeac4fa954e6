package io.segue.distribution.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;

/**
 * A node's folder, as {@code segue init} makes it:
 *
 * <pre>
 * etc/      settings, a file for each component; logback.xml
 * config/   genesis.json and the node's keys
 * data/     state, blocks, artifacts; data/cache is the framework's own and made again at each start
 * log/      segue.log
 * </pre>
 */
record Home(Path folder) {
  private static final Path GENESIS = Path.of("config", "genesis.json");
  private static final String SOLO = "io.segue.consensus.solo.cfg";
  private static final String COMET = "io.segue.consensus.comet.cfg";
  private static final String RPC = "io.segue.rpc.cfg";

  /** A home that has what a start needs; otherwise says how to make one. */
  static Home open(Path folder) throws StartException {
    for (Path needed : List.of(GENESIS, Path.of("etc"))) {
      Path path = folder.resolve(needed);
      if (Files.notExists(path)) {
        throw new StartException(
            "no node in %s: %s is missing. Make one with: segue init --home %s"
                .formatted(folder, needed, folder));
      }
      if (!Files.isReadable(path)) {
        throw new StartException(
            "user %s can't read %s; start the node as the user who owns it, or give this one the right"
                .formatted(System.getProperty("user.name"), path));
      }
    }
    Home home = new Home(folder);
    home.requireOwnSettings();
    return home;
  }

  /**
   * Refuses settings that others may write: they say which programs a node runs and whom it asks
   * for code.
   */
  private void requireOwnSettings() throws StartException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(settings())) {
      requireOwn(settings());
      for (Path file : files) {
        requireOwn(file);
      }
    } catch (IOException e) {
      throw unreadable(e);
    } catch (DirectoryIteratorException e) {
      throw unreadable(Objects.requireNonNull(e.getCause()));
    }
  }

  private StartException unreadable(IOException e) {
    return new StartException(
        "the settings in %s can't be read: %s".formatted(settings(), reason(e)), e);
  }

  private static void requireOwn(Path path) throws IOException, StartException {
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
    if (rights.contains(PosixFilePermission.GROUP_WRITE)
        || rights.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new StartException(
          "others may write to %s (%s), and who does decides what this node runs. Next: chmod go-w %s"
              .formatted(path, PosixFilePermissions.toString(rights), path));
    }
  }

  /**
   * Keeps other nodes off this home for as long as the lock is held. The framework's own lock does
   * not: it lets a second process in, which then empties the first one's cache.
   */
  FileLock lock() throws StartException {
    Path file = folder.resolve("data").resolve("node.lock");
    try {
      Files.createDirectories(folder.resolve("data"));
      FileLock lock =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).tryLock();
      if (lock != null) {
        return lock;
      }
    } catch (IOException e) {
      throw new StartException(
          "user %s can't write %s (%s); start the node as the user who owns it, or give this one the"
                  .formatted(System.getProperty("user.name"), file, reason(e))
              + " right",
          e);
    }
    throw new StartException(
        "a node runs already on %s: stop it first, or name another --home".formatted(folder));
  }

  private static String reason(IOException e) {
    return e instanceof FileSystemException file && file.getReason() != null
        ? file.getReason()
        : e instanceof AccessDeniedException ? "no right to it" : String.valueOf(e.getMessage());
  }

  private boolean has(String settings) {
    return !settings.isEmpty() && Files.exists(settings().resolve(settings));
  }

  /** The engine's settings beside which a home has no such file; empty where it has one always. */
  private static String excluding(Path settings) {
    return switch (String.valueOf(settings.getFileName())) {
      case COMET -> SOLO;
      case SOLO, RPC -> COMET;
      default -> "";
    };
  }

  Path settings() {
    return folder.resolve("etc");
  }

  Path cache() {
    return folder.resolve("data").resolve("cache");
  }

  /** The node's own logback.xml, or the distribution's where it has none. */
  Path logging(Path distribution) {
    Path own = settings().resolve("logback.xml");
    return Files.isReadable(own) ? own : distribution.resolve("etc").resolve("logback.xml");
  }

  /**
   * Names each settings file that the distribution has and this home lacks; those of another engine
   * than the home's, and of what its engine does itself, are not lacking.
   */
  void warnOfMissingSettings(Path distribution, Logger log) throws StartException {
    Path templates = distribution.resolve("etc");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(templates, "*.cfg")) {
      for (Path template : files) {
        if (!Files.exists(settings().resolve(template.getFileName()))
            && !has(excluding(template))) {
          log.warn(
              "etc/{} is missing, so what it configures does not start; to have it, copy {} to {}",
              template.getFileName(),
              template,
              settings());
        }
      }
    } catch (IOException e) {
      throw new StartException(
          "the distribution's folder %s can't be read".formatted(templates), e);
    }
  }
}
