package io.segue.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assert.fail;
import static org.ops4j.pax.exam.CoreOptions.bootDelegationPackages;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;

import io.segue.bundles.nodes.Distribution;
import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.node.GenerationState;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.Node.BundleStatus;
import io.segue.kernel.api.node.Node.DeployException;
import io.segue.kernel.api.node.Node.GenerationStatus;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.inject.Inject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** What bundles do in the framework: the distribution's platform with a chain that runs in it. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class DeployPaxIT {
  private static final String SLF4J = ";version=2.0.17";

  /** Pax Exam's own bundles ask for slf4j below 2; its API of old is still there. */
  private static final String SLF4J_OF_PAX = ";version=1.7.36";

  @Inject private BundleContext context;
  @Inject private Application application;
  @Inject private Node node;

  private Path folder;

  @Configuration
  public Option[] platform() throws IOException {
    // A short path: the shell's socket is in it.
    Path temporary = Files.createTempDirectory("segue-pax");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(temporary)));
    TestedNode made = TestedNode.init(temporary.resolve("home"));
    return options(
        frameworkProperty("segue.home").value(made.home().toString()),
        frameworkProperty("segue.dist").value(Distribution.folder().toString()),
        frameworkProperty("felix.bootdelegation.implicit").value("false"),
        frameworkStartLevel(100),
        bootDelegationPackages("jdk.jfr", "jdk.jfr.*"),
        systemPackages(
            "org.slf4j" + SLF4J_OF_PAX,
            "org.slf4j" + SLF4J,
            "org.slf4j.event" + SLF4J,
            "org.slf4j.helpers" + SLF4J,
            "org.slf4j.spi" + SLF4J,
            "ch.qos.logback.classic;version=1.5"),
        composite(bundles(1)),
        composite(bundles(2)),
        junitBundles());
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      System.err.println(folder + " stays: " + e);
    }
  }

  private static Option[] bundles(int startLevel) {
    return Distribution.platform(startLevel).stream()
        .map(jar -> bundle("reference:" + jar.toUri()).startLevel(startLevel))
        .toArray(Option[]::new);
  }

  @Before
  public void waitForABlock() throws Exception {
    Path home = Path.of(context.getProperty("segue.home"));
    folder = Files.createDirectories(home.resolveSibling("artifacts"));
    awaitBlocks(1);
  }

  @Test
  public void everyBundleOfTheDistributionIsActive() {
    for (Bundle bundle : context.getBundles()) {
      assertEquals(bundle.toString(), Bundle.ACTIVE, bundle.getState());
    }
  }

  @Test
  public void deploysBesideTheRunningGeneration() throws Exception {
    Node.Deployed deployed =
        node.deploy(Path.of(context.getProperty("segue.dist"), "upgrades", "v2.zip"));
    assertEquals("v2", deployed.plan());
    assertEquals(GenerationState.CURRENT, generation("genesis").state());
    assertEquals(GenerationState.READY, generation("v2").state());
    assertEquals(List.of("1.0.0", "2.0.0"), versions("io.segue.bundles.bank"));
    assertTrue(
        "gov carries over: " + generation("v2").carriedOver(),
        generation("v2").carriedOver().contains("io.segue.bundles.gov"));
    awaitBlocks(2);
  }

  @Test
  public void refusesABundleWithAnActivatorByName() throws Exception {
    refuses(Map.of("Bundle-Activator", "bad.Activator"), "Bundle-Activator", "bad.Activator");
  }

  @Test
  public void refusesABundleThatDoesNotResolveAndSaysWhatItLacks() throws Exception {
    refuses(
        Map.of("Import-Package", "io.segue.kernel.api.nosuch;version=\"[1,2)\""),
        "does not resolve",
        "io.segue.kernel.api.nosuch");
  }

  @Test
  public void refusesAModuleWhoseFactoryIsNotThere() throws Exception {
    refuses(Map.of(), "bad.Factory");
  }

  /** Deploys an upgrade with one bad module, and sees that blocks go on as before. */
  private void refuses(Map<String, String> headers, String... reason) throws Exception {
    List<String> before = names();
    try {
      node.deploy(upgrade(headers));
      fail("deployed");
    } catch (DeployException e) {
      for (String part : reason) {
        assertTrue(e.getMessage(), e.getMessage().contains(part));
      }
    }
    assertEquals(before, names());
    assertEquals(GenerationState.CURRENT, generation("genesis").state());
    awaitBlocks(2);
  }

  private Path upgrade(Map<String, String> headers) throws IOException {
    Path zip = folder.resolve("bad.zip");
    try (OutputStream out = Files.newOutputStream(zip);
        java.util.zip.ZipOutputStream archive = new java.util.zip.ZipOutputStream(out)) {
      archive.putNextEntry(new ZipEntry("handler.jar"));
      archive.write(
          jar(
              Map.of(
                  "Bundle-SymbolicName",
                  "bad.handler",
                  "Provide-Capability",
                  "io.segue.generation;effective:=generation;plan=bad;"
                      + "handler=\"bad.Handler\","
                      + "io.segue.generation.module;effective:=generation;name=bad;"
                      + "bundle=\"bad.module\";version=\"1.0.0\"")));
      archive.putNextEntry(new ZipEntry("module.jar"));
      java.util.Map<String, String> all = new java.util.HashMap<>(headers);
      all.put("Bundle-SymbolicName", "bad.module");
      all.put(
          "Provide-Capability",
          "io.segue.module;effective:=generation;name=bad;factory=\"bad.Factory\"");
      archive.write(jar(all));
    }
    return zip;
  }

  private static byte[] jar(Map<String, String> headers) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-Version", "1.0.0");
    headers.forEach(main::putValue);
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    new JarOutputStream(bytes, manifest).close();
    return bytes.toByteArray();
  }

  private void awaitBlocks(int count) throws Exception {
    CountDownLatch blocks = new CountDownLatch(count);
    try (AutoCloseable listening = application.onCommit((height, root) -> blocks.countDown())) {
      assertTrue("blocks go on", blocks.await(60, TimeUnit.SECONDS));
    }
  }

  private GenerationStatus generation(String name) {
    return node.generations().stream()
        .filter(generation -> generation.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<String> versions(String symbolicName) {
    return node.generations().stream()
        .flatMap(generation -> generation.bundles().stream())
        .filter(bundle -> bundle.symbolicName().equals(symbolicName))
        .map(BundleStatus::version)
        .distinct()
        .sorted()
        .toList();
  }

  private List<String> names() {
    return Arrays.stream(context.getBundles()).map(Bundle::toString).sorted().toList();
  }
}
