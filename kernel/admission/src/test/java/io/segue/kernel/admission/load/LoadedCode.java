package io.segue.kernel.admission.load;

import io.segue.kernel.admission.artifact.TestSources;
import io.segue.kernel.api.guard.Guard;
import io.segue.kernel.api.guard.GuardedThread;
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
    Map<String, byte[]> loaded = new TreeMap<>();
    TestSources.compile(Map.of("x.Code", source))
        .forEach((name, bytes) -> loaded.put(name, LoadRules.apply(rules, bytes)));
    return instance(loaded);
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

  static Callable<?> unchanged(String source) throws Exception {
    return instance(TestSources.compile(Map.of("x.Code", source)));
  }

  private static Callable<?> instance(Map<String, byte[]> classes) throws Exception {
    ClassLoader loader =
        new ClassLoader(LoadedCode.class.getClassLoader()) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
              throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
          }
        };
    return (Callable<?>) loader.loadClass("x.Code").getConstructor().newInstance();
  }
}
