package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.nodes.Distribution;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is published for builders: the Maven repository in the distribution, and projects of it. */
class PublishedIT {
  private static final Path REPOSITORY = Distribution.folder().resolve("maven");

  @TempDir Path folder;

  @Test
  void hasPomsThatStandAloneWithSourcesJavadocAndChecksums() throws Exception {
    assertThat(artifacts())
        .containsExactly(
            "io.segue.bom",
            "io.segue.bundles.bnd",
            "io.segue.bundles.sdk",
            "io.segue.kernel.admission",
            "io.segue.kernel.api",
            "io.segue.kernel.core",
            "io.segue.kernel.testkit");
    for (Path file : files()) {
      String name = file.getFileName().toString();
      if (name.endsWith(".pom")) {
        assertThat(file).content().doesNotContain("<parent>");
      }
      if (name.endsWith(".pom") || name.endsWith(".jar")) {
        byte[] digest = MessageDigest.getInstance("SHA-1").digest(Files.readAllBytes(file));
        assertThat(file.resolveSibling(name + ".sha1"))
            .content()
            .startsWith(HexFormat.of().formatHex(digest));
      }
    }
    assertHas("io.segue.kernel.api", "io/segue/kernel/api/module/Module");
    assertHas("io.segue.bundles.sdk", "io/segue/bundles/sdk/module/AppModule");
    assertHas("io.segue.kernel.testkit", "io/segue/kernel/testkit/TestNode");
  }

  @Test
  void aProjectBuildsOfflineFromWhatTheDistributionHasNow() throws Exception {
    NewProject.make(folder, "module", "book");
    Path project = folder.resolve("book");
    NewProject.build(project);

    Path distribution = Files.createDirectory(folder.resolve("distribution"));
    copy("maven", distribution);
    Path config = project.resolve(".mvn/maven.config");
    String original = Files.readString(config);
    Files.delete(config);
    List<String> alone = mavenWithARepositoryOfItsOwn(distribution);
    run(project, alone, "clean", "package");
    assertThat(folder.resolve("repository/io/segue/io.segue.kernel.api")).exists();
    run(project, alone, "-o", "-DskipTests", "clean", "package");

    copy("build", distribution);
    Files.writeString(
        config, original.replace(Distribution.folder().toString(), distribution.toString()));
    run(project, alone, "-o", "-DskipTests", "clean", "package");
    remove("io/segue/kernel/api/module/ModuleFactory.class", distribution);
    assertThat(NewProject.output(project, line(alone, "-o", "-DskipTests", "clean", "package")))
        .contains("BUILD FAILURE", "cannot find symbol", "ModuleFactory");
  }

  private static List<String> artifacts() throws IOException {
    try (Stream<Path> folders = Files.list(REPOSITORY.resolve("io/segue"))) {
      return folders.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(REPOSITORY)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** A type, in the jar of sources and in that of Javadoc. */
  private static void assertHas(String artifact, String type) throws IOException {
    for (Path file : files()) {
      String name = file.getFileName().toString();
      boolean sources = name.endsWith("-sources.jar");
      if (name.startsWith(artifact + "-") && (sources || name.endsWith("-javadoc.jar"))) {
        try (FileSystem jar = FileSystems.newFileSystem(file)) {
          assertThat(jar.getPath(type + (sources ? ".java" : ".html"))).exists();
        }
      }
    }
    assertThat(files())
        .extracting(path -> path.getFileName().toString())
        .anyMatch(name -> name.startsWith(artifact) && name.endsWith("-sources.jar"))
        .anyMatch(name -> name.startsWith(artifact) && name.endsWith("-javadoc.jar"));
  }

  /** Finds what is not Segue's where the build before has put it, and copies all it takes. */
  private List<String> mavenWithARepositoryOfItsOwn(Path distribution) throws IOException {
    Path fetched =
        Path.of(
            System.getProperty(
                "maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));
    Path settings =
        Files.writeString(
            folder.resolve("settings.xml"),
            "<settings><mirrors><mirror><id>fetched</id><mirrorOf>central</mirrorOf><url>"
                + fetched.toUri()
                + "</url></mirror></mirrors></settings>");
    return List.of(
        "env",
        "SEGUE_DIST=" + distribution,
        "mvn",
        "-B",
        "-s",
        settings.toString(),
        "-Dmaven.repo.local=" + folder.resolve("repository"));
  }

  private static void run(Path project, List<String> maven, String... words) throws Exception {
    NewProject.run(project, line(maven, words).toArray(new String[0]));
  }

  private static List<String> line(List<String> maven, String... words) {
    List<String> line = new ArrayList<>(maven);
    line.addAll(List.of(words));
    return line;
  }

  private static void copy(String part, Path distribution) throws IOException {
    Path from = Distribution.folder().resolve(part);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = distribution.resolve(part).resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  private static void remove(String entry, Path distribution) throws IOException {
    Path api = distribution.resolve("maven/io/segue/io.segue.kernel.api");
    try (Stream<Path> files = Files.walk(api)) {
      Path jar = files.filter(file -> file.toString().matches(".*[0-9]\\.jar")).findFirst().get();
      try (FileSystem entries = FileSystems.newFileSystem(jar)) {
        Files.delete(entries.getPath(entry));
      }
    }
  }
}
