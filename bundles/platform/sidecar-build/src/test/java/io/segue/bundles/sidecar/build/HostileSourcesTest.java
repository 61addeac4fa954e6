package io.segue.bundles.sidecar.build;

import static io.segue.bundles.sidecar.build.TestBuild.aBuild;
import static io.segue.bundles.sidecar.build.TestBuild.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sources of a stranger: nothing of them runs, and no limit is passed. */
class HostileSourcesTest {
  private static final String BND = "Bundle-SymbolicName: a\nBundle-Version: 1.0.0\n";
  private static final String SOURCE = "package a;\npublic class A {}\n";

  @TempDir Path folder;
  private Path data;
  private Path mark;
  private SourceRepository repository;

  @BeforeEach
  void prepare() throws IOException {
    data = folder.resolve("data");
    mark = folder.resolve("it-ran");
    Files.createDirectories(data.resolve("artifacts"));
    repository = SourceRepository.in(folder.resolve("repository.git"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Bundle-Activator: a.A | Bundle-Activator is not among what may stand there",
        "-plugin: a.A | -plugin is not among what may stand there",
        "-include: /etc/passwd | -include is not among what may stand there",
        "-includeresource: /etc | -includeresource is not among what may stand there",
        "Bundle-Name: ${system;date} | Bundle-Name has a macro",
        "Bundle-Name: $(env;HOME) | Bundle-Name has a macro",
        "Bundle-Version: 1 | Bundle-Version (\"1\") is missing or malformed",
        "Bundle-SymbolicName: ../a | Bundle-SymbolicName (\"../a\") is missing or malformed",
      })
  void takesOfBndOnlyWhatCanDoNothing(String line, String refusal) throws Exception {
    String commit = repository.commit(files("bnd.bnd", BND + line + "\n"));

    assertThatThrownBy(() -> build(aBuild(), commit))
        .hasMessageContaining("bnd.bnd is not built: " + refusal);
  }

  @Test
  void runsNoProcessorThatTheSourcesBring() throws Exception {
    Map<String, String> files =
        files(
            "src/main/java/a/Evil.java",
            """
            package a;
            import java.nio.file.*;
            import java.util.Set;
            import javax.annotation.processing.*;
            import javax.lang.model.element.TypeElement;
            @SupportedAnnotationTypes("*")
            public class Evil extends AbstractProcessor {
              public boolean process(Set<? extends TypeElement> types, RoundEnvironment round) {
                try { Files.createFile(Path.of("%s")); } catch (Exception e) { throw new Error(e); }
                return false;
              }
            }
            """
                .formatted(mark));
    files.put(
        "src/main/resources/META-INF/services/javax.annotation.processing.Processor", "a.Evil\n");
    String commit = repository.commit(files);

    TestBuild.digest(data, repository.url(), commit, "");

    assertThat(mark).doesNotExist();
  }

  @Test
  void runsNoCommandThatAnAnnotationAsksFor() throws Exception {
    Map<String, String> files =
        files(
            "src/main/java/org/osgi/annotation/bundle/Header.java",
            """
            package org.osgi.annotation.bundle;
            import java.lang.annotation.*;
            @Retention(RetentionPolicy.CLASS)
            public @interface Header { String name(); String value(); }
            """);
    files.put(
        "src/main/java/a/A.java",
        """
        package a;
        @org.osgi.annotation.bundle.Header(name = "Bundle-Name", value = "${system;touch %s}")
        public class A {}
        """
            .formatted(mark));
    files.put("src/main/resources/a/packageinfo", "version ${system;touch " + mark + "}\n");
    String commit = repository.commit(files);

    assertThatThrownBy(() -> build(aBuild(), commit)).isNotNull();

    assertThat(mark).doesNotExist();
  }

  @Test
  void seesNothingOfTheNodesClassPathButWhatIsMeantForIt() throws Exception {
    String commit =
        repository.commit(
            files(
                "src/main/java/a/A.java",
                "package a;\nclass A extends org.eclipse.jgit.lib.Ref {}\n"));

    assertThatThrownBy(() -> build(aBuild(), commit))
        .hasMessageContaining("package org.eclipse.jgit.lib does not exist");
  }

  @ParameterizedTest
  @CsvSource({
    "maxFiles, 1, it has more files than may be built",
    "maxSourceBytes, 10, its files have more bytes than may be built",
    "maxArtifactBytes, 100, its bundles are too large",
  })
  void keepsTheLimits(String key, String limit, String refusal) throws Exception {
    String commit = repository.commit(files("src/main/java/a/B.java", "package a;\nclass B {}\n"));
    Object value = key.equals("maxFiles") ? (Object) Integer.valueOf(limit) : Long.valueOf(limit);

    assertThatThrownBy(() -> build(aBuild().with(key, value), commit))
        .hasMessageContaining(refusal + ", and " + key + " is " + limit)
        .hasMessageContaining("raise " + key + " in etc/io.segue.sidecar.build.cfg");
  }

  @Test
  void stopsARepositoryThatSendsTooMuch() throws Exception {
    StringBuilder noise = new StringBuilder();
    new java.util.Random(1).ints(3_000_000, '!', '~').forEach(c -> noise.append((char) c));
    String commit = repository.commit(files("src/main/resources/noise", noise.toString()));

    assertThatThrownBy(() -> build(aBuild().with("maxRepositoryBytes", 100_000L), commit))
        .hasMessageContaining(", and maxRepositoryBytes is 100000");
  }

  @Test
  void endsABuildThatTakesTooLong() throws Exception {
    String commit = repository.commit(slow());

    assertThatThrownBy(() -> build(aBuild().with("timeoutMs", 1_000), commit))
        .hasMessageContaining("it takes too long, and timeoutMs is 1000");
  }

  @Test
  void endsACompilerThatTakesTooLong() throws Exception {
    String commit = repository.commit(slow());

    assertThatThrownBy(() -> build(aBuild().with("compilerTimeoutMs", 1_000), commit))
        .hasMessageContaining("the compiler takes too long, and compilerTimeoutMs is 1000");
    assertThat(compilers()).isEmpty();
  }

  @Test
  void refusesSourcesThatNeedMoreMemoryThanTheCompilerHas() throws Exception {
    String large = "1+".repeat(8_000_000) + "1";
    String commit =
        repository.commit(
            files("src/main/java/a/A.java", "package a;\nclass A { int i = " + large + "; }\n"));

    assertThatThrownBy(() -> build(aBuild().with("compilerHeapBytes", 64L << 20), commit))
        .hasMessageContaining("the compiler needs more memory, and compilerHeapBytes is 67108864");
  }

  @Test
  void endsTheCompilerWithABuildThatIsCancelled() throws Exception {
    String commit = repository.commit(slow());
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread build =
        new Thread(
            () -> {
              try {
                build(aBuild(), commit);
              } catch (Throwable e) {
                end.set(e);
              }
            });
    build.start();
    await().atMost(Duration.ofSeconds(60)).until(() -> !compilers().isEmpty());
    List<ProcessHandle> compilers = compilers();

    build.interrupt();
    build.join();

    assertThat(end.get()).isInstanceOf(InterruptedException.class);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> compilers.stream().noneMatch(ProcessHandle::isAlive));
    try (Stream<Path> left = Files.list(data.resolve("build"))) {
      assertThat(left.map(file -> file.getFileName().toString())).containsExactly("v9.log");
    }
  }

