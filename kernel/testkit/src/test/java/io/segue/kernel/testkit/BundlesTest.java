package io.segue.kernel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.ModuleFactory;
import io.segue.kernel.api.module.Platform;
import io.segue.kernel.testkit.internal.Jars;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundlesTest {
  private static final String FACTORY = PlainModule.class.getName();

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

  @Test
  void makesAModuleOfTheBytesOfItsBundle() throws Exception {
    Path jar = folder.resolve("plain.jar");
    Files.write(jar, bundle("io.segue.module;name=plain;factory=\"" + FACTORY + "\""));

    Module module = Bundles.module(jar, new PlainPlatform());

    assertThat(module.name()).isEqualTo("plain");
    assertThat(module.getClass().getName()).isEqualTo(PlainModule.class.getName());
    assertThat(module).isNotInstanceOf(PlainModule.class);
  }

  @Test
  void saysThatABundleHasNoModule() throws Exception {
    Path jar = folder.resolve("other.jar");
    Files.write(jar, bundle("io.segue.generation;plan=genesis"));

    assertThatThrownBy(() -> Bundles.module(jar, new PlainPlatform()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("other.jar offers no io.segue.module with factory");
  }

  @Test
  void declaresModulesBesidesThoseOfTheGenesis() throws Exception {
    Path genesis = Files.createDirectory(folder.resolve("genesis"));
    Files.write(genesis.resolve("genesis.jar"), bundle("io.segue.generation;plan=genesis"));
    Path jar = folder.resolve("plain.jar");
    Files.write(jar, bundle("io.segue.module;name=plain;factory=\"" + FACTORY + "\""));

    Map<String, byte[]> archive = Jars.entries(Bundles.genesis(genesis, jar));

    assertThat(archive).containsOnlyKeys("genesis.jar", "plain.jar");
    String manifest =
        new String(
            Jars.entries(archive.get("genesis.jar")).get("META-INF/MANIFEST.MF"),
            StandardCharsets.UTF_8);
    assertThat(manifest.replace("\r\n ", ""))
        .contains("io.segue.generation;plan=genesis,io.segue.generation.module;")
        .contains("name=plain;bundle=\"test\";version:Version=\"1.0.0\"");
    assertThat(Bundles.genesis(genesis)).isEqualTo(Bundles.archiveOf(genesis));
  }

  /** A module that has nothing but its name. */
  public static final class PlainModule implements Module, ModuleFactory {
    @Override
    public Module create(Platform platform) {
      return this;
    }

    @Override
    public String name() {
      return "plain";
    }

    @Override
    public long consensusVersion() {
      return 1;
    }
  }

  private static byte[] bundle(String capability) throws IOException {
    String file = FACTORY.replace('.', '/') + ".class";
    try (InputStream in = PlainModule.class.getResourceAsStream("/" + file)) {
      Map<String, byte[]> entries = new LinkedHashMap<>();
      entries.put(
          "META-INF/MANIFEST.MF",
          Jars.manifest(
              new TreeMap<>(
                  Map.of(
                      "Manifest-Version",
                      "1.0",
                      "Bundle-SymbolicName",
                      "test",
                      "Bundle-Version",
                      "1.0.0",
                      "Provide-Capability",
                      capability))));
      entries.put(file, in.readAllBytes());
      return Jars.zip(entries);
    }
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
