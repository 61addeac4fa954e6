package io.segue.bundles.consensus.solo.replay;

import io.segue.bundles.consensus.solo.agent.AgentThread;
import io.segue.bundles.consensus.solo.config.GenesisFile;
import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.upgrade.Sidecar;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Replays a block file on the node's application instead of making blocks, for as long as its
 * settings are there. {@code segue replay} makes a home that has them, and no other engine.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = ReplayComponent.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ReplayComponent {
  /** The name of its settings. */
  static final String PID = "io.segue.consensus.replay";

  private final ServiceRegistration<Sidecar> sidecar;
  private final AgentThread thread;

  @Activate
  public ReplayComponent(
      BundleContext context,
      ReplaySettings settings,
      @Reference Application application,
      @Reference Node node) {
    Path home = Path.of(context.getProperty("segue.home"));
    BundleFolder folder = new BundleFolder(Path.of(settings.bundles()));
    sidecar = context.registerService(Sidecar.class, new FolderSidecar(folder), null);
    AgentThread[] own = new AgentThread[1];
    ReplayAgent agent =
        new ReplayAgent(
            application,
            GenesisFile.read(home.resolve("config").resolve("genesis.json")),
            Path.of(settings.blocks()),
            new FolderSupply(node, folder),
            new ReplayReport(Path.of(settings.report())),
            () -> own[0].wake());
    thread = new AgentThread("segue-replay", agent);
    own[0] = thread;
    thread.start();
  }

  @Deactivate
  public void deactivate() {
    sidecar.unregister();
    thread.close();
  }
}
