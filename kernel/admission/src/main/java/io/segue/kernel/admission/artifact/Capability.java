package io.segue.kernel.admission.artifact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.felix.utils.manifest.Attribute;
import org.apache.felix.utils.manifest.Clause;
import org.apache.felix.utils.manifest.Directive;
import org.apache.felix.utils.manifest.Parser;

/**
 * One clause of a manifest header: a capability, a requirement, an imported package.
 *
 * @param name namespace or package
 * @param attributes by name, without their types
 * @param directives by name
 */
public record Capability(
    String name, SortedMap<String, String> attributes, Map<String, String> directives) {

  /**
   * The clauses of a header, in order.
   *
   * @param what names the bundle in errors
   */
  static List<Capability> parse(String what, String header, String value) throws RefusedException {
    if (value.chars().filter(c -> c == '"').count() % 2 != 0) {
      throw malformed(what, header, value, "a quote is not closed");
    }
    Clause[] clauses;
    try {
      clauses = Parser.parseHeader(value);
    } catch (IllegalArgumentException e) {
      throw malformed(what, header, value, String.valueOf(e.getMessage()));
    }
    List<Capability> parsed = new ArrayList<>();
    for (Clause clause : clauses) {
      if (clause.getName().isBlank()) {
        throw malformed(what, header, value, "a clause has no name");
      }
      SortedMap<String, String> attributes = new TreeMap<>();
      for (Attribute attribute : clause.getAttributes()) {
        String name = attribute.getName().split(":", 2)[0].strip();
        if (attributes.put(name, attribute.getValue()) != null) {
          throw malformed(what, header, value, "attribute " + name + " occurs twice");
        }
      }
      Map<String, String> directives = new TreeMap<>();
      for (Directive directive : clause.getDirectives()) {
        directives.put(directive.getName(), directive.getValue());
      }
      parsed.add(
          new Capability(
              clause.getName(),
              Collections.unmodifiableSortedMap(attributes),
              Collections.unmodifiableMap(directives)));
    }
    return List.copyOf(parsed);
  }

  /** Whether the framework does not wire this, but leaves it to the kernel. */
  public boolean isForTheKernel() {
    return "generation".equals(directives.get("effective"));
  }

  /** An attribute's value; empty where it is absent. */
  public Optional<String> attribute(String attribute) {
    return Optional.ofNullable(attributes.get(attribute));
  }

  /** The clause as a manifest has it. */
  String text() {
    StringBuilder text = new StringBuilder(name);
    attributes.forEach(
        (key, value) -> text.append(';').append(key).append('=').append(quoted(value)));
    directives.forEach(
        (key, value) -> text.append(';').append(key).append(":=").append(quoted(value)));
    return text.toString();
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** The attribute's value; refused where it is absent or blank. */
  String required(String what, String attribute) throws RefusedException {
    String value = attributes.get(attribute);
    if (value == null || value.isBlank()) {
      throw new RefusedException(
          RefusalReason.MANIFEST,
          what,
          what + ": capability " + name + " lacks the attribute '" + attribute + "'; add it");
    }
    return value;
  }

  /** The attribute's comma-separated values, in order; empty where it is absent. */
  public List<String> list(String attribute) {
    String value = attributes.getOrDefault(attribute, "");
    return Arrays.stream(value.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private static RefusedException malformed(String what, String header, String value, String why) {
    return new RefusedException(
        RefusalReason.MANIFEST,
        what,
        what + ": header " + header + ": " + value + " can't be read: " + why);
  }
}
