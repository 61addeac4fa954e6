package io.segue.bundles.rest;

import io.segue.bundles.http.HttpServer;
import io.segue.bundles.http.HttpSettings;
import io.segue.kernel.api.node.GrpcQueries;
import io.segue.kernel.api.node.Interfaces;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves REST for as long as the kernel is open. A port in use is said, and stops nothing else. */
@Component(
    service = {},
    immediate = true,
    configurationPid = RestComponent.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class RestComponent {
  static final String PID = "io.segue.rest";

  private static final Logger log = LoggerFactory.getLogger(RestComponent.class);

  private final @Nullable HttpServer server;

  @Activate
  public RestComponent(
      @Reference Interfaces interfaces, @Reference GrpcQueries queries, RestSettings settings) {
    server = open(settings, new RestHandler(new RestApi(interfaces, queries)));
  }

  @Deactivate
  public void deactivate() {
    if (server != null) {
      server.close();
    }
  }

  private static @Nullable HttpServer open(RestSettings settings, RestHandler handler) {
    try {
      HttpServer opened =
          HttpServer.open(
              HttpSettings.of("rest", "etc/" + PID + ".cfg")
                  .listen(settings.host(), settings.port())
                  .corsAllowedOrigins(settings.corsAllowedOrigins())
                  .corsAllowedHeaders(List.of(RestHandler.HEIGHT))
                  .allowedHosts(settings.allowedHosts())
                  .maxBodyBytes(settings.maxBodyBytes())
                  .threads(settings.threads()),
              handler);
      log.info("REST is served at http://{}:{}", settings.host(), opened.port());
      return opened;
    } catch (IOException | IllegalArgumentException e) {
      log.error("REST is not served: {}", e.getMessage());
      return null;
    }
  }
}
