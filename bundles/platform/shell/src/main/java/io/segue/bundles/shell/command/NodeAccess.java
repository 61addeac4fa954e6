package io.segue.bundles.shell.command;

import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.NodeSettings;
import io.segue.kernel.api.node.NodeSettings.Fault;
import io.segue.kernel.api.node.PartFailure;
import io.segue.kernel.api.upgrade.Sidecar;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The kernel's services as they come and go. The commands are there from the first moment, so that
 * a node whose kernel does not start can be looked at.
 */
@Component(service = NodeAccess.class)
public final class NodeAccess {
  private final Path home;
  private final List<Sidecar> sidecars = new CopyOnWriteArrayList<>();
  private volatile @Nullable Node node;
  private volatile @Nullable Application application;
  private volatile @Nullable Engine engine;
  private volatile @Nullable NodeSettings settings;
  private final List<PartFailure> failures = new CopyOnWriteArrayList<>();

  @Activate
  public NodeAccess(BundleContext context) {
    this(Path.of(context.getProperty("segue.home")));
  }

  public NodeAccess(Path home) {
    this.home = home;
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  public void setNode(Node given) {
    node = given;
  }

  public void unsetNode(Node gone) {
    node = null;
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  public void setApplication(Application given) {
    application = given;
  }

  void unsetApplication(Application gone) {
    application = null;
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  public void setEngine(Engine given) {
    engine = given;
  }

  public void unsetEngine(Engine gone) {
    engine = null;
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  public void setSettings(NodeSettings given) {
    settings = given;
  }

  void unsetSettings(NodeSettings gone) {
    settings = null;
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "removeFailure")
  public void addFailure(PartFailure given) {
    failures.add(given);
  }

  void removeFailure(PartFailure gone) {
    failures.remove(gone);
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "removeSidecar")
  public void addSidecar(Sidecar given) {
    sidecars.add(given);
  }

  public void removeSidecar(Sidecar gone) {
    sidecars.remove(gone);
  }

  /** The node's folder. */
  public Path home() {
    return home;
  }

  /** The kernel's node, if the kernel runs. */
  public Optional<Node> find() {
    return Optional.ofNullable(node);
  }

  public Node node() throws CommandException {
    return find().orElseThrow(this::notUp);
  }

  public Application application() throws CommandException {
    Application present = application;
    if (present == null) {
      throw notUp();
    }
    return present;
  }

  /** The engine; refuses where none runs. */
  public Engine engine() throws CommandException {
    return findEngine()
        .orElseThrow(
            () ->
                new CommandException(
                    failures.isEmpty()
                        ? "no engine runs, so there are no blocks; see scr:list where one should run"
                        : failure()));
  }

  /** The engine, if one runs. */
  public Optional<Engine> findEngine() {
    return Optional.ofNullable(engine);
  }

  /** What of the settings can't be used. */
  public List<Fault> settingsFaults() {
    NodeSettings present = settings;
    return present == null ? List.of() : present.faults();
  }

  /** Why parts do not run, in one line; empty where all do that have to. */
  public String failure() {
    return String.join("; ", failures.stream().map(PartFailure::text).toList());
  }

  public Optional<Sidecar> sidecar(String name) {
    return sidecars.stream().filter(sidecar -> sidecar.name().equals(name)).findFirst();
  }

  /** Why the kernel is not there: it failed, it may not start, or it has not started yet. */
  private CommandException notUp() {
    if (!failures.isEmpty()) {
      return new CommandException("the kernel does not run: " + failure());
    }
    List<String> lost =
        settingsFaults().stream().filter(f -> f.key().isEmpty()).map(Fault::text).toList();
    return new CommandException(
        lost.isEmpty()
            ? "the node is starting; try again in a moment. If this continues, "
                + home.resolve("log").resolve("segue.log")
                + " and scr:list show what it waits for"
            : "the kernel does not run: " + String.join("; ", lost));
  }
}
