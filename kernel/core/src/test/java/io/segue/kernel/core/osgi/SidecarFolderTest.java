package io.segue.kernel.core.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.segue.kernel.admission.artifact.TestBundle;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.Sidecar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** Sidecars of a builder's own, put into a running framework as bundles. */
class SidecarFolderTest {
  /** Writes a file that has its bundle's version; waits for the file {@code go}, if told to. */
  private static final String SOURCE =
      """
      package x.side;

      import io.segue.kernel.api.upgrade.Sidecar;
      import java.nio.file.Files;
      import java.nio.file.Path;
      import org.osgi.framework.BundleActivator;
      import org.osgi.framework.BundleContext;

      public final class Own implements BundleActivator, Sidecar {
        private String version;

        public void start(BundleContext context) {
          version = context.getBundle().getVersion().toString();
          context.registerService(Sidecar.class, this, null);
        }

        public void stop(BundleContext context) {}

        public String name() {
          return "own";
        }

        public Path run(Task task, Progress progress) throws InterruptedException {
          try {
            Files.createFile(task.directory().resolve("began-" + version));
            while (task.parameters().containsKey("wait")
                && !Files.exists(task.directory().resolve("go"))) {
              Thread.sleep(1);
            }
            return Files.writeString(task.directory().resolve("made-" + version), version);
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        }
      }
      """;

  @TempDir Path home;
  private Path folder;
  private RealFramework framework;
  private SidecarServices services;
  private SidecarFolder sidecars;

  @BeforeEach
  void start() throws Exception {
    folder = Files.createDirectory(home.resolve("sidecars"));
    framework = RealFramework.start(home.resolve("cache"));
    services = SidecarServices.open(framework.context());
    sidecars = new SidecarFolder(framework.context(), folder, services);
  }

  @AfterEach
  void stop() throws Exception {
    services.close();
    framework.close();
  }

  @Test
  void aBundlePutThereOffersItsSidecarAtOnce() throws Exception {
    AtomicInteger arrived = new AtomicInteger();
    services.onArrival(arrived::incrementAndGet);
    sidecars.doWork();
    assertThat(services.find("own")).isEmpty();

    put("own.jar", own("1.0.0"));

    assertThat(arrived).as("whoever waits for it hears of it").hasValue(1);

    assertThat(run("work")).hasContent("1.0.0");
    assertThat(folder.resolve("own.jar.deployed")).hasContent("x.side 1.0.0\n");
  }

  @Test
  void aNewerVersionTakesOverWhileARunEndsOnTheOldOne() throws Exception {
    put("own-1.jar", own("1.0.0"));
    Path work = Files.createDirectory(home.resolve("work"));
    FutureTask<Path> old = new FutureTask<>(() -> find().run(task(work, "wait"), (d, t) -> {}));
    new Thread(old).start();
    await().until(() -> Files.exists(work.resolve("began-1.0.0")));
    Bundle before = bundle("1.0.0");

    put("own-2.jar", own("2.0.0"));

    assertThat(run("other")).hasContent("2.0.0");
    assertThat(before.getState()).isEqualTo(Bundle.ACTIVE);
    Files.createFile(work.resolve("go"));
    assertThat(old.get(10, TimeUnit.SECONDS)).hasContent("1.0.0");
    sidecars.doWork();
    assertThat(before.getState()).isEqualTo(Bundle.UNINSTALLED);
  }

  @Test
  void anOlderVersionDoesNotTakeOver() throws Exception {
    put("own-2.jar", own("2.0.0"));
    put("own-1.jar", own("1.0.0"));

    assertThat(run("work")).hasContent("2.0.0");
  }

  @Test
  void aFileThatIsReplacedTakesOver() throws Exception {
    put("own.jar", own("1.0.0"));
    put("own.jar", own("1.0.1"));
    sidecars.doWork();

    assertThat(run("work")).hasContent("1.0.1");
    assertThat(framework.context().getBundles()).hasSize(2);
  }

  @Test
  void aSidecarEndsWithItsFile() throws Exception {
    put("own.jar", own("1.0.0"));

    Files.delete(folder.resolve("own.jar"));
    sidecars.doWork();

    assertThat(services.find("own")).isEmpty();
    assertThat(framework.context().getBundles()).hasSize(1);
  }

  @Test
  void aFileThatStillGrowsIsLeftAlone() throws Exception {
    byte[] jar = own("1.0.0").jar();
    Files.write(folder.resolve("own.jar"), java.util.Arrays.copyOf(jar, jar.length / 2));
    sidecars.doWork();
    Files.write(folder.resolve("own.jar"), jar);
    sidecars.doWork();
    assertThat(services.find("own")).isEmpty();

    sidecars.doWork();

    assertThat(services.find("own")).isPresent();
  }

