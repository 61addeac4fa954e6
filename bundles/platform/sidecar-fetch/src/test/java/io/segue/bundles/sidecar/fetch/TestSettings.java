package io.segue.bundles.sidecar.fetch;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** Settings as a file gives them: some keys set, the others with their defaults. */
final class TestSettings {
  private TestSettings() {}

  static FetchSettings of(Object... keysAndValues) {
    Map<String, Object> set = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      set.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return (FetchSettings)
        Proxy.newProxyInstance(
            TestSettings.class.getClassLoader(),
            new Class<?>[] {FetchSettings.class},
            (proxy, method, args) -> value(set, method));
  }

  private static Object value(Map<String, Object> set, Method method) {
    return set.getOrDefault(method.getName(), method.getDefaultValue());
  }
}
