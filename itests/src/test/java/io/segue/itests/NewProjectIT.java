package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.nodes.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The projects that the distribution makes; that they build and run, GrpcIT, PublishedIT and the
 * guide show.
 */
class NewProjectIT {
  private static final Pattern TOKEN = Pattern.compile("__[A-Za-z_.]+__");
  private static final Pattern PLUGIN =
      Pattern.compile(
          "<plugin>\\s*(<!--.*?-->\\s*)?(<groupId>.*?</artifactId>)(\\s*<version>)?",
          Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void anUpgradeHasAHandlerAndAModule() throws Exception {
    NewProject.make(folder, "upgrade", "v9-final", "--module", "book", "--package", "org.acme.v9");

    assertThat(folder.resolve("v9-final/handler/src/main/java/org/acme/v9/V9finalHandler.java"))
        .content()
        .contains("package org.acme.v9;", "new StoreLoad.Add(\"book\")");
    assertThat(folder.resolve("v9-final/book/src/main/java/org/acme/v9/book/BookModule.java"))
        .exists();
    assertNoTokenIsLeft(folder.resolve("v9-final"));
    assertPinsPlugins(folder.resolve("v9-final/pom.xml"));
    assertPinsPlugins(folder.resolve("v9-final/handler/pom.xml"));
    assertNoPathOfThisMachine(folder.resolve("v9-final"));
  }

  @Test
  void aModuleStandsAlone() throws Exception {
    NewProject.make(folder, "module", "book");

    assertNoTokenIsLeft(folder.resolve("book"));
    assertPinsPlugins(folder.resolve("book/pom.xml"));
  }

  private static void assertNoTokenIsLeft(Path project) throws IOException {
    try (Stream<Path> files = Files.walk(project)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(file.toString()).doesNotContainPattern(TOKEN);
        assertThat(file).content().doesNotContainPattern(TOKEN);
      }
    }
  }

  /** But where Git does not look. */
  private static void assertNoPathOfThisMachine(Path project) throws IOException {
    assertThat(project.resolve(".gitignore")).content().contains(".mvn/maven.config");
    try (Stream<Path> files = Files.walk(project)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("maven.config")) {
          assertThat(file).content().doesNotContain(Distribution.folder().toString());
        }
      }
    }
  }

  private static void assertPinsPlugins(Path pom) throws IOException {
    Matcher plugins = PLUGIN.matcher(Files.readString(pom));
    assertThat(plugins.results())
        .isNotEmpty()
        .allSatisfy(plugin -> assertThat(plugin.group(3)).as(plugin.group(2)).isNotNull());
    assertThat(pom).content().doesNotContain("<systemPath>");
  }
}
