package io.segue.bundles.consensus.solo;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.PartFailure;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

@NullUnmarked
class SoloComponentTest {
  private static final long LIMIT_NS = 60_000_000_000L;
  private static final long PAUSE_NS = 10_000_000;

  @TempDir Path folder;

  private final List<Object> published = new CopyOnWriteArrayList<>();
  private EngineHome home;

  @BeforeEach
  void makeHome() {
    home = new EngineHome(folder);
  }

  @Test
  void publishesTheEngineOnceTheDiskLetsItsFilesBeOpened() throws Exception {
    Path inTheWay = home.folder().resolve("data");
    Files.writeString(inTheWay, "no folder");
    SoloComponent component = component();
    assertThat(published).singleElement().isInstanceOf(PartFailure.class);
    assertThat(published.toString()).contains("data/blocks can't be opened");
    Files.delete(inTheWay);
    long end = System.nanoTime() + LIMIT_NS;
    while (published.stream().noneMatch(Engine.class::isInstance)) {
      assertThat(System.nanoTime()).as("time; " + published).isLessThan(end);
      LockSupport.parkNanos(PAUSE_NS);
    }
    assertThat(published).noneMatch(PartFailure.class::isInstance);
    component.deactivate();
    assertThat(published).isEmpty();
  }

  @Test
  void publishesWhatIsWrongWithAFileThatIsWrittenByHand() throws Exception {
    home.write("genesis.json", "{}");
    SoloComponent component = component();
    assertThat(published).singleElement().isInstanceOf(PartFailure.class);
    assertThat(published.toString()).contains("genesis.json");
    component.deactivate();
    assertThat(published).isEmpty();
  }

  private SoloComponent component() {
    Node node = proxy(Node.class, (method, arguments) -> Objects.requireNonNull(null, method));
    return new SoloComponent(context(), new FakeApplication(), node, settings());
  }

  private static SoloSettings settings() {
    return proxy(
        SoloSettings.class,
        (method, arguments) -> SoloSettings.class.getMethod(method).getDefaultValue());
  }

  /** A context that knows the home and keeps what is published. */
  private BundleContext context() {
    return proxy(
        BundleContext.class,
        (method, arguments) -> {
          if (method.equals("getProperty")) {
            return home.folder().toString();
          }
          assertThat(method).isEqualTo("registerService");
          published.add(arguments[1]);
          return proxy(
              ServiceRegistration.class,
              (name, none) -> {
                assertThat(name).isEqualTo("unregister");
                published.remove(arguments[1]);
                return null;
              });
        });
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
  }

  @FunctionalInterface
  private interface Answer {
    Object to(String method, Object[] arguments) throws Exception;
  }
}
