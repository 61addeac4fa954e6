package io.segue.kernel.admission.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.admission.artifact.Loading;
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
              "Sample$1", "92939f5d019b84f383d104c6366f1c82ebd0a183be6d5bebc9602d7b2639f543",
              "Sample$Color", "61eb47f78cfca71b3721e55d1e1781a06be6e9a220ed065e19c77dda50db858d",
              "Sample$Pair", "2ef1098b094c2a5e6a07b8bc7383194a722e58a86f0a798d5aebe8405d6dad3f",
              "Sample", "c22047bf5bfbaafecbc4f74bf28f375d257b6d3fef45d29933546db5f89d254d"),
          2L,
          Map.of(
              "Sample$1", "d4beedf77c49e637c35ba733c8ae8690c859c4c315c808aae35f13921c002df4",
              "Sample$Color", "4863621f5e47f12a526a4c3e0fefdb4565293a60b81d8087375c66b1c9876285",
              "Sample$Pair", "63f15352fbad84b1c962e1895c9eda053b8d4c2d3597ae74a8a2d054d2dfdba3",
              "Sample", "fe32ccd3417b3b9e83b6bf32652e40b353c07421a4dc5a8e7fb1295c1e56ecd4"));

  @Test
  void whatANumberMakesOfAClassNeverChanges() throws IOException {
    Map<Long, Map<String, String>> loaded = new TreeMap<>();
    for (long rules : LOADED.keySet()) {
      Map<String, String> digests = new TreeMap<>();
      for (String name : LOADED.get(rules).keySet()) {
        digests.put(name, Sha256.of(LoadRules.apply(rules, bytes(name + ".bytes"))));
      }
      loaded.put(rules, digests);
    }

    assertThat(loaded).isEqualTo(LOADED);
  }

  /** What is generated shows by its shape only, so only who is trusted is believed. */
  @Test
  void whatHasTheShapeOfGeneratedCodeIsLoadedAsItIsWhereItIsTrusted() throws IOException {
    byte[] generated = bytes("/com/google/protobuf/Timestamp$Builder.class");

    for (long rules : LOADED.keySet()) {
      assertThat(new Loading(rules, true).apply(generated)).isSameAs(generated);
      assertThat(new Loading(rules, false).apply(generated))
          .isEqualTo(LoadRules.apply(1, generated))
          .isNotEqualTo(generated);
      assertThat(new Loading(rules, true).apply(bytes("Sample.bytes")))
          .isEqualTo(LoadRules.apply(rules, bytes("Sample.bytes")));
    }
  }

  @Test
  void thereAreNoOtherNumbers() {
    assertThatThrownBy(() -> LoadRules.apply(LoadRules.NEWEST + 1, bytes("Sample.bytes")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] bytes(String file) throws IOException {
    try (var in = Objects.requireNonNull(LoadRulesTest.class.getResourceAsStream(file))) {
      return in.readAllBytes();
    }
  }
}
