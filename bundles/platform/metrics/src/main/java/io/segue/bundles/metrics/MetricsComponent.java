package io.segue.bundles.metrics;

import io.prometheus.metrics.config.MetricsProperties;
import io.prometheus.metrics.config.PrometheusProperties;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.segue.bundles.http.HttpServer;
import io.segue.bundles.http.HttpSettings;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.NodeSettings;
import io.segue.kernel.api.node.PartFailure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves metrics and health for as long as its settings are there, whatever else runs. */
@Component(
    service = {},
    immediate = true,
    configurationPid = MetricsComponent.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class MetricsComponent implements Sources {
  static final String PID = "io.segue.metrics";

  private static final Logger log = LoggerFactory.getLogger(MetricsComponent.class);

  private final String version;
  private final @Nullable HttpServer server;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Node node;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable NodeSettings settings;

  @Reference(policy = ReferencePolicy.DYNAMIC)
  private final List<PartFailure> failures = new CopyOnWriteArrayList<>();

  private volatile @Nullable Counted counted;

  /** An engine, what is counted of its blocks, and what ends the counting. */
  private record Counted(Engine engine, BlockCounts counts, AutoCloseable listener) {}

  @Activate
  public MetricsComponent(BundleContext context, MetricsSettings config) {
    version = context.getBundle().getVersion().toString();
    server = open(config);
  }

  private @Nullable HttpServer open(MetricsSettings config) {
    try {
      HttpServer opened =
          HttpServer.open(
              HttpSettings.of("metrics", "etc/" + PID + ".cfg")
                  .listen(config.host(), config.port())
                  .allowedHosts(config.allowedHosts()),
              new MetricsServer(this::registry, () -> ReadinessProbe.obstacles(this)));
      log.info("Metrics are served at http://{}:{}/metrics", config.host(), opened.port());
      return opened;
    } catch (IOException | IllegalArgumentException e) {
      log.error("Metrics are not served: {}", e.getMessage());
      return null;
    }
  }

  /** What is told, and by whom; the start of a node does not wait for it. */
  private PrometheusRegistry registry() {
    PrometheusRegistry registry = new PrometheusRegistry();
    JvmMetrics.builder(withoutExemplars()).register(registry);
    registry.register(
        new NodeMetrics(this, () -> Optional.ofNullable(counted).map(Counted::counts), version));
    return registry;
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  synchronized void addEngine(Engine engine) {
    BlockCounts counts = new BlockCounts(engine);
    counted = new Counted(engine, counts, engine.onBlock(counts));
  }

  synchronized void removeEngine(Engine engine) {
    Counted old = counted;
    if (old == null || !old.engine().equals(engine)) {
      return;
    }
    counted = null;
    try {
      old.listener().close();
    } catch (Exception e) {
      log.warn("the metrics still hear of blocks of an engine that is gone", e);
    }
  }

  @Deactivate
  public void deactivate() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  public Optional<Node> node() {
    return Optional.ofNullable(node);
  }

  @Override
  public Optional<Engine> engine() {
    return Optional.ofNullable(counted).map(Counted::engine);
  }

  @Override
  public Optional<NodeSettings> settings() {
    return Optional.ofNullable(settings);
  }

  @Override
  public List<PartFailure> failures() {
    return List.copyOf(failures);
  }

  /** Who samples exemplars looks for classes of tracers, which are not here. */
  private static PrometheusProperties withoutExemplars() {
    return PrometheusProperties.builder()
        .defaultMetricsProperties(MetricsProperties.builder().exemplarsEnabled(false).build())
        .build();
  }
}
