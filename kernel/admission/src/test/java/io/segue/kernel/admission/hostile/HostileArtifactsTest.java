package io.segue.kernel.admission.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.admission.Admission;
import io.segue.kernel.admission.Baseline;
import io.segue.kernel.admission.Refusal;
import io.segue.kernel.admission.Verdict;
import io.segue.kernel.admission.artifact.ArtifactSource;
import io.segue.kernel.admission.artifact.RefusalReason;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Artifacts that mean harm are refused by their bytes, by name and with what to do. */
class HostileArtifactsTest {
  private static final int LEAST = 200;
  private static final Set<String> PLATFORM = Set.of("org.apache.felix.framework", "system.bundle");

  static Stream<Hostile> all() {
    return Stream.of(
            ManifestTricks.all(),
            ArchiveTricks.all(),
            ClassTricks.all(),
            CarelessModules.all(),
            MemberTricks.all(),
            InstructionTricks.all())
        .flatMap(tricks -> tricks)
        .filter(HostileArtifactsTest::isSeenInItsBytes);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void areRefusedByNameWithWhatToDo(Hostile hostile) {
    Verdict verdict =
        Admission.check(
            ArtifactSource.archive(hostile.artifact().get()), Baseline.withoutNode(PLATFORM));

    assertThat(verdict.refusals())
        .anySatisfy(
            refusal -> {
              assertThat(refusal.reason().name()).isEqualTo(hostile.reason());
              assertThat(refusal.text()).contains(hostile.texts());
            });
  }

  @Test
  void thereAreMany() {
    assertThat(all()).hasSizeGreaterThanOrEqualTo(LEAST);
  }

  @Test
  void nothingIsFoundInAGoodOne() {
    Verdict verdict =
        Admission.check(
            ArtifactSource.archive(
                io.segue.kernel.admission.artifact.TestBundle.archive(
                    Hostile.generation(), Hostile.bank())),
            Baseline.withoutNode(PLATFORM));

    assertThat(verdict.refusals()).extracting(Refusal::text).isEqualTo(List.of());
    assertThat(verdict.notes()).isEmpty();
  }

  private static boolean isSeenInItsBytes(Hostile hostile) {
    return Arrays.stream(RefusalReason.values())
        .anyMatch(reason -> reason.name().equals(hostile.reason()));
  }
}
