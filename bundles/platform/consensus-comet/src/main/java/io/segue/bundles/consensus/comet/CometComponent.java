package io.segue.bundles.consensus.comet;

import io.segue.bundles.consensus.comet.abci.AbciServer;
import io.segue.bundles.consensus.comet.abci.ListenAddress;
import io.segue.bundles.consensus.comet.rpc.Agreement;
import io.segue.bundles.consensus.comet.rpc.CometEngine;
import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.node.HoldingPart;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.NodeHold;
import io.segue.kernel.api.node.NodeState;
import io.segue.kernel.api.node.PartFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

/**
 * Serves the node's application to CometBFT for as long as its settings are there, and gives the
 * node's servers CometBFT as their engine: also while it does not run, as they then say so.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = CometComponent.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class CometComponent {
  static final String PID = "io.segue.consensus.comet";

  /** The part of the node that its holds are of. */
  private static final String ENGINE = "engine";

  /** States of a node that has a block in hand for long. */
  private static final Set<NodeState> AT_A_BLOCK =
      EnumSet.of(NodeState.STARTING, NodeState.PREPARING, NodeState.UPGRADING);

  private static final String SOLO_SETTINGS = "etc/io.segue.consensus.solo.cfg";
  private static final Logger log = LoggerFactory.getLogger(CometComponent.class);

  private final BundleContext context;
  private final CometSettings settings;
  private final Path home;
  private final List<ServiceRegistration<?>> published = new ArrayList<>();
  private @Nullable AbciServer server;
  private @Nullable CometBftProcess child;
  private @Nullable CometEngine engine;
  private @Nullable Agreement agreement;

  @Activate
  public CometComponent(
      BundleContext context,
      @Reference Application application,
      @Reference Node node,
      CometSettings settings) {
    this.context = context;
    this.settings = settings;
    this.home = Path.of(context.getProperty("segue.home"));
    if (Files.exists(home.resolve(SOLO_SETTINGS))) {
      failed("etc has the settings of two engines; remove " + SOLO_SETTINGS + ", or " + file());
      return;
    }
    try {
      URI rpc = URI.create(settings.rpc());
      AbciServer opened =
          AbciServer.open(
              ListenAddress.parse(settings.address()), application, settings.maxMessageBytes());
      server = opened;
      child = child(opened);
      Awaiting awaiting = new Awaiting(opened);
      published.add(context.registerService(HoldingPart.class, awaiting, null));
      CometEngine asked =
          new CometEngine(
              rpc,
              Duration.ofMillis(settings.rpcTimeoutMs()),
              application,
              () -> node.status().chainId(),
              () -> awaiting.hold().map(NodeHold::text).orElse(""),
              home.resolve("config").resolve("genesis.json"));
      engine = asked;
      published.add(context.registerService(Engine.class, asked, null));
      Agreement watched = asked.agreement(() -> opened.isDriven() && isBetweenBlocks(node)).start();
      agreement = watched;
      published.add(context.registerService(HoldingPart.class, watched, null));
      log.info("CometBFT is awaited at {} (its proxy_app)", settings.address());
    } catch (IllegalArgumentException e) {
      failed("address or rpc in " + file() + ": " + e.getMessage());
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

  /** CometBFT, where the node runs it itself. */
  private @Nullable CometBftProcess child(AbciServer opened) {
    return settings.cometbft().isBlank()
        ? null
        : CometBftProcess.start(
            settings.cometbft().strip(), home, settings.address(), opened::isConnected);
  }

  @Deactivate
  public void deactivate() {
    published.forEach(ServiceRegistration::unregister);
    if (engine != null) {
      engine.close();
    }
    if (agreement != null) {
      agreement.close();
    }
    if (child != null) {
      child.close();
    }
    if (server != null) {
      server.close();
    }
  }

  /** Whether the node has no block in hand, and none holds it. */
  private static boolean isBetweenBlocks(Node node) {
    return !AT_A_BLOCK.contains(node.status().state())
        && node.slowSteps().isEmpty()
        && node.holds().stream()
            .allMatch(hold -> hold.part().equals(ENGINE) || !hold.stopsBlocks());
  }

  /** Holds the node while no CometBFT drives it. */
  private final class Awaiting implements HoldingPart {
    private final AbciServer opened;

    Awaiting(AbciServer opened) {
      this.opened = opened;
    }

    @Override
    public Optional<NodeHold> hold() {
      return opened.isDriven()
          ? Optional.empty()
          : Optional.of(
              new NodeHold(
                  ENGINE, "NO_COMETBFT", "no CometBFT drives this node", nextStep(), true));
    }

    private String nextStep() {
      if (child != null) {
        return child.trouble().orElse("the node runs it: where it starts or catches up, wait");
      }
      return "start it with proxy_app = "
          + settings.address()
          + ": cometbft start --home "
          + home
          + "; where it starts or catches up, wait";
    }

    @Override
    public void retry() {
      // CometBFT connects by itself, every few seconds.
    }
  }

  private void failed(String reason) {
    PartFailure why = new PartFailure("the engine", reason);
    log.error("{}", why.text());
    published.add(context.registerService(PartFailure.class, why, null));
  }

  private static String file() {
    return "etc/" + PID + ".cfg";
  }
}
