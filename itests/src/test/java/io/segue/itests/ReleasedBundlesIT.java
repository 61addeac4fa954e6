package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.nodes.Distribution;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/**
 * A released generation is bytes: state names its digest. {@code distribution/released-bundles.txt}
 * has a line for each released bundle of a generation, {@code <symbolic name> <version> <SHA-256>},
 * and the build gives each of them again, byte for byte. A release records what is new: {@code mvn
 * -pl itests -am verify -Dit.test=ReleasedBundlesIT -Dreleased.record=true}.
 */
class ReleasedBundlesIT {
  private static final Path LOCK =
      Distribution.folder().resolve("../../released-bundles.txt").normalize();

  @Test
  void giveTheSameBytesAgain() throws Exception {
    Map<String, String> built = built();
    if (Boolean.getBoolean("released.record")) {
      record(built);
    }
    for (String line : lines()) {
      String bundle = line.substring(0, line.lastIndexOf(' '));
      assertThat(built)
          .as("%s was released and is not built any more: bring it back", bundle)
          .containsKey(bundle);
      assertThat(bundle + " " + built.get(bundle))
          .as("%s was released with other bytes: undo the change, or raise its version", bundle)
          .isEqualTo(line);
    }
  }

  @Test
  void areThoseOfGenesisAndOfEveryUpgrade() throws Exception {
    assertThat(built().keySet())
        .contains(
            "io.segue.bundles.bank 1.0.0",
            "io.segue.bundles.bank 2.0.0",
            "io.segue.bundles.genesis 1.0.0",
            "io.segue.upgrade.handlers.v2 1.0.0");
  }

  private static List<String> lines() throws IOException {
    try (Stream<String> lines = Files.lines(LOCK)) {
      return lines.filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }
  }

  /** Adds lines for bundles that have none; never changes one. */
  private static void record(Map<String, String> built) throws IOException {
    StringBuilder text = new StringBuilder(Files.readString(LOCK));
    List<String> released = lines();
    built.forEach(
        (bundle, sha256) -> {
          if (released.stream().noneMatch(line -> line.startsWith(bundle + " "))) {
            text.append(bundle).append(' ').append(sha256).append('\n');
          }
        });
    Files.writeString(LOCK, text);
  }

  /** Digest of each bundle of a generation that the build gives, by name and version. */
  private static Map<String, String> built() throws Exception {
    Map<String, String> built = new TreeMap<>();
    for (Path jar : Distribution.genesis()) {
      add(built, Files.readAllBytes(jar));
    }
    try (Stream<Path> archives = Files.list(Distribution.upgrade("v2").getParent())) {
      for (Path archive : archives.sorted().toList()) {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
          for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            add(built, zip.readAllBytes());
          }
        }
      }
    }
    return built;
  }

  private static void add(Map<String, String> built, byte[] bundle)
      throws IOException, NoSuchAlgorithmException {
    try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(bundle))) {
      Attributes headers = jar.getManifest().getMainAttributes();
      String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bundle));
      built.put(
          headers.getValue("Bundle-SymbolicName") + " " + headers.getValue("Bundle-Version"),
          sha256);
    }
  }
}
