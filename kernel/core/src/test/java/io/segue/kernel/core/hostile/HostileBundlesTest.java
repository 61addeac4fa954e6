package io.segue.kernel.core.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.segue.kernel.admission.artifact.ArtifactSource;
import io.segue.kernel.admission.hostile.ArchiveTricks;
import io.segue.kernel.admission.hostile.CarelessModules;
import io.segue.kernel.admission.hostile.ClassTricks;
import io.segue.kernel.admission.hostile.Hostile;
import io.segue.kernel.admission.hostile.InstructionTricks;
import io.segue.kernel.admission.hostile.ManifestTricks;
import io.segue.kernel.admission.hostile.MemberTricks;
import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.api.node.CheckReport.Severity;
import io.segue.kernel.core.assembly.GenerationAssembler;
import io.segue.kernel.core.content.ContentStore;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.generation.NoCrypto;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.osgi.OsgiBundleSpace;
import io.segue.kernel.core.osgi.RealFramework;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Bundle;

/**
 * Artifacts that mean harm, deployed on a running generation in a real framework. Each is refused
 * by name, with what to do, and leaves nothing: no bundle, no file, no thread, and the generation
 * that runs as it was.
 */
class HostileBundlesTest {
  private static final int LEAST = 200;

  @TempDir static Path folder;
  private static RealFramework framework;
  private static OsgiBundleSpace space;
  private static GenerationAssembler assembler;
  private static Generation running;

  @BeforeAll
  static void start() throws Exception {
    framework = RealFramework.start(folder.resolve("felix"));
    space = framework.space();
    assembler =
        new GenerationAssembler(
            space, ContentStore.open(folder.resolve("artifacts")), new NoCrypto());
    running = assembler.assemble(Optional.empty(), ArtifactSource.archive(genesis()));
  }

  @AfterAll
  static void stop() throws Exception {
    assembler.dispose(running);
    space.close();
    framework.close();
  }

  static Stream<Hostile> all() {
    return Stream.of(
            ManifestTricks.all(),
            ArchiveTricks.all(),
            ClassTricks.all(),
            CarelessModules.all(),
            MemberTricks.all(),
            InstructionTricks.all(),
            CompositionTricks.all(),
            LoadTricks.all())
        .flatMap(tricks -> tricks);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void isRefusedByNameAndLeavesNothing(Hostile hostile) throws Exception {
    byte[] artifact = hostile.artifact().get();
    List<Bundle> bundles = bundles();
    Set<String> files = files();
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());

    GenerationException refused =
        catchThrowableOfType(
            GenerationException.class,
            () -> assembler.assemble(Optional.of(running), ArtifactSource.archive(artifact)));

    assertThat(refused).as("refused").isNotNull();
    assertThat(refused.text()).contains(hostile.texts());
    assertThat(refused.reason().name()).as(refused.text()).isEqualTo(hostile.reason());
    assertThat(bundles()).containsExactlyElementsOf(bundles);
    assertThat(bundles).allMatch(bundle -> bundle.getState() == Bundle.ACTIVE);
    assertThat(files()).isEqualTo(files);
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !threads.contains(thread) && thread.getName().startsWith("Thread-"))
        .isEmpty();
    assertThat(running.modules().versions()).containsEntry("bank", 1L);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void aCheckSaysWhatADeploymentSays(Hostile hostile) throws Exception {
    byte[] artifact = hostile.artifact().get();
    List<Bundle> bundles = bundles();
    Set<String> files = files();
    GenerationException refused =
        catchThrowableOfType(
            GenerationException.class,
            () -> assembler.assemble(Optional.of(running), ArtifactSource.archive(artifact)));

    CheckReport report =
        assembler.check(Optional.of(running), ArtifactSource.archive(artifact), plan -> false);

    assertThat(report.admitted()).as("%s", report.findings()).isFalse();
    assertThat(report.findings())
        .filteredOn(finding -> finding.severity() == Severity.REFUSE)
        .anySatisfy(
            finding -> assertThat(unnumbered(refused.text())).contains(unnumbered(finding.text())))
        .allSatisfy(
            finding -> {
              assertThat(finding.rule()).isNotBlank();
              assertThat(finding.text()).isNotBlank();
            });
    assertThat(bundles()).containsExactlyElementsOf(bundles);
    assertThat(files()).isEqualTo(files);
  }

  @Test
  void thereAreManyAndNoneIsThereTwice() {
    assertThat(all().map(Hostile::name)).hasSizeGreaterThanOrEqualTo(LEAST).doesNotHaveDuplicates();
  }

  /** Without the numbers that the framework gives to bundles as they come. */
  private static String unnumbered(String text) {
    return text.replaceAll("\\[\\d+]|\\(R [\\d.]+\\)", "");
  }

  private static byte[] genesis() {
    return CompositionTricks.genesis();
  }

  private static List<Bundle> bundles() {
    return List.of(framework.context().getBundles());
  }

  private static Set<String> files() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("artifacts"))) {
      Set<String> names = new HashSet<>();
      files.forEach(file -> names.add(String.valueOf(file.getFileName())));
      return names;
    }
  }
}
