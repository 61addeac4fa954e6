package io.segue.bundles.consensus.comet;

import io.segue.bundles.consensus.comet.abci.AbciServer;
import io.segue.bundles.consensus.comet.abci.ListenAddress;
import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.node.PartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the node's application to CometBFT for as long as its settings are there. */
@Component(
    service = {},
    immediate = true,
    configurationPid = CometComponent.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class CometComponent {
  static final String PID = "io.segue.consensus.comet";

  private static final String SOLO_SETTINGS = "etc/io.segue.consensus.solo.cfg";
  private static final Logger log = LoggerFactory.getLogger(CometComponent.class);

  private final BundleContext context;
  private @Nullable AbciServer server;
  private @Nullable ServiceRegistration<PartFailure> failure;

  @Activate
  public CometComponent(
      BundleContext context, @Reference Application application, CometSettings settings) {
    this.context = context;
    if (Files.exists(Path.of(context.getProperty("segue.home"), SOLO_SETTINGS))) {
      failed("etc has the settings of two engines; remove " + SOLO_SETTINGS + ", or " + file());
      return;
    }
    try {
      AbciServer opened =
          AbciServer.open(
              ListenAddress.parse(settings.address()), application, settings.maxMessageBytes());
      server = opened;
      log.info("CometBFT is awaited at {} (its proxy_app)", settings.address());
    } catch (IllegalArgumentException e) {
      failed("address in " + file() + ": " + e.getMessage());
    } catch (IOException e) {
      failed(
          settings.address()
              + " can't be listened on: "
              + FailureText.of(e)
              + "; set another address in "
              + file()
              + ", and as CometBFT's proxy_app");
    }
  }

  @Deactivate
  public void deactivate() {
    if (server != null) {
      server.close();
    }
    if (failure != null) {
      failure.unregister();
    }
  }

  private void failed(String reason) {
    PartFailure why = new PartFailure("the engine", reason);
    log.error("{}", why.text());
    failure = context.registerService(PartFailure.class, why, null);
  }

  private static String file() {
    return "etc/" + PID + ".cfg";
  }
}
