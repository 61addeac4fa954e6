package io.segue.bundles.cli.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenesisBundlesTest {
  @TempDir Path folder;

  @Test
  void theDigestIsThatOfTheSortedListOfBundles() throws Exception {
    byte[] b = bundle("x.b;foo=bar", "1.2.3.q");
    byte[] a = bundle("x.a", "2");
    GenesisBundles bundles = new GenesisBundles(new TreeMap<>(Map.of("1.jar", b, "2.jar", a)));

    String list = "x.a 2.0.0 " + sha256(a) + "\nx.b 1.2.3.q " + sha256(b) + "\n";
    assertThat(bundles.digest()).isEqualTo(sha256(list.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whatIsNoBundleIsNamed() {
    assertThatThrownBy(() -> new GenesisBundles(Map.of("note.jar", new byte[3])).digest())
        .hasMessageContaining("note.jar is no bundle");
  }

  @Test
  void findsTheBundlesOfADigestInAnArchive() throws Exception {
    GenesisBundles wanted = new GenesisBundles(Map.of("a.jar", bundle("x.a", "1.0.0")));
    archive("other.zip", Map.of("a.jar", bundle("x.a", "1.0.1")));
    archive("this.zip", Map.of("in/a.jar", wanted.jars().get("a.jar")));
    Files.writeString(folder.resolve("note.txt"), "no archive");

    assertThat(GenesisBundles.find(folder, wanted.digest()).orElseThrow().digest())
        .isEqualTo(wanted.digest());
    assertThat(GenesisBundles.find(folder, "ab".repeat(32))).isEmpty();
  }

  @Test
  void findsThemInTheContentStoreOfANode() throws Exception {
    byte[] jar = bundle("x.a", "1.0.0");
    String list = "x.a 1.0.0 " + sha256(jar) + "\n";
    String digest = sha256(list.getBytes(StandardCharsets.UTF_8));
    Files.writeString(folder.resolve(digest + ".manifest"), list);
    assertThat(GenesisBundles.find(folder, digest)).isEmpty();

    Files.write(folder.resolve(sha256(jar)), jar);
    GenesisBundles found = GenesisBundles.find(folder, digest).orElseThrow();
    found.writeTo(folder.resolve("genesis"));
    assertThat(folder.resolve("genesis/x.a.jar")).hasBinaryContent(jar);
  }

  @Test
  void readsWhatAGenesisFileIsBoundTo() throws Exception {
    Path file = folder.resolve("genesis.json");
    Files.writeString(
        file,
        "{\"a\":{\"upgrade\":{\"generation\":\"no\"}},\"app_state\":{\"bank\":{\"upgrade\":[1]},"
            + "\"upgrade\":{\"x\":{},\"generation\":\"abc\"}},\"z\":1}");
    assertThat(GenesisBundles.boundBy(file)).contains("abc");
    Files.writeString(file, "{\"app_state\":{\"bank\":{}}}");
    assertThat(GenesisBundles.boundBy(file)).isEmpty();
    Files.writeString(file, "{\"app_state\":{\"upgrade\":{\"generation\":\"\"}}}");
    assertThat(GenesisBundles.boundBy(file)).isEmpty();
  }

  private void archive(String name, Map<String, byte[]> jars) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      for (Map.Entry<String, byte[]> jar : jars.entrySet()) {
        zip.putNextEntry(new ZipEntry(jar.getKey()));
        zip.write(jar.getValue());
      }
    }
  }

  /** The bytes of a bundle; the same for the same arguments. */
  private static byte[] bundle(String name, String version) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
    manifest.getMainAttributes().putValue("Bundle-Version", version);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new JarOutputStream(bytes, manifest).close();
    return bytes.toByteArray();
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
