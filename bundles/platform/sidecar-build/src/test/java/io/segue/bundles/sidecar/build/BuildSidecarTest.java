package io.segue.bundles.sidecar.build;

import static io.segue.bundles.sidecar.build.TestBuild.aBuild;
import static io.segue.bundles.sidecar.build.TestBuild.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.upgrade.Sidecar.Task;
import io.segue.kernel.api.upgrade.SidecarException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Builds from real repositories. */
class BuildSidecarTest {
  private static final String BND =
      "Bundle-SymbolicName: org.example.thing\nBundle-Version: 1.2.3\n";
  private static final String SOURCE =
      """
      package org.example.thing;

      import io.segue.bundles.sdk.Dec;
      import io.segue.kernel.api.module.Module;

      public final class Thing implements Module {
        @Override
        public String name() {
          return Dec.parse("1").pointed();
        }

        @Override
        public long consensusVersion() {
          return 1;
        }
      }
      """;

  @TempDir Path folder;
  private Path data;
  private SourceRepository repository;

  @BeforeEach
  void prepare() throws IOException {
    data = home("one");
    repository = SourceRepository.in(folder.resolve("repository.git"));
  }

  @Test
  void buildsTheSameBytesOnTwoNodes() throws Exception {
    String commit = repository.commit(sources());
    String digest = TestBuild.digest(data, repository.url(), commit, "");

    Path first = run(data, digest, commit);
    Path second = run(home("two"), digest, commit);

    assertThat(Files.readAllBytes(first)).isEqualTo(Files.readAllBytes(second));
    assertThat(first).isEqualTo(data.resolve("artifacts").resolve(digest));
    assertThat(Sha256.of(Files.readAllBytes(first))).isEqualTo(digest);
  }

