package io.segue.kernel.admission.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.admission.artifact.GenerationManifest.Line;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationManifestTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);

  @Test
  void hasOneSortedLineForEachBundleAndIsKnownByItsDigest() {
    GenerationManifest manifest =
        GenerationManifest.of(
            List.of(
                new Line("x.gov", "1.0.0", A),
                new Line("x.bank", "2.0.0", A),
                new Line("x.bank", "1.0.0", B)));

    assertThat(manifest.text())
        .isEqualTo("x.bank 1.0.0 " + B + "\nx.bank 2.0.0 " + A + "\nx.gov 1.0.0 " + A + "\n");
    assertThat(manifest.digest()).isEqualTo(Sha256.of(manifest.text().getBytes(UTF_8)));
  }

  @Test
  void isReadAsItIsWritten() throws RefusedException {
    GenerationManifest manifest =
        GenerationManifest.of(
            List.of(new Line("x.a", "1.0.0.rc1", A), new Line("x.b", "1.0.0", B)));

    GenerationManifest read = GenerationManifest.parse(manifest.text());

    assertThat(read.digest()).isEqualTo(manifest.digest());
    assertThat(read.find("x.b", "1.0.0")).contains(new Line("x.b", "1.0.0", B));
    assertThat(read.find("x.b", "1.0.1")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "x.a 1.0.0",
        "x.a 1.0 @\n",
        "x.a 1.0.0 @",
        "x.a 1.0.0 @ \n",
        "x.b 1.0.0 @\nx.a 1.0.0 @\n",
        "x.a 1.0.0 @\nx.a 1.0.0 @\n",
        "x.a 1.0.0 @\r\n",
        "x.a 1.0.0 abc\n"
      })
  void anyOtherTextIsRefused(String text) {
    assertThatThrownBy(() -> GenerationManifest.parse(text.replace("@", A)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("<name> <version> <sha256>");
  }
}
