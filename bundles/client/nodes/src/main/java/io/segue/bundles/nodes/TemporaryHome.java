package io.segue.bundles.nodes;

import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/** A home folder that goes away. */
public final class TemporaryHome {
  private TemporaryHome() {}

  /** A new empty folder. */
  public static Path make(String prefix) {
    try {
      return Files.createTempDirectory(prefix);
    } catch (IOException e) {
      throw new NodeException("a temporary folder can't be made: " + e.getMessage(), e);
    }
  }

  /** Copies a home whose node does not run. */
  public static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else if (Files.isRegularFile(file)) {
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    } catch (IOException e) {
      throw new NodeException(from + " can't be copied: " + FailureText.of(e), e);
    }
  }

  /** Removes it with all that is in it. */
  public static void remove(Path home) {
    try {
      Files.walkFileTree(home, new Remover());
    } catch (NoSuchFileException e) {
      return; // removed already
    } catch (IOException e) {
      throw new NodeException(home + " can't be removed: " + FailureText.of(e), e);
    }
  }

  private static final class Remover extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(
        Path folder, @org.jspecify.annotations.Nullable IOException failure) throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
