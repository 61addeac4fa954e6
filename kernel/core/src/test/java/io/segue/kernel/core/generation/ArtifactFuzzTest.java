package io.segue.kernel.core.generation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.segue.kernel.core.code.CodeCheck;
import java.util.Map;
import java.util.Set;

/** What somebody serves as an artifact: it is read or refused, whatever its bytes are. */
class ArtifactFuzzTest {
  private static final ArtifactLimits LIMITS = ArtifactLimits.DEFAULT;

  @FuzzTest
  void readsArchives(byte[] bytes) {
    try {
      Artifact artifact = Artifact.read(bytes, LIMITS);
      assertThat(artifact.checked()).isNotEmpty();
      artifact.declaration();
    } catch (GenerationException refused) {
      assertThat(refused).hasMessageMatching("(?s).+");
    }
  }

  @FuzzTest
  void readsManifests(byte[] bytes) {
    try {
      ManifestHeaders.parse("it", bytes);
    } catch (GenerationException refused) {
      assertThat(refused.reason()).isEqualTo(HoldReason.MANIFEST);
    }
  }

  @FuzzTest
  void judgesClasses(byte[] bytes) {
    assertThat(CodeCheck.check("it", Map.of("x/It.class", bytes), Set.of())).isNotNull();
  }
}
