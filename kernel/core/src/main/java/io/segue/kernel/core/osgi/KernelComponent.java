package io.segue.kernel.core.osgi;

import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.node.HoldingPart;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.StateExport;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.core.block.BlockThread;
import io.segue.kernel.core.exec.QueryLimits;
import io.segue.kernel.core.generation.Artifact;
import io.segue.kernel.core.generation.GenerationException;
import io.segue.kernel.core.node.Kernel;
import io.segue.kernel.core.node.KernelSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel in the framework: opens it when store, cryptography and settings are there, gives the
 * block loop a thread, and publishes {@link Application} and {@link Node}.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = {"io.segue.kernel", "io.segue.upgrade"},
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class KernelComponent {
  /** Framework property with the node's folder. */
  private static final String HOME = "segue.home";

  /** Framework property with the distribution's folder. */
  private static final String DISTRIBUTION = "segue.dist";

  /** Marks the service {@code ObjLongConsumer<OutputStream>} that exports the state. */
  private static final String EXPORT_PROPERTY = "segue.export";

  private static final Logger LOG = LoggerFactory.getLogger(KernelComponent.class);

  private final CommandLine commandLine;
  private final OsgiBundleSpace bundles;
  private final SidecarServices sidecars;
  private final ServiceTracker<HoldingPart, HoldingPart> parts;
  private final SidecarFolder sidecarFolder;
  private final DeployFolder deployFolder;
  private final BlockThread thread = new BlockThread();
  private final Kernel kernel;
  private final ServiceRegistration<Application> application;
  private final ServiceRegistration<Node> node;
  private final ServiceRegistration<?> export;

  /** Settings; the keys are described in {@code etc/}. */
  @interface Settings {
    String minimumGasPrices() default "";

    String sidecars() default "fetch";

    long generationIdleMs() default KernelSettings.GENERATION_IDLE_MS;

    String skip$_$heights() default "";

    String halt$_$height() default "0";

    String halt$_$time() default "0";

    long factoryTimeoutMs() default KernelSettings.FACTORY_TIMEOUT_MS;

    String admit() default "";

    long unusedArtifactsKeptMs() default KernelSettings.UNUSED_ARTIFACTS_KEPT_MS;

    long slowStepMs() default KernelSettings.SLOW_STEP_MS;

    long query$_$gas$_$limit() default QueryLimits.QUERY_GAS;

    long simulationGasLimit() default QueryLimits.SIMULATION_GAS;

    long queryTimeoutMs() default QueryLimits.TIMEOUT_MS;
  }

  /** Opens the kernel; an exception keeps the component, and with it the node, from starting. */
  @Activate
  public KernelComponent(
      BundleContext context,
      Settings settings,
      @Reference StateStore store,
      @Reference Crypto crypto)
      throws IOException, GenerationException {
    Path home = Path.of(required(context, HOME));
    commandLine = CommandLine.of(context);
    bundles = OsgiBundleSpace.open(context);
    sidecars = SidecarServices.open(context);
    parts = new ServiceTracker<>(context, HoldingPart.class, null);
    parts.open();
    sidecarFolder = SidecarFolder.open(context, home.resolve("sidecars"), sidecars);
    try {
      Path genesis = genesisFolder(home, Path.of(required(context, DISTRIBUTION)));
      kernel =
          Kernel.open(
              new Kernel.Parts(
                  home,
                  store,
                  crypto,
                  bundles,
                  () -> genesis(genesis),
                  sidecars::find,
                  commandLine.over(settings),
                  () -> List.of(parts.getServices(new HoldingPart[0])),
                  thread::wake));
    } catch (IOException | GenerationException | RuntimeException e) {
      LOG.error("The kernel does not start: {}", e.getMessage());
      sidecarFolder.close();
      sidecars.close();
      parts.close();
      bundles.close();
      throw e;
    }
    sidecars.onArrival(kernel.loop()::retry);
    thread.start(kernel.loop());
    application = context.registerService(Application.class, kernel.application(), null);
    node = context.registerService(Node.class, kernel.node(), null);
    export = register(context, kernel.export());
    deployFolder = DeployFolder.open(home.resolve("deploy"), kernel.node());
  }

  /** Has changed settings count in the running kernel. */
  @Modified
  void modified(Settings settings) {
    kernel.settings(commandLine.over(settings));
  }

  /** Stops after the piece of work at hand; what is not committed is dropped. */
  @Deactivate
  void stop() throws InterruptedException {
    deployFolder.close();
    application.unregister();
    node.unregister();
    export.unregister();
    thread.close();
    kernel.close();
    sidecarFolder.close();
    sidecars.close();
    parts.close();
    bundles.close();
  }

  /** The launcher knows no types but those of the JDK, so it finds the export under such a one. */
  private static ServiceRegistration<?> register(BundleContext context, StateExport export) {
    ObjLongConsumer<OutputStream> plain =
        (out, height) -> {
          try {
            export.write(height, out);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    context.registerService(
        ObjLongConsumer.class, plain, new Hashtable<>(Map.of(EXPORT_PROPERTY, true)));
    return context.registerService(StateExport.class, export, null);
  }

  /** The home's own, for a chain that another distribution started; else the distribution's. */
  private static Path genesisFolder(Path home, Path distribution) {
    Path own = home.resolve("genesis");
    return Files.isDirectory(own) ? own : distribution.resolve("genesis");
  }

  private static Artifact genesis(Path folder) throws IOException, GenerationException {
    Map<String, byte[]> jars = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
      for (Path file : files) {
        jars.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
      }
    }
    return Artifact.ofBundles(jars);
  }

  private static String required(BundleContext context, String property) {
    String value = context.getProperty(property);
    if (value == null) {
      throw new IllegalStateException(
          "the framework property " + property + " is not set; start the node with bin/segue");
    }
    return value;
  }
}
