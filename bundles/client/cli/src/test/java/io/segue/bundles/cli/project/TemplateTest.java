package io.segue.bundles.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.cli.console.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateTest {
  private final Path distribution;
  private final Path project;

  TemplateTest(@TempDir Path folder) {
    this.distribution = folder.resolve("segue");
    this.project = folder.resolve("book");
  }

  @BeforeEach
  void makePattern() throws IOException {
    Path pattern = Files.createDirectories(distribution.resolve("new/module/src/__package_path__"));
    Files.writeString(distribution.resolve("new/versions.properties"), "# what\nsegue=1.2.3\n");
    Files.writeString(pattern.resolve("__Name__.java"), "package __package__; class __Name__ {}");
    Files.writeString(
        distribution.resolve("new/module/pom.xml"), "__dist__ __segue.version__ ${os.name}");
  }

  @Test
  void putsWordsInPlaceOfTokensInFilesAndPaths() throws Exception {
    new Template(distribution)
        .write("module", project, ProjectNames.ofModule("book", "org.acme.book").tokens());

    assertThat(project.resolve("src/org/acme/book/Book.java"))
        .hasContent("package org.acme.book; class Book {}");
    assertThat(project.resolve("pom.xml")).hasContent(distribution + " 1.2.3 ${os.name}");
  }

  @Test
  void neverWritesIntoWhatIsThere() throws Exception {
    Files.createDirectory(project);

    assertThatThrownBy(() -> new Template(distribution).write("module", project, Map.of()))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("exists already; name another or remove it");
    assertThat(project).isEmptyDirectory();
  }
}
