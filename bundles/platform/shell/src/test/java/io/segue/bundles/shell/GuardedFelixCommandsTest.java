package io.segue.bundles.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.felix.gogo.command.Basic;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.launch.Framework;

/** Felix with its Gogo bundles, and commands typed into a session. */
class GuardedFelixCommandsTest {
  @TempDir Path folder;
  private Framework framework;
  private BundleContext context;
  private CommandSession session;
  private Bundle live;
  private Bundle other;

  @BeforeEach
  void start() throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put(Constants.FRAMEWORK_STORAGE, folder.toString());
    settings.put(
        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
        "org.apache.felix.service.command;version=1.0.0,"
            + "org.apache.felix.service.threadio;version=1.0.0");
    framework = new FrameworkFactory().newFramework(settings);
    framework.start();
    context = framework.getBundleContext();
    live = context.installBundle("segue:0123", bundle("x.bank"));
    other = context.installBundle("other", bundle("x.library"));
    live.start();
    other.start();
    for (Class<?> inGogo : new Class<?>[] {runtime(), Basic.class}) {
      context.installBundle(locationOf(inGogo)).start();
    }
    publish();
    CommandProcessor processor =
        context.getService(context.getServiceReference(CommandProcessor.class));
    session =
        processor.createSession(
            new ByteArrayInputStream(new byte[0]),
            new ByteArrayOutputStream(),
            new ByteArrayOutputStream());
  }

  @AfterEach
  void stop() throws Exception {
    session.close();
    framework.stop();
    framework.waitForStop(10_000);
  }

  @Test
  void uninstallOfALiveBundleIsRefused() {
    assertThatThrownBy(() -> session.execute("felix:uninstall " + live.getBundleId()))
        .hasMessageContaining("felix:uninstall is refused")
        .hasMessageContaining("x.bank 1.0.0")
        .hasMessageContaining("upgrade:deploy");
    assertThat(live.getState()).isEqualTo(Bundle.ACTIVE);
  }

  @Test
  void theCommandWithoutItsScopeIsRefusedToo() {
    assertThatThrownBy(() -> session.execute("uninstall " + live.getBundleId()))
        .hasMessageContaining("felix:uninstall is refused");
  }

  @Test
  void theGuardHoldsWhicheverCommandsComeFirst() throws Exception {
    Bundle commands = context.getBundle(locationOf(Basic.class));
    commands.stop();
    commands.start();

    assertThatThrownBy(() -> session.execute("felix:uninstall " + live.getBundleId()))
        .hasMessageContaining("felix:uninstall is refused");
  }

  @Test
  void aBundleIsFoundByItsSymbolicNameToo() {
    assertThatThrownBy(() -> session.execute("felix:uninstall x.bank"))
        .hasMessageContaining("felix:uninstall is refused");
  }

  @Test
  void updateOfALiveBundleIsRefused() {
    assertThatThrownBy(() -> session.execute("felix:update " + live.getBundleId()))
        .hasMessageContaining("felix:update is refused");
    assertThatThrownBy(
            () -> session.execute("felix:update " + live.getBundleId() + " file:/tmp/x.jar"))
        .hasMessageContaining("felix:update is refused");
  }

  @Test
  void refreshOfALiveBundleIsRefused() {
    assertThatThrownBy(() -> session.execute("felix:refresh " + live.getBundleId()))
        .hasMessageContaining("felix:refresh is refused");
  }

  @Test
  void oneLiveBundleAmongSeveralKeepsAllOfThem() {
    assertThatThrownBy(
            () ->
                session.execute(
                    "felix:uninstall " + other.getBundleId() + " " + live.getBundleId()))
        .hasMessageContaining("x.bank");
    assertThat(other.getState()).isEqualTo(Bundle.ACTIVE);
  }

  @Test
  void otherBundlesAreUninstalledAndRefreshedAsEver() throws Exception {
    refresh("felix:refresh " + other.getBundleId());
    session.execute("felix:uninstall " + other.getBundleId());
    refresh("felix:refresh");

    assertThat(other.getState()).isEqualTo(Bundle.UNINSTALLED);
  }

  @Test
  void felixListsBundlesAsEver() throws Exception {
    session.execute("felix:lb");
    session.execute("felix:headers " + live.getBundleId());
  }

  /**
   * Runs a line that refreshes, and waits for the end of it: the framework has a thread for that.
   */
  private void refresh(String line) throws Exception {
    CountDownLatch refreshed = new CountDownLatch(1);
    FrameworkListener listener =
        event -> {
          if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
            refreshed.countDown();
          }
        };
    context.addFrameworkListener(listener);
    session.execute(line);
    assertThat(refreshed.await(30, TimeUnit.SECONDS)).isTrue();
    context.removeFrameworkListener(listener);
  }

  /** Publishes the commands with the properties that Declarative Services reads. */
  private void publish() {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("osgi.command.scope", "felix");
    properties.put("osgi.command.function", new String[] {"update", "uninstall", "refresh"});
    properties.put(Constants.SERVICE_RANKING, GuardedFelixCommands.RANKING);
    context.registerService(
        GuardedFelixCommands.class, new GuardedFelixCommands(context), properties);
    Dictionary<String, Object> bundles = new Hashtable<>();
    bundles.put(Converter.CONVERTER_CLASSES, Bundle.class.getName());
    context.registerService(Converter.class, new BundleConverter(context), bundles);
  }

  private static Class<?> runtime() throws ClassNotFoundException {
    return Class.forName("org.apache.felix.gogo.runtime.activator.Activator");
  }

  private static String locationOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().toString();
  }

  private static ByteArrayInputStream bundle(String symbolicName) throws IOException {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", symbolicName);
    headers.putValue("Bundle-Version", "1.0.0");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new JarOutputStream(bytes, manifest).close();
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
