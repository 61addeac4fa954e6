package io.segue.kernel.core.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.core.generation.TestBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

    assertThat(shipped.shipped("genesis").orElseThrow().declaration().plan()).isEqualTo("genesis");
    assertThat(shipped.shipped("v2").orElseThrow().declaration().plan()).isEqualTo("v2");
    assertThat(shipped.shipped("v3")).isEmpty();
    assertThat(shipped.shipped("../v3")).isEmpty();
  }
}
