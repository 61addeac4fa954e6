package io.segue.bundles.sdk.service;

import io.segue.kernel.api.module.Context;
import java.lang.reflect.Proxy;

/** The context of handlers that use none. */
final class NoContext {
  private NoContext() {}

  static Context make() {
    return (Context)
        Proxy.newProxyInstance(
            NoContext.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) -> {
              throw new AssertionError("a handler used " + method.getName());
            });
  }
}
