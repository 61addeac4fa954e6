package io.segue.bundles.cli.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmptyUpgradeTest {
  @TempDir Path folder;

  @Test
  void isABundleThatDeclaresAGenerationAndBringsItsHandler() throws IOException {
    try (JarFile jar = new JarFile(EmptyUpgrade.write(folder, "e7").toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Bundle-SymbolicName"))
          .isEqualTo("io.segue.bench.e7");
      assertThat(jar.getManifest().getMainAttributes().getValue("Provide-Capability"))
          .contains("io.segue.generation;effective:=generation;plan=e7;")
          .contains("handler=\"io.segue.bundles.cli.bench.measure.EmptyHandler\"");
      assertThat(jar.getEntry("io/segue/bundles/cli/bench/measure/EmptyHandler.class")).isNotNull();
    }
  }
}
