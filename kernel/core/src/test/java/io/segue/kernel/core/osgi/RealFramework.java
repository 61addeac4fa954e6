package io.segue.kernel.core.osgi;

import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.connect.ConnectModule;
import org.osgi.framework.connect.ModuleConnector;
import org.osgi.framework.launch.Framework;

/** A Felix framework in this JVM; the kernel's API and slf4j come from the class path. */
public final class RealFramework implements AutoCloseable {
  private static final String PACKAGES =
      "org.slf4j;version=2.0.17,"
          + "io.segue.kernel.api.abci;version=1.0.0,"
          + "io.segue.kernel.api.guard;version=1.0.0,"
          + "io.segue.kernel.api.module;version=1.0.0,"
          + "io.segue.kernel.api.store;version=1.0.0,"
          + "io.segue.kernel.api.upgrade;version=1.0.0";

  private final Framework framework;
  private final Map<String, ConnectModule> contents;

  private RealFramework(Framework framework, Map<String, ConnectModule> contents) {
    this.framework = framework;
    this.contents = contents;
  }

  public static RealFramework start(Path folder) throws BundleException {
    Map<String, String> settings = new HashMap<>();
    settings.put(Constants.FRAMEWORK_STORAGE, folder.toString());
    settings.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, PACKAGES);
    settings.put("felix.bootdelegation.implicit", "false");
    settings.put("felix.log.level", "1");
    Map<String, ConnectModule> contents = new ConcurrentHashMap<>();
    Framework framework = new FrameworkFactory().newFramework(settings, new Connector(contents));
    framework.start();
    return new RealFramework(framework, contents);
  }

  public BundleContext context() {
    return framework.getBundleContext();
  }

  /** Opens the space of this framework. */
  public OsgiBundleSpace space() {
    return OsgiBundleSpace.open(context(), contents);
  }

  @Override
  public void close() throws Exception {
    framework.stop();
    framework.waitForStop(10_000);
  }

  /** As the launcher's. */
  private record Connector(Map<String, ConnectModule> contents) implements ModuleConnector {
    @Override
    public void initialize(File storage, Map<String, String> configuration) {}

    @Override
    public Optional<ConnectModule> connect(String location) throws BundleException {
      ConnectModule module = contents.get(location);
      if (module == null && location.startsWith(OsgiBundleSpace.LOCATION)) {
        throw new BundleException("the kernel has no bundle at " + location);
      }
      return Optional.ofNullable(module);
    }

    @Override
    public Optional<BundleActivator> newBundleActivator() {
      return Optional.empty();
    }
  }
}