  private static List<ProcessHandle> compilers() {
    return ProcessHandle.current()
        .descendants()
        .filter(
            process ->
                process.info().commandLine().orElse("").contains(CompilerMain.class.getName()))
        .toList();
  }

  /** Sources that keep a compiler busy for many seconds. */
  private static Map<String, String> slow() {
    Map<String, String> files = files("bnd.bnd", BND);
    for (int i = 0; i < 4_000; i++) {
      files.put(
          "src/main/java/a/C" + i + ".java",
          "package a;\nclass C" + i + " { int f(int x) { return x + " + i + "; } }\n");
    }
    return files;
  }

  @Test
  void refusesAnExpressionThatNoCompilerCanRead() throws Exception {
    String deep = "(".repeat(2_000_000) + "1" + ")".repeat(2_000_000);
    String commit =
        repository.commit(
            files("src/main/java/a/A.java", "package a;\nclass A { int i = " + deep + "; }\n"));

    assertThatThrownBy(() -> build(aBuild(), commit)).hasMessageContaining("is not built: ");
  }

  @Test
  void endsTheLogAtItsLimit() throws Exception {
    StringBuilder errors = new StringBuilder("package a;\nclass A {\n");
    for (int i = 0; i < 49; i++) {
      errors
          .append("  Missing")
          .append("x".repeat(100))
          .append(i)
          .append(" f")
          .append(i)
          .append(";\n");
    }
    String commit = repository.commit(files("src/main/java/a/A.java", errors + "}\n"));

    assertThatThrownBy(() -> build(aBuild().with("maxLogBytes", 2_000), commit)).isNotNull();

    assertThat(data.resolve("build/v9.log")).isNotEmptyFile();
    assertThat(Files.size(data.resolve("build/v9.log"))).isLessThan(2_100);
    assertThat(Files.readString(data.resolve("build/v9.log"))).contains("more than maxLogBytes");
  }

  @Test
  void stopsWhereTheThreadIsInterrupted() throws Exception {
    String commit = repository.commit(files("bnd.bnd", BND));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> build(aBuild(), commit)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private void build(TestBuild node, String commit) throws Exception {
    node.sidecar()
        .run(task(data, repository.url(), "a".repeat(64), "commit", commit), (done, all) -> {});
  }

  private static Map<String, String> files(String path, String text) {
    Map<String, String> files = new TreeMap<>();
    files.put("bnd.bnd", BND);
    files.put("src/main/java/a/A.java", SOURCE);
    files.put(path, text);
    return files;
  }
}
