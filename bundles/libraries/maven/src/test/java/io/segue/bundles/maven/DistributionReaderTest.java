package io.segue.bundles.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionReaderTest {
  private final Path folder;
  private final DistributionReader reader;

  DistributionReaderTest(@TempDir Path repository) {
    this.folder = repository.resolve("io/segue/io.segue.bundles.sdk");
    this.reader = new DistributionReader(repository);
  }

  @BeforeEach
  void fill() throws IOException {
    for (String version : new String[] {"1.0.0", "1.1.0"}) {
      String name = "io.segue.bundles.sdk-" + version;
      Path files = Files.createDirectories(folder.resolve(version));
      Files.writeString(files.resolve(name + ".pom"), "");
      Files.writeString(files.resolve(name + ".jar"), "");
      Files.writeString(files.resolve(name + "-sources.jar"), "");
    }
  }

  @Test
  void findsWhatTheDistributionHasInPlace() {
    Path files = folder.resolve("1.1.0");

    assertThat(reader.findArtifact(sdk("jar", "1.1.0")))
        .isEqualTo(files.resolve("io.segue.bundles.sdk-1.1.0.jar").toFile());
    assertThat(reader.findArtifact(sdk("pom", "1.1.0")))
        .isEqualTo(files.resolve("io.segue.bundles.sdk-1.1.0.pom").toFile());
    assertThat(reader.findArtifact(sdk("jar:sources", "1.1.0")))
        .isEqualTo(files.resolve("io.segue.bundles.sdk-1.1.0-sources.jar").toFile());
    assertThat(reader.findVersions(sdk("jar", "1.0.0"))).containsExactly("1.0.0", "1.1.0");
  }

  @Test
  void leavesAllElseToMaven() {
    Artifact foreign = new DefaultArtifact("org.acme:io.segue.bundles.sdk:1.0.0");

    assertThat(reader.findArtifact(sdk("jar", "2.0.0"))).isNull();
    assertThat(reader.findArtifact(sdk("jar:javadoc", "1.0.0"))).isNull();
    assertThat(reader.findArtifact(foreign)).isNull();
    assertThat(reader.findVersions(foreign)).isEmpty();
    assertThat(reader.findVersions(new DefaultArtifact("io.segue:none:1.0.0"))).isEmpty();
  }

  /** As Maven writes it: {@code <extension>[:<classifier>]:<version>}. */
  private static Artifact sdk(String extension, String version) {
    return new DefaultArtifact("io.segue:io.segue.bundles.sdk:" + extension + ":" + version);
  }
}
