package io.segue.bundles.sidecar.build;

import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.Sidecar.Task;
import io.segue.kernel.api.upgrade.SidecarException;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A node's sidecar for tests, with the test's class path to compile against. */
final class TestBuild {
  private final Map<String, Object> settings = new HashMap<>();
  private List<Path> classPath = classPath();

  private TestBuild() {
    settings.put("schemes", "file");
  }

  static TestBuild aBuild() {
    return new TestBuild();
  }

  TestBuild with(String key, Object value) {
    settings.put(key, value);
    return this;
  }

  /** With these jars of the sdk in place of the test's own. */
  TestBuild withSdks(Path... jars) {
    classPath =
        Stream.concat(
                classPath().stream().filter(entry -> !entry.toString().contains("libraries/sdk")),
                Arrays.stream(jars))
            .toList();
    return this;
  }

  BuildSidecar sidecar() {
    return new BuildSidecar(build());
  }

  CommitBuild build() {
    return new CommitBuild(
        new BuildRules(settings()),
        () -> Toolchain.of(classPath),
        () ->
            Arrays.stream(System.getProperty("java.class.path").split(":")).map(Path::of).toList());
  }

  BuildSettings settings() {
    InvocationHandler answers =
        (proxy, method, arguments) ->
            settings.getOrDefault(method.getName(), method.getDefaultValue());
    return (BuildSettings)
        Proxy.newProxyInstance(
            TestBuild.class.getClassLoader(),
            new Class<?>[] {BuildSettings.class, Annotation.class},
            answers);
  }

  /** What a plan asks for. */
  static Task task(Path data, String url, String sha256, String... parameters) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      map.put(parameters[i], parameters[i + 1]);
    }
    return new Task(new Plan("v9", 100, ""), url, sha256, map, data.resolve("artifacts"));
  }

  /** The digest that a commit has here, as a builder learns it before he proposes the plan. */
  static String digest(Path data, String url, String commit, String path) throws Exception {
    return aBuild().digestOf(data, url, commit, path);
  }

  /** As {@link #digest}, with these settings. */
  String digestOf(Path data, String url, String commit, String path) throws Exception {
    try {
      sidecar()
          .run(task(data, url, "0".repeat(64), "commit", commit, "path", path), (done, all) -> {});
      throw new AssertionError("nothing has the digest 0");
    } catch (SidecarException e) {
      String digest =
          e.getMessage().replaceAll("(?s).*has the SHA-256 ([0-9a-f]{64}), not.*", "$1");
      if (digest.length() != 64) {
        throw e;
      }
      return digest;
    }
  }

  private static List<Path> classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(":"))
        .filter(
            entry ->
                entry.contains("kernel/api")
                    || entry.contains("libraries/sdk")
                    || entry.matches(".*/(protobuf-java|slf4j-api|jspecify|gson|jsr305).*"))
        .sorted()
        .map(Path::of)
        .toList();
  }
}
