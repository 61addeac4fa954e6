package io.segue.bundles.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of the distribution's {@code etc/}: it describes the settings of one part to people, and
 * by its lines {@code #=} ({@link Rule}) to the node. A key may be commented out; one that ends in
 * {@code .name} stands for any name.
 *
 * @param needed whether the node does not run without the file, as a line {@code #! needed} says
 */
record SettingsTemplate(Map<String, String> defaults, Map<String, Rule> rules, boolean needed) {
  private static final Pattern KEY = Pattern.compile("#? ?([A-Za-z][\\w.-]*) *=(?!=)(.*)");
  private static final String RULE = "#=";
  private static final String NEEDED = "#! needed";

  /** Of parts that the distribution does not know: anything is allowed. */
  static final SettingsTemplate NONE = new SettingsTemplate(Map.of(), Map.of(), false);

  static SettingsTemplate read(Path file) throws IOException {
    Map<String, String> defaults = new LinkedHashMap<>();
    Map<String, Rule> rules = new LinkedHashMap<>();
    boolean needed = false;
    Optional<Rule> rule = Optional.empty();
    for (String line : Files.readAllLines(file)) {
      Matcher setting = KEY.matcher(line);
      if (line.startsWith(RULE)) {
        rule = Optional.of(Rule.parse(line.substring(RULE.length()).strip()));
      } else if (line.startsWith(NEEDED)) {
        needed = true;
      } else if (setting.matches()) {
        String key = setting.group(1);
        boolean commented = line.startsWith("#");
        String value = commented ? "" : setting.group(2).strip();
        defaults.put(key, value);
        rule.or(() -> commented ? Optional.empty() : Rule.inferred(value))
            .ifPresent(found -> rules.put(key, found));
        rule = Optional.empty();
      }
    }
    return new SettingsTemplate(defaults, rules, needed);
  }

  /** The settings of a file; the last line of a key counts. */
  static Map<String, String> parse(String text) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    Map<String, String> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(k -> values.put(k, properties.getProperty(k).strip()));
    return values;
  }

  /** Whether there is a setting of this name. */
  boolean knows(String key) {
    return defaults.isEmpty() || family(key).isPresent();
  }

  /** The keys whose values can't be used. */
  List<String> unusable(Map<String, String> values) {
    Map<String, String> all = new TreeMap<>(defaults);
    all.values().removeIf(String::isEmpty);
    all.putAll(values);
    List<String> keys = new ArrayList<>();
    all.forEach(
        (key, value) -> {
          if (!rule(key).map(rule -> rule.allows(value, all)).orElse(true)) {
            keys.add(key);
          }
        });
    return keys;
  }

  /** What a value of a key has to be. */
  Optional<Rule> rule(String key) {
    return family(key).map(rules::get);
  }

  private Optional<String> family(String key) {
    int dot = key.lastIndexOf('.');
    return defaults.keySet().stream()
        .filter(
            known -> known.equals(key) || dot > 0 && known.startsWith(key.substring(0, dot + 1)))
        .findFirst();
  }
}
