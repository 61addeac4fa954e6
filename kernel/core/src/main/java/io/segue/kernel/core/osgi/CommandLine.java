package io.segue.kernel.core.osgi;

import io.segue.kernel.core.block.HeightSettings;
import io.segue.kernel.core.check.QueryLimits;
import io.segue.kernel.core.node.KernelSettings;
import io.segue.kernel.core.node.SnapshotSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;

/**
 * What was given to {@code segue start}, as framework properties; it goes over what the settings
 * say, as the Cosmos SDK's flags go over its configuration.
 *
 * @param haltHeight {@code --halt-height}; empty where it was not given
 * @param haltTime {@code --halt-time}
 * @param skipHeights {@code --unsafe-skip-upgrades}; added to those of the settings
 * @param allowUnbound {@code --allow-unbound}
 */
record CommandLine(String haltHeight, String haltTime, String skipHeights, boolean allowUnbound) {
  private static final String PREFIX = "segue.";

  /** What the settings have where the operator's value can't be read and none was in force. */
  private static final String UNKNOWN = "unknown";

  static CommandLine of(BundleContext context) {
    return new CommandLine(
        property(context, "halt-height"),
        property(context, "halt-time"),
        property(context, "unsafe-skip-upgrades"),
        Boolean.parseBoolean(property(context, "allow-unbound")));
  }

  /** The settings that count. */
  KernelSettings over(KernelComponent.Settings settings) {
    return new KernelSettings(
        settings.minimumGasPrices(),
        names(settings.sidecars()),
        settings.generationIdleMs(),
        heights(settings),
        settings.factoryTimeoutMs(),
        names(settings.admit()),
        settings.unusedArtifactsKeptMs(),
        settings.slowStepMs(),
        settings.stepTimeoutMs(),
        settings.upgradeStepTimeoutMs(),
        new QueryLimits(
            settings.query$_$gas$_$limit(),
            settings.simulationGasLimit(),
            settings.queryTimeoutMs(),
            settings.queriesAtOnce()),
        settings.min$_$retain$_$blocks(),
        new SnapshotSettings(settings.snapshot$_$interval(), settings.snapshot$_$keep$_$recent()),
        allowUnbound);
  }

  /** Where it is not known what the operator wants, no block is executed. */
  private HeightSettings heights(KernelComponent.Settings settings) {
    String height = haltHeight.isEmpty() ? settings.halt$_$height() : haltHeight;
    String time = haltTime.isEmpty() ? settings.halt$_$time() : haltTime;
    String skipped = settings.skip$_$heights();
    if (List.of(height, time, skipped).contains(UNKNOWN)) {
      return HeightSettings.UNKNOWN;
    }
    Set<Long> heights = new TreeSet<>(heights("skip-heights", skipped));
    heights.addAll(heights("--unsafe-skip-upgrades", skipHeights));
    return new HeightSettings(
        Set.copyOf(heights), number("halt-height", height), number("halt-time", time));
  }

  private static Set<Long> heights(String setting, String list) {
    return names(list).stream()
        .map(height -> number(setting, height))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static long number(String setting, String text) {
    if (!text.matches("[0-9]{1,19}")) {
      throw new IllegalArgumentException(
          setting + " has '" + text + "', which is no number of 0 or more; fix the setting");
    }
    return Long.parseLong(text);
  }

  private static Set<String> names(String list) {
    return Arrays.stream(list.split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String property(BundleContext context, String name) {
    String value = context.getProperty(PREFIX + name);
    return value == null ? "" : value;
  }
}
