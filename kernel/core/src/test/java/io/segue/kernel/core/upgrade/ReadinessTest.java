package io.segue.kernel.core.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.admission.artifact.ArtifactSource;
import io.segue.kernel.admission.artifact.Content;
import io.segue.kernel.admission.artifact.TestBundle;
import io.segue.kernel.api.node.GenerationState;
import io.segue.kernel.api.node.Node.GenerationStatus;
import io.segue.kernel.api.node.UpgradeState;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.core.assembly.GenerationAssembler;
import io.segue.kernel.core.content.ContentStore;
import io.segue.kernel.core.generation.Generations;
import io.segue.kernel.core.generation.MemorySpace;
import io.segue.kernel.core.generation.NoCrypto;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadinessTest {
  private static final long TIMEOUT_MS = 60_000;

  @TempDir Path folder;
  private final ExecutorService unused = Executors.newSingleThreadExecutor();
  private Generations generations;
  private Staging staging;
  private Readiness readiness;

  @BeforeEach
  void openOnGenesis() throws Exception {
    ContentStore contents = ContentStore.open(folder.resolve("artifacts"));
    GenerationAssembler assembler =
        new GenerationAssembler(new MemorySpace(), contents, new NoCrypto());
    generations = new Generations(assembler, Runnable::run, () -> 0);
    generations.publish(
        assembler.assemble(
            Optional.empty(),
            ArtifactSource.archive(
                TestBundle.archive(
                    TestBundle.generation("genesis").takes("auth", "1.0.0"),
                    TestBundle.module("auth", "1.0.0")))),
        1);
    staging = new Staging(contents, assembler, generations, () -> TIMEOUT_MS, () -> 0);
    AllowedSidecars none = new AllowedSidecars(folder, Set::of, name -> Optional.empty());
    readiness =
        new Readiness(
            new Preparation(
                new Fetching(contents, none, () -> 0),
                staging,
                Repairs.open(folder),
                unused,
                () -> 0),
            outcome -> {});
  }

  @AfterEach
  void stop() {
    unused.shutdownNow();
  }

  @Test
  void aPlanThatMovesHasWhatIsReadyAndOneOfOtherBytesDoesNot() throws Exception {
    Preparation.Ready came = staged("1.0.0", false);
    UpgradeRecord first = upgrade(10, came);
    assertThat(readiness.take(came, first, 0)).contains(UpgradeState.READY);
    assertThat(readiness.ready(first)).isSameAs(came.generation());

    readiness.stop();

    UpgradeRecord moved = upgrade(8, came);
    assertThat(readiness.prepare(moved)).isEqualTo(UpgradeState.READY);
    assertThat(readiness.ready(moved)).isSameAs(came.generation());
    assertThat(readiness.ready(upgrade(8, staged("1.0.1", false)))).isNull();
  }

  @Test
  void whatIsReadyStaysSoWhereOtherBytesComeForItsPlan() throws Exception {
    Preparation.Ready came = staged("1.0.0", false);
    UpgradeRecord upgrade = upgrade(10, came);
    readiness.take(came, upgrade, 0);
    Preparation.Ready other = staged("1.0.1", true);

    assertThat(readiness.take(other, upgrade, 0)).isEmpty();

    assertThat(readiness.ready(upgrade)).isSameAs(came.generation());
    assertThat(ready()).containsExactly(came.generation().digest());
  }

  @Test
  void whatAnOperatorBroughtWaitsForItsPlanAndWhatWasPreparedForNoneGoes() throws Exception {
    Preparation.Ready deployed = staged("1.0.0", true);
    Preparation.Ready prepared = staged("1.0.1", false);

    assertThat(readiness.take(deployed, null, 0)).isEmpty();
    assertThat(readiness.take(prepared, null, 0)).isEmpty();

    assertThat(generations.staged("v2")).isTrue();
    assertThat(ready()).containsExactly(deployed.generation().digest());
  }

  /** Digests of the generations that stand beside the current one. */
  private List<String> ready() {
    return generations.status().stream()
        .filter(status -> status.state() == GenerationState.READY)
        .map(GenerationStatus::digest)
        .toList();
  }

  /** A generation of plan v2. */
  private Preparation.Ready staged(String version, boolean deployed) throws Exception {
    byte[] artifact =
        TestBundle.archive(
            TestBundle.generation("v2").takes("mint", version), TestBundle.module("mint", version));
    return staging.stage(Content.of(artifact), deployed, 0);
  }

  private static UpgradeRecord upgrade(long height, Preparation.Ready boundTo) {
    return new UpgradeRecord(
        new Plan(
            "v2",
            height,
            "{\"binaries\":{\"any\":\"https://a.org/v2.zip?checksum=sha256:"
                + boundTo.sha256()
                + "\"}}"));
  }
}
