package io.segue.kernel.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.segue.kernel.admission.artifact.ArtifactSource;
import io.segue.kernel.admission.artifact.TestBundle;
import io.segue.kernel.admission.code.CodeCheck;
import java.util.Map;
import java.util.Set;

/** What somebody serves as an artifact: there is a verdict, whatever its bytes are. */
class AdmissionFuzzTest {
  private static final Baseline BASELINE = Baseline.withoutNode(Set.of());

  @FuzzTest
  void readsArchives(byte[] bytes) {
    check(bytes);
  }

  @FuzzTest
  void readsManifests(byte[] bytes) {
    check(TestBundle.zip(Map.of("META-INF/MANIFEST.MF", bytes)));
  }

  @FuzzTest
  void checksClasses(byte[] bytes) {
    assertThat(CodeCheck.check("it", Map.of("x/It.class", bytes), Set.of(), 10)).isNotNull();
  }

  private static void check(byte[] bytes) {
    Verdict verdict = Admission.check(ArtifactSource.archive(bytes), BASELINE);
    assertThat(verdict.artifact().isPresent() || !verdict.admitted()).isTrue();
    assertThat(verdict.refusals()).allSatisfy(refusal -> assertThat(refusal.text()).isNotBlank());
  }
}
