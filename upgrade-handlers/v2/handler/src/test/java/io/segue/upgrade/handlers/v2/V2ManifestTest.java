package io.segue.upgrade.handlers.v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the handler's bundle declares, as the build wrote it. */
class V2ManifestTest {
  private static String capabilities;

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in = Files.newInputStream(Path.of("target/classes/META-INF/MANIFEST.MF"))) {
      capabilities = new Manifest(in).getMainAttributes().getValue("Provide-Capability");
    }
  }

  @Test
  void namesAHandlerThatTheKernelCanMake() throws Exception {
    assertThat(capabilities).contains("handler=\"" + V2Handler.class.getName() + "\"");
    assertThat(V2Handler.class.getConstructor().newInstance()).isNotNull();
  }

  @Test
  void asksForTheBaseFeeBeforeTheFeeIsTaken() {
    assertThat(capabilities).contains(",feemarket.base-fee,auth.fee,");
  }

  @Test
  void keepsTheOtherAnteStepsOfGenesisInTheirOrder() throws IOException {
    String genesis = Files.readString(Path.of("../../../bundles/modules/genesis/bnd.bnd"));

    assertThat(steps(capabilities).replace("feemarket.base-fee,", "")).isEqualTo(steps(genesis));
  }

  private static String steps(String declaration) {
    String plain = declaration.replaceAll("[\\s\\\\]", "");
    int start = plain.indexOf("auth.");
    return plain.substring(start, plain.indexOf('"', start));
  }
}
