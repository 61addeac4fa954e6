package io.segue.bundles.grpc;

import io.segue.kernel.api.node.GrpcQueries;
import io.segue.kernel.api.node.Interfaces;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the node's queries over gRPC for as long as the kernel is there. */
@Component(
    service = {},
    immediate = true,
    configurationPid = GrpcConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class GrpcComponent {
  private static final Logger log = LoggerFactory.getLogger(GrpcComponent.class);

  private final @Nullable GrpcServer server;

  @Activate
  public GrpcComponent(
      @Reference GrpcQueries queries, @Reference Interfaces interfaces, GrpcSettings settings) {
    server = open(settings, queries, interfaces);
  }

  @Deactivate
  public void deactivate() {
    if (server != null) {
      server.close();
    }
  }

  private static @Nullable GrpcServer open(
      GrpcSettings settings, GrpcQueries queries, Interfaces interfaces) {
    GrpcConfig config;
    try {
      config = GrpcConfig.of(settings);
    } catch (IllegalArgumentException e) {
      log.error("gRPC is not served: {}", e.getMessage());
      throw e;
    }
    if (!config.enabled()) {
      return null;
    }
    try {
      GrpcServer opened = GrpcServer.open(config, queries, interfaces);
      log.info("gRPC is served at {}:{}", config.host(), opened.port());
      return opened;
    } catch (IOException e) {
      log.error("gRPC is not served: {}", e.getMessage());
      return null;
    }
  }
}
