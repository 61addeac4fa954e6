package io.segue.upgrade.handlers.v3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the handler's bundle declares, as the build wrote it. */
class V3ManifestTest {
  private static String capabilities;

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in = Files.newInputStream(Path.of("target/classes/META-INF/MANIFEST.MF"))) {
      capabilities = new Manifest(in).getMainAttributes().getValue("Provide-Capability");
    }
  }

  @Test
  void namesAHandlerThatTheKernelCanMake() throws Exception {
    assertThat(capabilities).contains("handler=\"" + V3Handler.class.getName() + "\"");
    assertThat(V3Handler.class.getConstructor().newInstance()).isNotNull();
  }

  @Test
  void removesTheFeeMarketAndRenewsTwoModules() {
    assertThat(capabilities)
        .contains("io.segue.generation.removed;name=feemarket")
        .contains("bundle=\"io.segue.bundles.staking\";name=staking;version:Version=\"2.0.0\"")
        .contains("bundle=\"io.segue.bundles.upgrade\";name=upgrade;version:Version=\"2.0.0\"");
  }
}
