package io.segue.bundles.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.cli.console.CliException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Next versions of modules. That what comes of it builds and runs, an IT shows. */
class VersionUpgradeTest {
  private static final Path DISTRIBUTION = Path.of("../../../distribution/src/main");
  private static final Path SHIPPED = Path.of("../../modules");

  private final ProjectNames plan = ProjectNames.ofPlan("spring", "org.acme.spring");
  private final VersionUpgrade upgrade = new VersionUpgrade(DISTRIBUTION);
  private final Path book;
  private final Path project;

  VersionUpgradeTest(@TempDir Path folder) {
    this.book = folder.resolve("book");
    this.project = folder.resolve("spring");
  }

  @BeforeEach
  void buildAModule() throws IOException {
    new Template(DISTRIBUTION)
        .write("module", book, ProjectNames.ofModule("book", "org.acme.book").tokens());
    jar(book.resolve("target/org.acme.book-1.0.0.jar"), "1.0.0");
  }

  @Test
  void raisesTheVersionsOfAnOwnModule() throws Exception {
    VersionUpgrade.Made made = upgrade.writeOwn(project, plan, ModuleProject.in(book));

    assertThat(made).isEqualTo(new VersionUpgrade.Made("book", "1.0.0", "2.0.0", 2));
    assertThat(NextVersion.coordinates(project.resolve("book/pom.xml")))
        .containsEntry("artifactId", "org.acme.book")
        .containsEntry("version", "2.0.0");
    assertThat(project.resolve("book/src/main/java/org/acme/book/BookModule.java"))
        .content()
        .contains(
            """
              public long consensusVersion() {
                return 2;
              }

              @Override
              public Map<Long, Migration> migrations() {
                return Map.of(1L, this::migrateFrom1);
              }

              /** Brings the state from version 1 to 2: write what its new layout needs. */
              private void migrateFrom1(Context context) {}
            """)
        .contains("import java.util.Map;");
    assertThat(project.resolve("book/src/test/resources/before.jar"))
        .hasSameBinaryContentAs(book.resolve("target/org.acme.book-1.0.0.jar"));
    assertThat(project.resolve("book/target")).doesNotExist();
    assertThat(project.resolve("handler/bnd.bnd"))
        .content()
        .contains("name=book;bundle=\"org.acme.book\";version:Version=\"2.0.0\"");
    assertThat(project.resolve("handler/src/main/java/org/acme/spring/SpringHandler.java"))
        .exists();
  }

  @Test
  void raisesWhatWasRaisedBefore() throws Exception {
    upgrade.writeOwn(project, plan, ModuleProject.in(book));
    Path second = project.resolve("book");
    Files.writeString(
        second.resolve("bnd.bnd"),
        "Bundle-Version: 2.0.0\n" + Files.readString(second.resolve("bnd.bnd")));
    jar(second.resolve("target/org.acme.book-2.0.0.jar"), "2.0.0");
    Path summer = project.resolveSibling("summer");

    VersionUpgrade.Made made =
        upgrade.writeOwn(
            summer, ProjectNames.ofPlan("summer", "org.acme.summer"), ModuleProject.in(second));

    assertThat(made).isEqualTo(new VersionUpgrade.Made("book", "2.0.0", "3.0.0", 3));
    assertThat(summer.resolve("book/bnd.bnd")).content().startsWith("Bundle-Version: 3.0.0\n");
    assertThat(summer.resolve("book/src/main/java/org/acme/book/BookModule.java"))
        .content()
        .contains("return Map.of(1L, this::migrateFrom1, 2L, this::migrateFrom2);");
    assertThat(summer.resolve("book/src/test/resources/before.jar"))
        .hasSameBinaryContentAs(second.resolve("target/org.acme.book-2.0.0.jar"));
  }

  @Test
  void takesWhatWasWrittenBackWhereAFileIsNotAsExpected() throws Exception {
    Path module = book.resolve("src/main/java/org/acme/book/BookModule.java");
    Files.writeString(module, Files.readString(module).replace("return 1;", "return 1 + 0;"));

    assertThatThrownBy(() -> upgrade.writeOwn(project, plan, ModuleProject.in(book)))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("must return a number, or a constant of its class");
    assertThat(project).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "target/org.acme.book-1.0.0.jar, '', by which the test writes the state before; build it: cd",
    "pom.xml, <project/>, 'must have groupId, artifactId and version itself'",
    "bnd.bnd, '# nothing', is not the project of a module"
  })
  void refusesWhatIsNoBuiltModule(String file, String text, String reason) throws Exception {
    if (text.isEmpty()) {
      Files.delete(book.resolve(file));
    } else {
      Files.writeString(book.resolve(file), text);
    }

    assertThatThrownBy(() -> upgrade.writeOwn(project, plan, ModuleProject.in(book)))
        .isInstanceOf(CliException.class)
        .hasMessageContaining(reason);
    assertThat(project).doesNotExist();
  }

  @Test
  void neverWritesIntoWhatIsThere() throws Exception {
    Files.createDirectory(project);

    assertThatThrownBy(() -> upgrade.writeOwn(project, plan, ModuleProject.in(book)))
        .hasMessageContaining("exists already; name another or remove it");
    assertThat(project).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth", "bank", "gov", "staking", "upgrade"})
  void raisesEveryModuleOfTheDistribution(String module) throws Exception {
    Path copy = project.resolve(module);
    try (Stream<Path> files = Files.walk(SHIPPED.resolve(module).resolve("src/main"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(SHIPPED.resolve(module).relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    Files.copy(book.resolve("pom.xml"), copy.resolve("pom.xml"));
    Files.copy(SHIPPED.resolve(module).resolve("bnd.bnd"), copy.resolve("bnd.bnd"));

    assertThat(NextVersion.raise(copy, "2.0.0").from()).isEqualTo(1);

    assertThat(copy.resolve("bnd.bnd")).content().contains("Bundle-Version: 2.0.0\n");
    assertThat(JavaSource.containing("migrateFrom1(Context context)", copy)).hasSize(1);
  }

  private static void jar(Path file, String version) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", "org.acme.book");
    manifest.getMainAttributes().putValue("Bundle-Version", version);
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file)) {
      new JarOutputStream(out, manifest).close();
    }
  }
}
