package io.segue.bundles.settings;

import io.segue.kernel.api.node.NodeSettings.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one part: what counts now, and what is wrong with its file.
 *
 * <ol>
 *   <li>A value that can't be used leaves the one in force, or where none is, at the start, the
 *       default, or what the rule names where the default would do harm.
 *   <li>Where that does not go with the other values of the file, all of what was in force stays.
 *   <li>A key that there is none of does nothing but be told of. Where it came while the node runs,
 *       keys that are no longer in the file keep their values: one of them is probably meant.
 *   <li>A file that is gone or can't be read leaves everything as it was.
 * </ol>
 *
 * <p>Thread safety: one thread offers; {@link #faults} may be read by any.
 */
final class PartSettings {
  private final String file;
  private final SettingsTemplate template;
  private @Nullable Map<String, String> inForce;
  private volatile List<Fault> faults = List.of();

  /**
   * @param file as the operator knows it
   */
  PartSettings(String file, SettingsTemplate template) {
    this.file = file;
    this.template = template;
  }

  /** What can't be used of the file now. */
  List<Fault> faults() {
    return faults;
  }

  /** What counts now; empty where nothing was ever offered. */
  Optional<Map<String, String>> inForce() {
    return Optional.ofNullable(inForce);
  }

  /** The file is gone or can't be read. */
  void lost(String why) {
    if (inForce != null || template.needed()) {
      faults =
          List.of(
              new Fault(
                  file,
                  "",
                  "",
                  why,
                  inForce == null
                      ? "nothing, and the node does not run without it"
                      : "what was in force before"));
    }
  }

  /** Takes what stands in the file; {@link #inForce} is what counts from now on. */
  void offer(Map<String, String> given) {
    Map<String, String> before = inForce;
    Map<String, String> values = new TreeMap<>(given);
    Set<String> unknown = new TreeSet<>(given.keySet());
    unknown.removeIf(template::knows);
    if (!unknown.isEmpty() && before != null) {
      before.forEach(values::putIfAbsent);
    }
    Map<String, String> usable = usable(values, before);
    inForce = usable;
    faults = faults(given, unknown, usable);
  }

  private Map<String, String> usable(
      Map<String, String> given, @Nullable Map<String, String> before) {
    Map<String, String> values = new TreeMap<>(given);
    Set<String> replaced = new HashSet<>();
    List<String> unusable = template.unusable(values);
    while (replaced.addAll(unusable)) {
      unusable.forEach(key -> replace(values, key, before));
      unusable = template.unusable(values);
    }
    if (unusable.stream().allMatch(key -> isAtStart(key, values))) {
      return values;
    }
    return before != null ? before : harmless();
  }

  private void replace(
      Map<String, String> values, String key, @Nullable Map<String, String> before) {
    Optional<String> instead =
        before == null
            ? template.rule(key).flatMap(Rule::atStart)
            : Optional.ofNullable(before.get(key));
    instead.ifPresentOrElse(value -> values.put(key, value), () -> values.remove(key));
  }

  private boolean isAtStart(String key, Map<String, String> values) {
    return template
        .rule(key)
        .flatMap(Rule::atStart)
        .filter(instead -> instead.equals(values.get(key)))
        .isPresent();
  }

  /** What counts where nothing of a file can be used at the start. */
  private Map<String, String> harmless() {
    Map<String, String> values = new TreeMap<>();
    template.rules().forEach((key, rule) -> rule.atStart().ifPresent(v -> values.put(key, v)));
    return values;
  }

  private List<Fault> faults(
      Map<String, String> given, Set<String> unknown, Map<String, String> usable) {
    List<Fault> found = new ArrayList<>();
    Map<String, String> asked = new TreeMap<>(given);
    template.unusable(given).forEach(key -> asked.putIfAbsent(key, byDefault(key)));
    asked.forEach(
        (key, value) -> {
          if (unknown.contains(key)) {
            String keys = String.join(", ", template.defaults().keySet());
            found.add(new Fault(file, key, value, "the keys " + keys, "nothing of it"));
          } else if (!value.equals(usable.getOrDefault(key, byDefault(key)))) {
            found.add(new Fault(file, key, value, allowed(key, given), counts(key, usable)));
          }
        });
    return List.copyOf(found);
  }

  private String allowed(String key, Map<String, String> given) {
    return template.unusable(given).contains(key)
        ? template.rule(key).map(Rule::words).orElse("")
        : "this, once what else is wrong in the file can be used";
  }

  private String counts(String key, Map<String, String> usable) {
    String value = usable.get(key);
    return value == null ? "the default, " + byDefault(key) : value.isEmpty() ? "nothing" : value;
  }

  private String byDefault(String key) {
    return template.defaults().getOrDefault(key, "");
  }
}
