package io.segue.kernel.baseline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What may become of an API after its release: it only grows. Everything of the baseline is still
 * there; what bundles implement gets no new abstract method; and a package that grew says so by a
 * higher minor version.
 */
final class ApiRules {
  private static final String PACKAGE = "package ";
  private static final String CONSUMER = "consumer ";

  private final Collection<String> baseline;
  private final Collection<String> now;

  ApiRules(Collection<String> baseline, Collection<String> now) {
    this.baseline = baseline;
    this.now = now;
  }

  /** What is against the rules, a sentence each, with what to do. */
  List<String> violations() {
    List<String> found = new ArrayList<>();
    Set<String> present = new HashSet<>(now.stream().map(ApiRules::identity).toList());
    for (String line : baseline) {
      if (!line.startsWith(PACKAGE) && !present.contains(identity(line))) {
        found.add("gone, though released bundles may use it; bring it back: " + line);
      }
    }
    Set<String> before = new HashSet<>(baseline.stream().map(ApiRules::identity).toList());
    Map<String, String> released = versions(baseline);
    Map<String, String> current = versions(now);
    for (String line : now) {
      if (line.startsWith(PACKAGE) || before.contains(identity(line))) {
        continue;
      }
      if (line.startsWith(CONSUMER + "io.") && line.contains(" abstract ") && isOfBaseline(line)) {
        found.add("new and abstract, so released bundles lack it; give it a default: " + line);
      }
      String name = packageOf(line, current.keySet());
      if (name.isEmpty()) {
        found.add("in no package with a @Version; give its package one: " + line);
      } else if (Objects.equals(current.get(name), released.get(name))) {
        found.add(
            "new in package %s, whose @Version is still %s; raise its minor number: %s"
                .formatted(name, released.get(name), line));
      }
    }
    return found;
  }

  /** Whether a member's type is in the baseline; all members of a new type are new. */
  private boolean isOfBaseline(String line) {
    String type = line.split(" ")[1];
    return baseline.stream().anyMatch(old -> old.startsWith(CONSUMER + type + " "));
  }

  /** A method that got a default, or a role that changed, is still the same member. */
  private static String identity(String line) {
    return line.replaceFirst("^" + CONSUMER, "").replaceFirst(" abstract ", " ");
  }

  private static Map<String, String> versions(Collection<String> lines) {
    Map<String, String> versions = new TreeMap<>();
    for (String line : lines) {
      if (line.startsWith(PACKAGE)) {
        String[] words = line.split(" ");
        versions.put(words[1], words[2]);
      }
    }
    return versions;
  }

  /** The longest name of a package that a line's type is in. */
  private static String packageOf(String line, Set<String> packages) {
    String longest = "";
    for (String name : packages) {
      if (line.contains(name + ".") && name.length() > longest.length() && startsIn(line, name)) {
        longest = name;
      }
    }
    return longest;
  }

  /** Whether the first name with a package in it is of this one. */
  private static boolean startsIn(String line, String name) {
    String first = line.substring(line.indexOf("io."));
    return first.startsWith(name + ".") && Character.isUpperCase(first.charAt(name.length() + 1));
  }
}
