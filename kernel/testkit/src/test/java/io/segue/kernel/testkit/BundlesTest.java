package io.segue.kernel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundlesTest {
  @TempDir Path folder;

  @Test
  void takesJarsAsTheyAre() throws Exception {
    Files.writeString(folder.resolve("b.jar"), "bank");
    Files.writeString(folder.resolve("a.jar"), "auth");
    Files.writeString(folder.resolve("c.txt"), "no bundle");

    assertThat(entries(Bundles.archiveOf(folder))).containsExactly("a.jar=auth", "b.jar=bank");
    assertThat(entries(Bundles.archive(folder.resolve("b.jar")))).containsExactly("b.jar=bank");
  }

  @Test
  void makesAJarOfClassesThatAreBeingBuilt() throws Exception {
    Files.createDirectories(folder.resolve("META-INF"));
    Files.writeString(folder.resolve("META-INF/MANIFEST.MF"), "Manifest-Version: 1.0\n");
    Files.writeString(folder.resolve("A.class"), "first");

    byte[] archive = Bundles.archive(folder);

    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      assertThat(zip.getNextEntry().getName()).isEqualTo("bundle0.jar");
      assertThat(entries(zip.readAllBytes()))
          .containsExactly("META-INF/MANIFEST.MF=Manifest-Version: 1.0\n", "A.class=first");
    }
    assertThat(Bundles.archive(folder)).isEqualTo(archive);
  }

  @Test
  void saysThatClassesWithoutAManifestAreNoBundleYet() {
    assertThatThrownBy(() -> Bundles.archive(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("MANIFEST.MF; build the bundle first");
  }

  private static List<String> entries(byte[] archive) throws IOException {
    List<String> entries = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.add(entry.getName() + "=" + new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return entries;
  }
}
