package io.segue.kernel.core.osgi;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** A Felix framework in this JVM; the kernel's API and slf4j come from the class path. */
public final class RealFramework implements AutoCloseable {
  private static final String PACKAGES =
      "org.slf4j;version=2.0.17,"
          + "io.segue.kernel.api.abci;version=1.0.0,"
          + "io.segue.kernel.api.module;version=1.0.0,"
          + "io.segue.kernel.api.store;version=1.0.0,"
          + "io.segue.kernel.api.upgrade;version=1.0.0";

  private final Framework framework;

  private RealFramework(Framework framework) {
    this.framework = framework;
  }

  public static RealFramework start(Path folder) throws BundleException {
    Map<String, String> settings = new HashMap<>();
    settings.put(Constants.FRAMEWORK_STORAGE, folder.toString());
    settings.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, PACKAGES);
    settings.put("felix.bootdelegation.implicit", "false");
    settings.put("felix.log.level", "1");
    Framework framework = new FrameworkFactory().newFramework(settings);
    framework.start();
    return new RealFramework(framework);
  }

  public BundleContext context() {
    return framework.getBundleContext();
  }

  @Override
  public void close() throws Exception {
    framework.stop();
    framework.waitForStop(10_000);
  }
}
