package io.segue.kernel.core.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.segue.kernel.admission.artifact.BundleFile;
import io.segue.kernel.admission.artifact.Content;
import io.segue.kernel.admission.artifact.Loading;
import io.segue.kernel.admission.artifact.TestBundle;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class UnmanagedBundlesTest {
  @TempDir Path folder;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private RealFramework framework;

  @BeforeEach
  void start() throws Exception {
    framework = RealFramework.start(folder);
    log.start();
    logger().setLevel(Level.WARN);
    logger().addAppender(log);
  }

  @AfterEach
  void stop() throws Exception {
    logger().detachAppender(log);
    logger().setLevel(null);
    framework.close();
  }

  @Test
  void aHandlerPutInByHandIsReportedOnceWithTheLineToUseInstead() throws Exception {
    framework.space();

    install(TestBundle.generation("v2"), "file:/home/me/v2.jar");
    install(TestBundle.of("x.library", "1.0.0"), "file:/home/me/library.jar");

    Awaitility.await().until(() -> !reports().isEmpty());
    framework.context().getBundle("file:/home/me/v2.jar").start();
    assertThat(reports())
        .singleElement()
        .asString()
        .contains("x.gen.v2 1.0.0")
        .contains("upgrade:deploy file:/home/me/v2.jar");
  }

  @Test
  void oneThatIsThereBeforeTheKernelIsReportedToo() throws Exception {
    install(TestBundle.module("bank", "2.0.0"), "file:/home/me/bank.jar");

    framework.space();

    assertThat(reports()).singleElement().asString().contains("x.bank 2.0.0");
  }

  @Test
  void whatTheKernelInstallsIsNoStray() throws Exception {
    OsgiBundleSpace space = framework.space();
    byte[] jar = TestBundle.module("bank", "2.0.0").jar();
    space.install(BundleFile.kept("the jar", Content.of(jar)), new Loading(1));
    install(TestBundle.module("gov", "2.0.0"), "file:/home/me/gov.jar");

    Awaitility.await().until(() -> !reports().isEmpty());
    assertThat(reports()).singleElement().asString().contains("x.gov");
  }

  private void install(TestBundle bundle, String location) throws Exception {
    framework.context().installBundle(location, new ByteArrayInputStream(bundle.jar()));
  }

  private List<String> reports() {
    return List.copyOf(log.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(UnmanagedBundles.class);
  }
}