  @Test
  void makesABundleThatImportsThePlatformAndCarriesWhatItUsesOfTheLibrary() throws Exception {
    String commit =
        repository.commit(
            with("thing/bnd.bnd", BND + "-conditionalclass: io.segue.bundles.sdk.*\n"));
    Path artifact = run(data, TestBuild.digest(data, repository.url(), commit, ""), commit);

    try (ZipFile zip = new ZipFile(artifact.toFile())) {
      assertThat(zip.stream().map(entry -> entry.getName()))
          .containsExactly("org.example.thing-1.2.3.jar");
      byte[] jar = zip.getInputStream(zip.getEntry("org.example.thing-1.2.3.jar")).readAllBytes();
      try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar))) {
        Manifest manifest = in.getManifest();
        assertThat(manifest.getMainAttributes().getValue("Import-Package"))
            .containsPattern("io\\.segue\\.kernel\\.api\\.module;version=\"\\[1\\.\\d+,2\\)\"")
            .doesNotContain("io.segue.bundles.sdk");
        assertThat(Stream.iterate(in.getNextJarEntry(), e -> e != null, e -> next(in)))
            .extracting(entry -> entry.getName())
            .contains("org/example/thing/Thing.class", "io/segue/bundles/sdk/Dec.class")
            .doesNotContain("io/segue/bundles/sdk/Coins.class");
      }
    }
  }

  @Test
  void namesBothDigestsWhereSomethingElseComesOut() throws Exception {
    String commit = repository.commit(sources());
    String digest = TestBuild.digest(data, repository.url(), commit, "");

    assertThatThrownBy(() -> run(data, "a".repeat(64), commit))
        .isInstanceOf(SidecarException.class)
        .hasMessageContaining("what came out has the SHA-256 " + digest + ", not " + "a".repeat(64))
        .hasMessageContaining("javac ")
        .hasMessageContaining(data.resolve("build/v9.log").toString());
    assertThat(data.resolve("artifacts")).isEmptyDirectory();
  }

  @Test
  void buildsACommitThatIsNoLongerTheLastOne() throws Exception {
    String commit = repository.commit(sources());
    repository.commit(Map.of("README", "the sources are gone"));

    String digest = TestBuild.digest(data, repository.url(), commit, "");

    assertThat(run(data, digest, commit)).isRegularFile();
  }

  @Test
  void buildsOnlyTheFolderThatThePlanNames() throws Exception {
    Map<String, String> files = new TreeMap<>();
    sources().forEach((path, text) -> files.put("plans/v9/" + path, text));
    files.put("broken/bnd.bnd", "Bundle-Activator: x");
    String commit = repository.commit(files);

    String digest = TestBuild.digest(data, repository.url(), commit, "plans/v9");

    assertThat(digest)
        .isEqualTo(TestBuild.digest(data, repository.url(), repository.commit(sources()), ""));
  }

  @Test
  void saysWhereTheCompilersErrorsAre() throws Exception {
    String commit =
        repository.commit(
            with(
                "thing/src/main/java/org/example/thing/Thing.java",
                "package org.example.thing;\nclass Thing extends Nothing {}\n"));

    assertThatThrownBy(() -> run(data, "a".repeat(64), commit))
        .hasMessageContaining(
            "the first is thing/src/main/java/org/example/thing/Thing.java:2: cannot find symbol")
        .hasMessageContaining("build/v9.log");
    assertThat(Files.readString(data.resolve("build/v9.log"))).contains("class Nothing");
  }

  @Test
  void leavesTheStoreAloneWhereItHasTheArtifact() throws Exception {
    String commit = repository.commit(sources());
    String digest = TestBuild.digest(data, repository.url(), commit, "");
    run(data, digest, commit);

    Task task = task(data, "file:///nowhere", digest, "commit", commit);

    assertThat(aBuild().sidecar().run(task, (done, all) -> {})).isRegularFile();
  }

  @Test
  void leavesNoRepositoryBehind() throws Exception {
    String commit = repository.commit(sources());
    TestBuild.digest(data, repository.url(), commit, "");

    assertThat(data.resolve("build").toFile().list()).containsExactly("v9.log");
  }

  @Test
  void saysThatACommitIsNotThere() throws Exception {
    repository.commit(sources());

    assertThatThrownBy(() -> run(data, "a".repeat(64), "b".repeat(40)))
        .hasMessageContaining(repository.url() + " at " + "b".repeat(40))
        .hasMessageContaining("has no such commit");
  }

  @Test
  void triesAgainWhereTheRepositoryDoesNotAnswer() {
    Task task = task(data, "file:///nowhere", "a".repeat(64), "commit", "b".repeat(40));

    assertThatThrownBy(() -> aBuild().sidecar().run(task, (done, all) -> {}))
        .hasMessageContaining("check the network and the repository")
        .matches(e -> ((SidecarException) e).retry());
  }

  @Test
  void refusesLinksAndSubmodules() throws Exception {
    String link = repository.commit(sources(), "thing/src/main/resources/x", FileMode.SYMLINK);
    String submodule = repository.commit(sources(), "thing/lib", FileMode.GITLINK);

    assertThatThrownBy(() -> run(data, "a".repeat(64), link))
        .hasMessageContaining(
            "file 'thing/src/main/resources/x' is refused: it is a symbolic link");
    assertThatThrownBy(() -> run(data, "a".repeat(64), submodule))
        .hasMessageContaining("file 'thing/lib' is refused: it is a submodule");
  }

  @Test
  void asksForAnSdkWhereThereAreSeveral() throws Exception {
    String commit = repository.commit(sources());
    Path one = SdkJars.current(folder, "1.0.0");
    Path two = SdkJars.current(folder, "1.1.0");

    assertThatThrownBy(
            () -> aBuild().withSdks(one, two).digestOf(data, repository.url(), commit, ""))
        .hasMessageContaining("it names no sdk, and this release has 1.0.0, 1.1.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2.0.0 | it asks for sdk 2.0.0, and this release has [1.0.0]",
        "1.0.0;sha256=0000000000000000000000000000000000000000000000000000000000000000 | here, not"
            + " 0000",
        "newest | -sdk (\"newest\") is no version",
      })
  void refusesAnSdkThatIsNotThere(String sdk, String refusal) throws Exception {
    String commit = repository.commit(with("thing/bnd.bnd", BND + "-sdk: " + sdk + "\n"));
    Path one = SdkJars.current(folder, "1.0.0");

    assertThatThrownBy(() -> aBuild().withSdks(one).digestOf(data, repository.url(), commit, ""))
        .hasMessageContaining(refusal);
  }

  private Path run(Path where, String digest, String commit) throws Exception {
    return aBuild()
        .sidecar()
        .run(task(where, repository.url(), digest, "commit", commit), (done, all) -> {});
  }

  private Path home(String name) throws IOException {
    Path home = folder.resolve(name).resolve("data");
    Files.createDirectories(home.resolve("artifacts"));
    return home;
  }

  private static Map<String, String> sources() {
    return with("thing/bnd.bnd", BND);
  }

  private static Map<String, String> with(String path, String text) {
    Map<String, String> files = new TreeMap<>();
    files.put("README.md", "# Things");
    files.put("thing/bnd.bnd", BND);
    files.put("thing/src/main/java/org/example/thing/Thing.java", SOURCE);
    files.put("thing/src/test/java/org/example/thing/ThingTest.java", "this is not compiled");
    files.put(path, text);
    return files;
  }

  private static java.util.jar.JarEntry next(JarInputStream in) {
    try {
      return in.getNextJarEntry();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
