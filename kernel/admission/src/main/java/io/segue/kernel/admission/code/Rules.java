package io.segue.kernel.admission.code;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table of {@code rules.txt}: which rule explains why the use of a class or member is refused.
 * The most exact pattern counts. Immutable.
 */
final class Rules {
  /** The one table there is. */
  static final Rules TABLE = Rules.parse(resource());

  private static final String RESOURCE = "rules.txt";
  private static final String WHY = "why: ";
  private static final String INSTEAD = "instead: ";

  private final Map<String, CodeRule> rules;
  private final Map<String, CodeRule> patterns;

  private Rules(Map<String, CodeRule> rules, Map<String, CodeRule> patterns) {
    this.rules = rules;
    this.patterns = patterns;
  }

  /**
   * Reads a table.
   *
   * @throws IllegalArgumentException names the line that is out of form or occurs twice
   */
  static Rules parse(String text) {
    Map<String, CodeRule> rules = new HashMap<>();
    Map<String, CodeRule> patterns = new HashMap<>();
    Map<String, String> section = new HashMap<>();
    String id = "";
    String why = "";
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("[") && line.endsWith("]")) {
        id = line.substring(1, line.length() - 1);
        why = "";
        refuseIf(rules.containsKey(id), line);
        rules.put(id, new CodeRule(id, "", ""));
      } else if (line.startsWith(WHY)) {
        why = line.substring(WHY.length());
      } else if (line.startsWith(INSTEAD)) {
        rules.put(id, new CodeRule(id, why, line.substring(INSTEAD.length())));
      } else {
        refuseIf(section.put(line, id) != null, line);
      }
    }
    section.forEach((pattern, of) -> patterns.put(pattern, Objects.requireNonNull(rules.get(of))));
    return new Rules(Map.copyOf(rules), Map.copyOf(patterns));
  }

  /** The rule with a name. */
  CodeRule named(String id) {
    return Objects.requireNonNull(rules.get(id), id);
  }

  /** Names of all rules. */
  Set<String> ids() {
    return rules.keySet();
  }

  /**
   * The rule for a member, by a pattern that names it.
   *
   * @param owner the class that declares it, with dots
   * @param descriptor of a method; of a field whatever it is
   */
  Optional<CodeRule> ofMember(String owner, String name, String descriptor) {
    String key = owner + '#' + name;
    CodeRule exact =
        descriptor.startsWith("(") ? patterns.get(key + MemberNames.parameters(descriptor)) : null;
    return Optional.ofNullable(exact == null ? patterns.get(key) : exact);
  }

  /** The rule for a class, or that of the classes around it, by a pattern that names it. */
  Optional<CodeRule> ofClass(String name) {
    for (int end = name.length(); end > 0; end = name.lastIndexOf('$', end - 1)) {
      CodeRule rule = patterns.get(name.substring(0, end));
      if (rule != null) {
        return Optional.of(rule);
      }
    }
    return Optional.ofNullable(ofPackage(name));
  }

  private @Nullable CodeRule ofPackage(String name) {
    int end = name.lastIndexOf('.');
    return end < 0 ? null : patterns.get(name.substring(0, end) + ".*");
  }

  private static void refuseIf(boolean condition, String line) {
    if (condition) {
      throw new IllegalArgumentException(RESOURCE + ": '" + line + "' occurs twice");
    }
  }

  private static String resource() {
    try (InputStream in =
        Objects.requireNonNull(Rules.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
