package io.segue.kernel.admission.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.admission.artifact.Sha256;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What is loaded of committed class files, by the number of the kernel rules. Another digest means
 * that old blocks may come to other results: such a change, ASM's included, needs another number.
 */
class LoadRulesTest {
  private static final Map<Long, Map<String, String>> LOADED =
      Map.of(
          1L,
          Map.of(
@1@),
          2L,
          Map.of(
@2@));

  @Test
  void whatANumberMakesOfAClassNeverChanges() throws IOException {
    Map<Long, Map<String, String>> loaded = new TreeMap<>();
    for (long rules : LOADED.keySet()) {
      Map<String, String> digests = new TreeMap<>();
      for (String name : LOADED.get(rules).keySet()) {
        digests.put(name, Sha256.of(LoadRules.apply(rules, bytes(name))));
      }
      loaded.put(rules, digests);
    }

    assertThat(loaded).isEqualTo(LOADED);
  }

  @Test
  void thereAreNoOtherNumbers() {
    assertThatThrownBy(() -> LoadRules.apply(LoadRules.NEWEST + 1, bytes("Sample")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] bytes(String name) throws IOException {
    try (var in =
        Objects.requireNonNull(LoadRulesTest.class.getResourceAsStream(name + ".bytes"))) {
      return in.readAllBytes();
    }
  }
}
