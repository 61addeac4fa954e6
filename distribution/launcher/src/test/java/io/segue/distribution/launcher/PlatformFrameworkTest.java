package io.segue.distribution.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PlatformFrameworkTest {
  private final Path home;
  private final Path distribution;

  PlatformFrameworkTest(@TempDir Path folder) {
    home = folder.resolve("home");
    distribution = folder.resolve("distribution");
    System.clearProperty(NotingActivator.NOTES);
  }

  @Test
  void startsFoldersInOrderOfTheirNumbersAndStopsThemInReverse() throws Exception {
    bundle("platform/1/z.jar", "first", "");
    bundle("platform/2/a.jar", "second", "");
    PlatformFramework platform = platform();

    assertThat(platform.start()).isEqualTo(2);
    assertThat(platform.started()).isTrue();
    assertThat(platform.stop()).isTrue();

    assertThat(notes()).isEqualTo("+first +second -second -first ");
    assertThat(platform.started()).isFalse();
  }

  @Test
  void refusesAPlatformThatIsNotComplete() throws Exception {
    bundle("platform/1/a.jar", "first", "");
    bundle("platform/1/b.jar", "second", "Require-Bundle: not.there");

    assertThatThrownBy(() -> platform().start())
        .isInstanceOf(StartException.class)
        .hasMessageContaining("bundle second 0.0.0 does not start");

    assertThat(notes()).isEqualTo("+first -first ");
  }

  @Test
  void tellsBundlesWhereHomeAndDistributionAre() throws Exception {
    bundle("platform/1/a.jar", "first", "");
    PlatformFramework platform = platform();
    platform.start();

    platform.stop();

    assertThat(System.getProperty(NotingActivator.HOME)).isEqualTo(home.toString());
    assertThat(System.getProperty(NotingActivator.DISTRIBUTION)).isEqualTo(distribution.toString());
  }

  @Test
  void startsFromNothingEachTime() throws Exception {
    bundle("platform/1/a.jar", "first", "");
    PlatformFramework before = platform();
    before.start();
    before.stop();
    Files.delete(distribution.resolve("platform/1/a.jar"));
    bundle("platform/1/b.jar", "other", "");

    PlatformFramework after = platform();
    assertThat(after.start()).isOne();
    after.stop();

    assertThat(notes()).isEqualTo("+first -first +other -other ");
  }

  @Test
  void offlineItStartsNothingThatServes() throws Exception {
    bundle("platform/1/a.jar", "io.segue.kernel.core", "");
    bundle("platform/1/b.jar", "io.segue.bundles.rpc", "");
    bundle("platform/1/c.jar", "io.segue.bundles.consensus.solo", "");
    bundle("platform/1/d.jar", "io.segue.bundles.rpcs", "");
    bundle("platform/1/e.jar", "io.segue.bundles.grpc", "");
    bundle("platform/1/f.jar", "io.segue.bundles.metrics", "");
    bundle("platform/1/g.jar", "io.segue.bundles.rest", "");
    PlatformFramework platform = platform(true);

    assertThat(platform.start()).isEqualTo(2);
    platform.stop();

    assertThat(notes())
        .isEqualTo(
            "+io.segue.kernel.core +io.segue.bundles.rpcs"
                + " -io.segue.bundles.rpcs -io.segue.kernel.core ");
  }

  private static String notes() {
    return System.getProperty(NotingActivator.NOTES, "");
  }

  private PlatformFramework platform() throws StartException {
    return platform(false);
  }

  private PlatformFramework platform(boolean offline) throws StartException {
    Home opened = new Home(home);
    return new PlatformFramework(opened, distribution, opened.lock(), offline);
  }

  private void bundle(String path, String symbolicName, String header) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.putValue("Manifest-Version", "1.0");
    attributes.putValue("Bundle-ManifestVersion", "2");
    attributes.putValue("Bundle-SymbolicName", symbolicName);
    attributes.putValue("Bundle-Activator", NotingActivator.class.getName());
    attributes.putValue("Import-Package", "org.osgi.framework");
    if (!header.isEmpty()) {
      attributes.putValue(header.split(": ")[0], header.split(": ")[1]);
    }
    Path jar = distribution.resolve(path);
    Files.createDirectories(jar.getParent());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      String activator = NotingActivator.class.getName().replace('.', '/') + ".class";
      out.putNextEntry(new ZipEntry(activator));
      ClassLoader loader = NotingActivator.class.getClassLoader();
      try (InputStream code = loader.getResourceAsStream(activator)) {
        code.transferTo(out);
      }
    }
  }
}
