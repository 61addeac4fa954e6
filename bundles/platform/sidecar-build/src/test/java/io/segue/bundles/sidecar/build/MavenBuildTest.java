package io.segue.bundles.sidecar.build;

import static io.segue.bundles.sidecar.build.TestBuild.aBuild;
import static io.segue.bundles.sidecar.build.TestBuild.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.upgrade.SidecarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds by a program that stands for Maven: it makes the jars that a test wants. */
class MavenBuildTest {
  private static final String JAR =
      "mkdir -p it/target && cd it && echo class > A.class && jar cf target/it-1.0.0.jar A.class";

  @TempDir Path folder;
  private Path data;
  private SourceRepository repository;
  private String commit;

  @BeforeEach
  void prepare() throws IOException {
    data = Files.createDirectories(folder.resolve("data"));
    Files.createDirectories(data.resolve("artifacts"));
    repository = SourceRepository.in(folder.resolve("repository.git"));
    commit = repository.commit(Map.of("it/bnd.bnd", "", "pom.xml", "<project/>"));
  }

  @Test
  void takesTheJarsThatMavenMadeAndWritesThemAnew() throws Exception {
    TestBuild node = maven("cat pom.xml; echo \"$@\"; " + JAR);
    String digest = digest(node);
    assertThat(digest).isEqualTo(digest(node)).hasSize(64);

    Path artifact = build(node, digest);

    try (ZipFile zip = new ZipFile(artifact.toFile())) {
      assertThat(zip.stream().map(entry -> entry.getName())).containsExactly("it-1.0.0.jar");
    }
    assertThat(data.resolve("build/v9.log"))
        .content()
        .contains("<project/>", "-B -q -DskipTests package");
    assertThat(data.resolve("build").toFile().list()).containsExactly("v9.log");
  }

  @Test
  void runsNoMavenThatTheOperatorDidNotName() {
    assertThatThrownBy(() -> build(aBuild(), "a".repeat(64)))
        .hasMessageContaining("it asks for Maven, which this node does not run (maven is not set)")
        .hasMessageContaining("set maven in etc/io.segue.sidecar.build.cfg");
  }

  @Test
  void saysWhereToReadWhatMavenSaid() throws Exception {
    TestBuild node = maven("echo this is broken; exit 3");

    assertThatThrownBy(() -> build(node, "a".repeat(64)))
        .hasMessageContaining("Maven ended with status 3")
        .hasMessageContaining(data.resolve("build/v9.log").toString());
    assertThat(data.resolve("build/v9.log")).content().contains("this is broken");
  }

  @Test
  void asksForOneJarInEachFolder() throws Exception {
    TestBuild node = maven("exit 0");

    assertThatThrownBy(() -> build(node, "a".repeat(64)))
        .hasMessageContaining("Maven made 0 jars in it/target, there must be one");
  }

  @Test
  void endsAMavenThatTakesTooLong() throws Exception {
    TestBuild node = maven("sleep 600 & wait").with("timeoutMs", 2_000);

    assertThatThrownBy(() -> build(node, "a".repeat(64)))
        .hasMessageContaining("it takes too long, and timeoutMs is 2000");
  }

  private Path build(TestBuild node, String digest) throws Exception {
    return node.sidecar()
        .run(
            task(data, repository.url(), digest, "commit", commit, "with", "maven"),
            (done, all) -> {});
  }

  private String digest(TestBuild node) throws Exception {
    try {
      build(node, "0".repeat(64));
      throw new AssertionError("nothing has the digest 0");
    } catch (SidecarException e) {
      return e.getMessage().replaceAll("(?s).*has the SHA-256 ([0-9a-f]{64}), not.*", "$1");
    }
  }

  private TestBuild maven(String script) throws IOException {
    Path program = Files.writeString(folder.resolve("mvn"), "#!/bin/bash\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return aBuild().with("maven", program.toString());
  }
}
