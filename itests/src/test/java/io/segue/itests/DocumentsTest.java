package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the documents point at is there. */
class DocumentsTest {
  private static final Path PROJECT = Path.of(System.getProperty("user.dir")).getParent();

  /** Folders without sources: what is built, installed or of Git. */
  private static final Set<String> PASSED_OVER = Set.of("target", "node_modules", ".git");

  /** A class, perhaps with one of its members. */
  private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)[.`]");

  /** What the page names of others: a message, and a class of protobuf. */
  private static final Set<String> OTHERS = Set.of("MsgSoftwareUpgrade", "CodedInputStream");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(?:#[^)]*)?\\)");

  private static final Set<String> CLASSES = new TreeSet<>();
  private static final List<Path> DOCUMENTS = new ArrayList<>();

  static {
    try {
      Files.walkFileTree(
          PROJECT,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return PASSED_OVER.contains(folder.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              String name = file.getFileName().toString();
              if (name.endsWith(".java")) {
                CLASSES.add(name.substring(0, name.length() - ".java".length()));
              } else if (name.endsWith(".md") && !file.toString().contains("__")) {
                DOCUMENTS.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theArchitectureNamesClassesThatExist() throws IOException {
    Set<String> named = new TreeSet<>();
    CLASS
        .matcher(Files.readString(PROJECT.resolve("docs/architecture.md")))
        .results()
        .forEach(found -> named.add(found.group(1)));
    assertThat(named).hasSizeGreaterThan(50);
    named.removeAll(OTHERS);
    named.removeAll(CLASSES);
    assertThat(named).as("named in docs/architecture.md, but no source has this name").isEmpty();
  }

  @Test
  void linksLeadToFiles() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : DOCUMENTS) {
      LINK.matcher(Files.readString(document))
          .results()
          .map(found -> found.group(1))
          .filter(link -> !Files.exists(document.resolveSibling(link)))
          .forEach(link -> broken.add(PROJECT.relativize(document) + ": " + link));
    }
    assertThat(DOCUMENTS).hasSizeGreaterThan(10);
    assertThat(broken).isEmpty();
  }
}
