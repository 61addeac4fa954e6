package io.segue.distribution.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.Felix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.log.LogService;

class FrameworkLogTest {
  private final Logger root =
      (Logger) org.slf4j.LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final FrameworkLog log = new FrameworkLog();
  private final Felix framework;

  FrameworkLogTest(@TempDir Path cache) {
    framework =
        new Felix(Map.of("felix.log.logger", log, Constants.FRAMEWORK_STORAGE, cache.toString()));
  }

  @BeforeEach
  void start() throws Exception {
    framework.start();
    root.setLevel(Level.INFO);
    logged.start();
    root.addAppender(logged);
  }

  @AfterEach
  void stop() throws Exception {
    root.detachAppender(logged);
    framework.stop();
    framework.waitForStop(0);
  }

  @Test
  void passesOnWhatTheFrameworkReports() {
    log.log(FrameworkLog.LOG_ERROR, "the framework fails");

    assertThat(lines()).containsExactly("ERROR org.osgi.framework: the framework fails");
  }

  @Test
  void passesOnWhatServicesReportByLogger() {
    IllegalStateException reason = new IllegalStateException("reason");
    org.osgi.service.log.Logger logger = service().getLogger("a.component");

    logger.error("{} of {} failed", "one", "two", reason);
    logger.warn("careful");

    assertThat(lines())
        .containsExactly("ERROR a.component: one of two failed", "WARN a.component: careful");
    assertThat(logged.list.get(0).getThrowableProxy().getMessage()).isEqualTo("reason");
  }

  @Test
  void passesOnWhatServicesReportByLevel() {
    service().log(LogService.LOG_ERROR, "wrong", new IllegalStateException("reason"));

    assertThat(lines()).containsExactly("ERROR org.osgi.framework: wrong");
    assertThat(logged.list.get(0).getThrowableProxy().getMessage()).isEqualTo("reason");
  }

  @Test
  void keepsWhatServicesTellOfThemselvesForDebugging() {
    org.osgi.service.log.Logger logger =
        service().getLogger(framework, "a.component", org.osgi.service.log.Logger.class);

    logger.info("started");
    logger.audit("started");

    assertThat(logger.isInfoEnabled()).isFalse();
    assertThat(logger.isWarnEnabled()).isTrue();
    assertThat(lines()).isEmpty();
  }

  private LogService service() {
    BundleContext context = framework.getBundleContext();
    log.register(context);
    return context.getService(context.getServiceReference(LogService.class));
  }

  private List<String> lines() {
    return logged.list.stream()
        .map(e -> e.getLevel() + " " + e.getLoggerName() + ": " + e.getFormattedMessage())
        .toList();
  }
}
