package io.segue.kernel.core.upgrade;

import io.segue.kernel.api.upgrade.Sidecar;
import io.segue.kernel.core.content.FolderRights;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The sidecars that a plan may ask for: those that the operator's setting names and some bundle
 * offers. Any thread.
 */
public final class AllowedSidecars {
  private static final String SETTING = "etc/io.segue.upgrade.cfg";

  private final Path settings;
  private final Supplier<Set<String>> allowed;
  private final Function<String, Optional<Sidecar>> offered;

  /**
   * Nothing is looked up yet.
   *
   * @param settings the folder of the operator's settings, in which sidecars read what they may do
   * @param allowed names in the setting {@code sidecars} at the moment
   * @param offered finds what bundles offer at the moment, by name
   */
  public AllowedSidecars(
      Path settings, Supplier<Set<String>> allowed, Function<String, Optional<Sidecar>> offered) {
    this.settings = settings;
    this.allowed = allowed;
    this.offered = offered;
  }

  /**
   * The sidecar of a name, for one run.
   *
   * @throws GenerationException where the setting does not name it, no bundle offers it, or others
   *     may write to the settings; says which
   * @throws IOException where the rights of the settings can't be read
   */
  Sidecar named(String name) throws GenerationException, IOException {
    requireOwnSettings();
    Set<String> now = allowed.get();
    if (!now.contains(name)) {
      throw missing(
          name,
          "which this node does not allow (sidecars = " + String.join(",", new TreeSet<>(now)),
          "add it to sidecars in " + SETTING + " where it may run");
    }
    return offered
        .apply(name)
        .orElseThrow(
            () ->
                missing(
                    name,
                    "which no bundle offers (it is allowed by sidecars in " + SETTING,
                    "see etc/io.segue.sidecar." + name + ".cfg, or put its bundle into sidecars/"));
  }

  /** Who writes there decides what sidecars fetch and run. */
  private void requireOwnSettings() throws GenerationException, IOException {
    if (!Files.isDirectory(settings)) {
      return;
    }
    List<Path> all = new ArrayList<>(List.of(settings));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(settings)) {
      files.forEach(all::add);
    }
    for (Path path : all) {
      Optional<String> open = FolderRights.open(path);
      if (open.isPresent()) {
        throw new GenerationException(
            HoldReason.SIDECAR_MISSING,
            "no sidecar runs while others may write to %s (%s); chmod go-w %s"
                .formatted(path, open.get(), path));
      }
    }
  }

  private static GenerationException missing(String name, String why, String next) {
    return new GenerationException(
        HoldReason.SIDECAR_MISSING,
        "the plan asks for the sidecar " + name + ", " + why + "); " + next);
  }
}
