package io.segue.bundles.shell.command;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * File names, as they go on from what is typed: folders with a slash at their end, and files with
 * one of the wanted ends. Hidden ones only where the dot is typed. Names that a command line would
 * have to quote are left out.
 */
public final class FileNames implements Suggestions {
  /** Most candidates of one folder. */
  static final int MAX_NAMES = 200;

  private static final String PLAIN = "[\\w./+@%,~-]+";

  private final List<String> ends;

  private FileNames(List<String> ends) {
    this.ends = ends;
  }

  /** Bundles and archives of bundles. */
  public static FileNames artifacts() {
    return new FileNames(List.of(".jar", ".zip"));
  }

  /** Folders alone. */
  public static FileNames folders() {
    return new FileNames(List.of());
  }

  @Override
  public List<Suggestion> find(NodeAccess access, Path directory, String typed) {
    String start = typed.substring(0, typed.lastIndexOf('/') + 1);
    String name = typed.substring(start.length());
    List<Suggestion> found = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(directory.resolve(start), entry -> offered(entry, name))) {
      for (Path entry : entries) {
        if (found.size() == MAX_NAMES) {
          break;
        }
        String slash = Files.isDirectory(entry) ? "/" : "";
        found.add(new Suggestion(start + entry.getFileName() + slash, ""));
      }
    } catch (IOException | InvalidPathException e) {
      return List.of();
    }
    found.sort(Comparator.comparing(Suggestion::value));
    return found;
  }

  private boolean offered(Path entry, String typed) {
    String name = entry.getFileName().toString();
    return name.startsWith(typed)
        && name.matches(PLAIN)
        && (typed.startsWith(".") || !name.startsWith("."))
        && (Files.isDirectory(entry) || ends.stream().anyMatch(name::endsWith));
  }
}
