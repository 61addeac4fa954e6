package io.segue.kernel.admission.load;

import static java.util.Objects.requireNonNull;

import io.segue.kernel.admission.artifact.TestSources;
import io.segue.kernel.api.guard.Guard;
import io.segue.kernel.api.guard.GuardedThread;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** The class {@code x.Code} of a source, as it is loaded under kernel rules. */
final class LoadedCode {
  private LoadedCode() {}

  static Callable<?> of(long rules, String source) throws Exception {
    return instance(loaded(rules, TestSources.compile(Map.of("x.Code", source))));
  }

  /**
   * With classes that protobuf's compiler generated beside it, loaded under the same rules.
   *
   * @param generated classes of protobuf's own messages
   * @param rules 0 for all classes as they are
   */
  static Callable<?> with(List<Class<?>> generated, long rules, String source) throws Exception {
    Map<String, byte[]> classes = new TreeMap<>(TestSources.compile(Map.of("x.Code", source)));
    for (Class<?> type : generated) {
      String file = type.getName().replace('.', '/') + ".class";
      try (InputStream in = requireNonNull(type.getResourceAsStream('/' + file))) {
        classes.put(type.getName(), in.readAllBytes());
      }
    }
    return instance(rules == 0 ? classes : loaded(rules, classes));
  }

  static Callable<?> unchanged(String source) throws Exception {
    return instance(TestSources.compile(Map.of("x.Code", source)));
  }

  private static Map<String, byte[]> loaded(long rules, Map<String, byte[]> classes) {
    Map<String, byte[]> loaded = new TreeMap<>();
    classes.forEach((name, bytes) -> loaded.put(name, LoadRules.apply(rules, bytes)));
    return loaded;
  }

  /** As the kernel calls it, on a thread of its own. */
  static Callable<?> called(Callable<?> code) {
    return () -> {
      FutureTask<Object> task =
          new FutureTask<>(
              () -> {
                int opened = Guard.open();
                try {
                  return code.call();
                } finally {
                  Guard.close(opened);
                }
              });
      new GuardedThread(task, "of a test").start();
      try {
        return task.get(60, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw (Exception) e.getCause();
      }
    };
  }

  private static Callable<?> instance(Map<String, byte[]> classes) throws Exception {
    ClassLoader loader =
        new ClassLoader(LoadedCode.class.getClassLoader()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
              byte[] bytes = classes.get(name);
              Class<?> known = findLoadedClass(name);
              if (bytes == null || known != null) {
                return known == null ? super.loadClass(name, resolve) : known;
              }
              return defineClass(name, bytes, 0, bytes.length);
            }
          }
        };
    return (Callable<?>) loader.loadClass("x.Code").getConstructor().newInstance();
  }
}