  @Test
  void aModuleIsRefusedWithTheLineToUseInstead() throws Exception {
    put("bank.jar", TestBundle.module("bank", "2.0.0"));

    assertThat(folder.resolve("bank.jar.refused"))
        .content()
        .contains("it belongs to a generation; deploy it with upgrade:deploy");
    assertThat(framework.context().getBundles()).hasSize(1);
  }

  @Test
  void whatIsNoBundleOrDoesNotStartIsRefusedAndTheRestGoesOn() throws Exception {
    Files.writeString(folder.resolve("a.jar"), "no jar");
    put("b.jar", own("1.0.0").header("Bundle-Activator", "x.side.Nothing"));
    put("c.jar", own("1.0.1"));

    assertThat(folder.resolve("a.jar.refused")).exists();
    assertThat(folder.resolve("b.jar.refused")).content().contains("x.side.Nothing");
    assertThat(run("work")).hasContent("1.0.1");
  }

  @Test
  void whatAFullDiskRefusedIsTriedAgain() throws Exception {
    Path full = Files.createFile(home.resolve("full"));
    String start = "version = context";
    String fails =
        "if (Files.exists(Path.of(\"%s\"))) {\n".formatted(full)
            + "throw new IllegalStateException(\"No space left on device\");\n}\n";
    put("own.jar", own("1.0.0", SOURCE.replace(start, fails + start)));
    assertThat(folder.resolve("own.jar.refused")).content().contains("tries again by itself");

    Files.delete(full);
    look(WatchedFolder.AGAIN_AFTER_LOOKS - 1);
    assertThat(services.find("own")).isEmpty();
    look(1);

    assertThat(services.find("own")).isPresent();
    assertThat(folder.resolve("own.jar.refused")).doesNotExist();
  }

  @Test
  void aNoteThatCanNotBeWrittenIsWrittenLaterAndTheRestGoesOn() throws Exception {
    Path note = Files.createDirectory(folder.resolve("own.jar.deployed"));
    put("own.jar", own("1.0.0"));
    put("z.jar", TestBundle.module("bank", "2.0.0"));
    assertThat(services.find("own")).isPresent();
    assertThat(folder.resolve("z.jar.refused")).exists();

    Files.delete(note);
    look(WatchedFolder.AGAIN_AFTER_LOOKS);

    assertThat(note).hasContent("x.side 1.0.0\n");
    assertThat(run("work")).hasContent("1.0.0");
  }

  @Test
  void nothingIsStartedWhileOthersMayWriteThere() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    put("own.jar", own("1.0.0"));
    assertThat(services.find("own")).isEmpty();

    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    sidecars.doWork();
    sidecars.doWork();

    assertThat(services.find("own")).isPresent();
  }

  @Test
  void whatARunBeforeLeftInstalledIsRemovedAndReadAgain() throws Exception {
    put("own.jar", own("1.0.0"));
    long id = bundle("1.0.0").getBundleId();

    SidecarFolder again = SidecarFolder.open(framework.context(), folder, services);

    await().until(() -> services.find("own").isPresent());
    assertThat(bundle("1.0.0").getBundleId()).isNotEqualTo(id);
    again.close();
  }

  private Path run(String name) throws Exception {
    return find().run(task(Files.createDirectory(home.resolve(name)), "x"), (done, all) -> {});
  }

  private Sidecar find() {
    return services.find("own").orElseThrow();
  }

  private Bundle bundle(String version) {
    for (Bundle bundle : framework.context().getBundles()) {
      if (bundle.getVersion().toString().equals(version)
          && bundle.getLocation().startsWith(SidecarFolder.LOCATION)) {
        return bundle;
      }
    }
    throw new AssertionError("no bundle of version " + version);
  }

  /** Puts a file there, later than what was there before, and lets it be looked at twice. */
  private void put(String file, TestBundle bundle) throws IOException {
    Files.write(folder.resolve(file), bundle.jar());
    sidecars.doWork();
    sidecars.doWork();
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      sidecars.doWork();
    }
  }

  private static TestBundle own(String version) {
    return own(version, SOURCE);
  }

  private static TestBundle own(String version, String source) {
    return TestBundle.of("x.side", version)
        .header("Import-Package", "io.segue.kernel.api.upgrade,org.osgi.framework")
        .header("Bundle-Activator", "x.side.Own")
        .source("x.side.Own", source);
  }

  private static Sidecar.Task task(Path directory, String parameter) {
    return new Sidecar.Task(
        new Plan("v9", 100, ""), "", "a".repeat(64), Map.of(parameter, ""), directory);
  }
}
