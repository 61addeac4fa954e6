package io.segue.kernel.testkit;

import io.segue.kernel.api.store.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A state store whose disk a test fills: the calls that it names fail with what Linux says of a
 * device without room, until it frees them again.
 */
final class FullDisk {
  final StateStore store;
  private final Set<String> full = ConcurrentHashMap.newKeySet();
  private volatile Supplier<Throwable> failure =
      () -> new UncheckedIOException("the row can't be written", noRoom());

  FullDisk(StateStore store) {
    this.store = refusing(StateStore.class, store);
  }

  /** Has calls of these names fail. */
  void fill(String... calls) {
    full.addAll(Set.of(calls));
  }

  /** Has calls of these names fail in another way, such as with an error of the machine. */
  void fail(Supplier<Throwable> how, String... calls) {
    failure = how;
    fill(calls);
  }

  /** Makes room. */
  void free() {
    full.clear();
  }

  private <T> T refusing(Class<T> type, Object target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (full.contains(method.getName())) {
                throw failure.get();
              }
              try {
                Object result = method.invoke(target, arguments);
                return result instanceof StateStore.BulkWriter writer
                    ? refusing(StateStore.BulkWriter.class, writer)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  /** The exception of a write to a device that is always full. */
  static IOException noRoom() {
    try {
      Files.write(Path.of("/dev/full"), new byte[1]);
    } catch (IOException e) {
      return e;
    }
    throw new AssertionError("/dev/full took a byte");
  }
}
