package io.segue.bundles.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AsciiTest {
  @Test
  void lowersLettersOfAsciiAndNoOthers() {
    assertThat(Ascii.lowerCase("AMZ@[`az-09 \u0130\u212a\u00c4"))
        .isEqualTo("amz@[`az-09 \u0130\u212a\u00c4");
  }
}
