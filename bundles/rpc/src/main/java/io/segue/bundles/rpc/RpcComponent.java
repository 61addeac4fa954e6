package io.segue.bundles.rpc;

import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.engine.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the engine's chain over JSON-RPC. The server opens once the first block is committed:
 * clients can't make anything of a chain without blocks.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = RpcConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class RpcComponent {
  private static final Logger log = LoggerFactory.getLogger(RpcComponent.class);

  private final RpcConfig config;
  private final Engine engine;
  private final Application application;
  private final AutoCloseable blocks;
  private @Nullable RpcServer server;
  private boolean stopped;

  @Activate
  public RpcComponent(
      @Reference Engine engine, @Reference Application application, RpcSettings settings) {
    this(checked(settings), engine, application);
  }

  RpcComponent(RpcConfig config, Engine engine, Application application) {
    this.config = config;
    this.engine = engine;
    this.application = application;
    blocks = engine.onBlock(height -> openOnce());
    if (engine.height() > 0) {
      openOnce();
    }
  }

  @Deactivate
  public synchronized void deactivate() throws Exception {
    stopped = true;
    blocks.close();
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

  private synchronized void openOnce() {
    if (server != null || stopped) {
      return;
    }
    try {
      RpcServer opened = new RpcServer(config, engine, application);
      server = opened;
      log.info("JSON-RPC is served at http://{}:{}", config.host(), opened.port());
    } catch (IOException | UncheckedIOException e) {
      stopped = true;
      log.error("JSON-RPC is not served: {}", e.getMessage());
    }
  }
}
