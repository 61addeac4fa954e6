package io.segue.kernel.core.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.admission.Admission;
import io.segue.kernel.admission.Baseline;
import io.segue.kernel.admission.Verdict;
import io.segue.kernel.admission.artifact.ArtifactSource;
import io.segue.kernel.admission.artifact.TestBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the distribution ships is found where the home has lost it. */
class ShippedArtifactsTest {
  @TempDir Path folder;

  @Test
  void findsTheGenerationsThatTheDistributionHas() throws Exception {
    Path genesis = Files.createDirectories(folder.resolve("genesis"));
    Path upgrades = Files.createDirectories(folder.resolve("upgrades"));
    Files.write(genesis.resolve("genesis.jar"), TestBundle.generation("genesis").jar());
    Files.write(
        upgrades.resolve("v2.zip"),
        TestBundle.zip(Map.of("handler.jar", TestBundle.generation("v2").jar())));
    Files.write(folder.resolve("v3.zip"), TestBundle.generation("v3").jar());
    ShippedArtifacts shipped = new ShippedArtifacts(genesis, upgrades);

    assertThat(plan(shipped.shipped("genesis").orElseThrow())).isEqualTo("genesis");
    assertThat(plan(shipped.shipped("v2").orElseThrow())).isEqualTo("v2");
    assertThat(shipped.shipped("v3")).isEmpty();
    assertThat(shipped.shipped("../v3")).isEmpty();
  }

  private static String plan(ArtifactSource source) {
    Verdict verdict = Admission.check(source, Baseline.withoutNode(Set.of()));
    return verdict.artifact().orElseThrow().declaration().plan();
  }
}
