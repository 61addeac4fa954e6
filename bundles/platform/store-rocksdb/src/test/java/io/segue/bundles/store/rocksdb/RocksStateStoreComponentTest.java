package io.segue.bundles.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.segue.kernel.api.node.PartFailure;
import io.segue.kernel.api.store.StateStore;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

@NullUnmarked
class RocksStateStoreComponentTest {
  private static final long LIMIT_NS = 60_000_000_000L;
  private static final long PAUSE_NS = 10_000_000;

  @TempDir Path home;

  private final List<Object> published = new CopyOnWriteArrayList<>();

  @Test
  void publishesTheStoreInTheHomeUntilItIsDeactivated() {
    RocksStateStoreComponent component =
        new RocksStateStoreComponent(
            context(home.toString()),
            Map.of("pruning", "custom", "pruning-keep-recent", "7", "pruning-interval", "10"));
    assertThat(published).hasSize(1);
    assertThat(((StateStore) published.get(0)).height()).isEqualTo(-1);
    assertThat(home.resolve("data").resolve("state")).isNotEmptyDirectory();
    component.deactivate();
    assertThat(published).isEmpty();
    new RocksStateStoreComponent(context(home.toString()), Map.of()).deactivate();
  }

  @Test
  void publishesWhyThereIsNoStore() {
    RocksStateStoreComponent component =
        new RocksStateStoreComponent(context(home.toString()), Map.of("writeBufferMb", "much"));
    assertThat(published).singleElement().isInstanceOf(PartFailure.class);
    assertThat(published.toString()).contains("writeBufferMb");
    component.deactivate();
    assertThat(published).isEmpty();
  }

  @Test
  void publishesTheStoreOnceTheDiskLetsItBeOpened() throws IOException {
    Path inTheWay = Files.writeString(home.resolve("data"), "no folder");
    RocksStateStoreComponent component =
        new RocksStateStoreComponent(context(home.toString()), Map.of());
    assertThat(published).singleElement().isInstanceOf(PartFailure.class);
    Files.delete(inTheWay);
    long end = System.nanoTime() + LIMIT_NS;
    while (!(published.size() == 1 && published.get(0) instanceof StateStore)) {
      assertThat(System.nanoTime()).as("time; " + published).isLessThan(end);
      LockSupport.parkNanos(PAUSE_NS);
    }
    component.deactivate();
    assertThat(published).isEmpty();
    new RocksStateStoreComponent(context(home.toString()), Map.of()).deactivate();
  }

  @Test
  void needsAHome() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new RocksStateStoreComponent(context(null), Map.of()))
        .withMessageContaining("segue.home");
  }

  /** A context that knows the home and keeps what is published. */
  private BundleContext context(String homeProperty) {
    return proxy(
        BundleContext.class,
        (method, arguments) -> {
          if (method.equals("getProperty")) {
            return homeProperty;
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
    Object to(String method, Object[] arguments);
  }
}
