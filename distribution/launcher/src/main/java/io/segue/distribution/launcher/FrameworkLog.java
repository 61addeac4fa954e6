package io.segue.distribution.launcher;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.log.LogService;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerConsumer;
import org.osgi.service.log.LoggerFactory;

/**
 * What the framework and its services report, on top of slf4j, so that it is in the log and not
 * only on the console: the framework's own logger, and OSGi's log service for Declarative Services
 * and the others. The loggers of OSGi and of slf4j have the same methods, so each call goes to its
 * namesake.
 */
final class FrameworkLog extends org.apache.felix.framework.Logger {
  /**
   * What the framework's services tell of themselves when all is well is of no use to operators.
   */
  private static final Map<String, String> NAMESAKES =
      Map.of("audit", "debug", "info", "debug", "isInfoEnabled", "isDebugEnabled");

  private final org.slf4j.Logger framework =
      org.slf4j.LoggerFactory.getLogger("org.osgi.framework");

  /** Registers the log service. */
  void register(BundleContext context) {
    context.registerService(
        new String[] {LogService.class.getName(), LoggerFactory.class.getName()},
        proxy(LogService.class, this::service),
        null);
  }

  @Override
  protected void doLog(int level, String text, @Nullable Throwable reason) {
    framework.atLevel(level(level)).setCause(reason).log(text);
  }

  private interface Calls {
    @Nullable Object call(Object self, Method method, Object[] args) throws Exception;
  }

  private static <T> T proxy(Class<T> type, Calls calls) {
    return type.cast(
        Proxy.newProxyInstance(
            FrameworkLog.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) -> calls.call(self, method, args == null ? new Object[0] : args)));
  }

  /** {@code getLogger} with name or class, and the older {@code log} with level and text. */
  private @Nullable Object service(Object self, Method method, Object[] args) throws Exception {
    if (method.getName().equals("getLogger")) {
      Object name = args[0] instanceof Bundle ? args[1] : args[0];
      Object last = args[args.length - 1];
      Class<?> type = args.length > 1 && last instanceof Class<?> given ? given : Logger.class;
      org.slf4j.Logger target =
          org.slf4j.LoggerFactory.getLogger(
              name instanceof Class<?> named ? named.getName() : String.valueOf(name));
      return proxy(type, (logger, call, values) -> log(target, logger, call, values));
    }
    if (method.getName().equals("log")) {
      int first = args[0] instanceof Integer ? 0 : 1;
      Throwable reason = args.length > first + 2 ? (Throwable) args[first + 2] : null;
      doLog((int) args[first], String.valueOf(args[first + 1]), reason);
      return null;
    }
    return method.invoke(this, args);
  }

  private static @Nullable Object log(
      org.slf4j.Logger target, Object logger, Method method, Object[] args) throws Exception {
    if (args.length == 1 && args[0] instanceof LoggerConsumer<?> consumer) {
      consumer.accept((Logger) logger);
      return null;
    }
    String name = NAMESAKES.getOrDefault(method.getName(), method.getName());
    try {
      return org.slf4j.Logger.class
          .getMethod(name, method.getParameterTypes())
          .invoke(target, args);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static org.slf4j.event.Level level(int level) {
    return switch (level) {
      case LOG_ERROR -> org.slf4j.event.Level.ERROR;
      case LOG_WARNING -> org.slf4j.event.Level.WARN;
      case LOG_INFO -> org.slf4j.event.Level.INFO;
      default -> org.slf4j.event.Level.DEBUG;
    };
  }
}
