package io.segue.bundles.shell;

import io.segue.bundles.shell.command.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Felix's own {@code felix:update}, {@code felix:uninstall} and {@code felix:refresh}, which refuse
 * to touch the code of a generation and do as they always did with every other bundle. Gogo takes
 * the command of the highest service ranking.
 */
@Component(
    service = GuardedFelixCommands.class,
    property = {
      "osgi.command.scope=felix",
      "osgi.command.function=update",
      "osgi.command.function=uninstall",
      "osgi.command.function=refresh",
      Constants.SERVICE_RANKING + ":Integer=" + GuardedFelixCommands.RANKING
    })
public final class GuardedFelixCommands {
  static final int RANKING = 1000;

  /** What the kernel puts in front of the location of every bundle of a generation. */
  private static final String GENERATION = "segue:";

  private final FrameworkWiring framework;

  @Activate
  public GuardedFelixCommands(BundleContext context) {
    framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
  }

  /** {@code felix:update <bundle>}. */
  @Descriptor("update a bundle that belongs to no generation")
  public void update(@Descriptor("bundle to update") Bundle bundle)
      throws BundleException, CommandException {
    refuseLive("update", List.of(bundle));
    bundle.update();
  }

  /** {@code felix:update <bundle> <location>}. */
  @Descriptor("update a bundle that belongs to no generation from a file or URL")
  public void update(
      @Descriptor("bundle to update") Bundle bundle,
      @Descriptor("file or URL of its new bytes") String location)
      throws BundleException, IOException, CommandException {
    refuseLive("update", List.of(bundle));
    URI uri = location.contains(":/") ? URI.create(location) : Path.of(location).toUri();
    try (InputStream bytes = uri.toURL().openStream()) {
      bundle.update(bytes);
    }
  }

  /** {@code felix:uninstall <bundle> ...}. */
  @Descriptor("uninstall bundles that belong to no generation")
  public void uninstall(@Descriptor("bundles to uninstall") Bundle[] bundles)
      throws BundleException, CommandException {
    refuseLive("uninstall", Arrays.asList(bundles));
    for (Bundle bundle : bundles) {
      bundle.uninstall();
    }
  }

  /** {@code felix:refresh [<bundle> ...]}. */
  @Descriptor("refresh bundles, where no generation uses them; without arguments all that wait")
  public void refresh(@Descriptor("bundles to refresh") Bundle[] bundles) throws CommandException {
    Collection<Bundle> asked =
        bundles.length == 0 ? framework.getRemovalPendingBundles() : Arrays.asList(bundles);
    refuseLive("refresh", framework.getDependencyClosure(asked));
    framework.refreshBundles(asked);
  }

  private static void refuseLive(String command, Collection<Bundle> bundles)
      throws CommandException {
    Optional<Bundle> live =
        bundles.stream().filter(b -> b.getLocation().startsWith(GENERATION)).findFirst();
    if (live.isPresent()) {
      throw new CommandException(
          "felix:"
              + command
              + " is refused: it would stop "
              + live.get().getSymbolicName()
              + " "
              + live.get().getVersion()
              + " ["
              + live.get().getBundleId()
              + "], which a generation of the running chain consists of; new code comes with an"
              + " upgrade (upgrade:deploy), old code is removed by itself (upgrade:generations)");
    }
  }
}
