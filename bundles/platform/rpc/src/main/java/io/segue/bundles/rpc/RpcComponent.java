package io.segue.bundles.rpc;

import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.NodeHold;
import io.segue.kernel.api.node.NodeSettings;
import io.segue.kernel.api.node.NodeSettings.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the engine's chain over JSON-RPC for as long as the engine is there: also before the first
 * block, as CometBFT does, and while the next one is held. An engine that serves it itself is left
 * alone.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = RpcConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class RpcComponent {
  private static final Logger log = LoggerFactory.getLogger(RpcComponent.class);

  private final @Nullable RpcServer server;

  @Activate
  public RpcComponent(
      @Reference Engine engine,
      @Reference Application application,
      @Reference Node node,
      @Reference NodeSettings nodeSettings,
      RpcSettings settings) {
    this(checked(settings), engine, application, node::holds, nodeSettings::faults);
  }

  RpcComponent(
      RpcConfig config,
      Engine engine,
      Application application,
      Supplier<List<NodeHold>> holds,
      Supplier<List<Fault>> faults) {
    server = open(config, engine, application, holds, faults);
  }

  @Deactivate
  public void deactivate() {
    if (server != null) {
      server.close();
    }
  }

  private static RpcConfig checked(RpcSettings settings) {
    try {
      return RpcConfig.of(settings);
    } catch (IllegalArgumentException e) {
      log.error("JSON-RPC is not served: {}", e.getMessage());
      throw e;
    }
  }

  private static @Nullable RpcServer open(
      RpcConfig config,
      Engine engine,
      Application application,
      Supplier<List<NodeHold>> holds,
      Supplier<List<Fault>> faults) {
    Optional<URI> own = engine.ownRpc();
    if (own.isPresent()) {
      log.error(
          "JSON-RPC is not served: CometBFT serves it at {}; remove etc/{}.cfg",
          own.get(),
          RpcConfig.PID);
      return null;
    }
    try {
      RpcServer opened = new RpcServer(config, engine, application, holds, faults);
      log.info("JSON-RPC is served at http://{}:{}", config.http().host(), opened.port());
      return opened;
    } catch (IOException | UncheckedIOException e) {
      log.error("JSON-RPC is not served: {}", e.getMessage());
      return null;
    }
  }
}
