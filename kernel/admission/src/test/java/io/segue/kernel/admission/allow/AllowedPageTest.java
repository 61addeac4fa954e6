package io.segue.kernel.admission.allow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code docs/allowed.md} to the list. After a change of the list write it again: {@code mvn
 * -pl kernel/admission -am test -Dtest=AllowedPageTest -Dallowed.record=true}.
 */
class AllowedPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("user.dir"), "..", "..", "docs", "allowed.md");

  @Test
  void thePageSaysWhatTheListSays() throws IOException {
    if (Boolean.getBoolean("allowed.record")) {
      Files.writeString(PAGE, AllowedPage.text());
    }
    assertThat(Files.readString(PAGE)).isEqualTo(AllowedPage.text());
  }
}
