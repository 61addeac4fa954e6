package io.segue.bundles.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Files that operators save: what can be used counts, the rest is told. */
class SettingsFuzzTest {
  private static final List<SettingsTemplate> TEMPLATES = templates();

  private static List<SettingsTemplate> templates() {
    try (Stream<Path> files = Files.list(Path.of("../../../distribution/src/main/etc"))) {
      return files
          .filter(file -> file.toString().endsWith(".cfg"))
          .sorted()
          .map(SettingsFuzzTest::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SettingsTemplate read(Path file) {
    try {
      return SettingsTemplate.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FuzzTest
  void takesFiles(byte[] input) throws IOException {
    Map<String, String> given;
    try {
      given = SettingsTemplate.parse(new String(input, UTF_8));
    } catch (IllegalArgumentException refused) {
      return;
    }
    for (SettingsTemplate template : TEMPLATES) {
      PartSettings part = new PartSettings("etc/it.cfg", template);
      part.offer(given);
      Map<String, String> usable = part.inForce().orElseThrow();
      assertThat(usable.keySet())
          .allMatch(key -> given.containsKey(key) || template.rules().containsKey(key));
      part.offer(Map.of());
      part.offer(given);
    }
  }
}
