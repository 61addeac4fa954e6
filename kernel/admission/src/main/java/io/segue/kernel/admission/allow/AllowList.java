package io.segue.kernel.admission.allow;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One section of {@code allowed.txt}: which members, and which types in which way, code may use.
 * What is on no line is refused. The head of the file describes its form. Immutable.
 */
public final class AllowList {
  /** For what people write. */
  public static final AllowList CODE = of("[code]");

  /** For what protobuf's compiler generates. */
  public static final AllowList GENERATED = of("[generated]");

  private static final String RESOURCE = "/io/segue/kernel/admission/code/allowed.txt";

  private final Map<String, AllowedType> types;

  private AllowList(Map<String, AllowedType> types) {
    this.types = types;
  }

  /**
   * Reads the lines of a section.
   *
   * @throws IllegalArgumentException names the line that is out of form or occurs twice
   */
  static AllowList parse(List<String> lines) {
    Map<String, AllowedType> types = new LinkedHashMap<>();
    @Nullable AllowedType type = null;
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith(" ")) {
        refuseIf(type == null, line, "stands below no class");
        members(Objects.requireNonNull(type), line);
      } else {
        type = head(line);
        refuseIf(types.put(type.name(), type) != null, line, "occurs twice");
      }
    }
    return new AllowList(types);
  }

  /** A class of the list. */
  public Optional<AllowedType> type(String name) {
    return Optional.ofNullable(types.get(name));
  }

  /** All classes, in the order of the list. */
  public Collection<AllowedType> types() {
    return types.values();
  }

  private static AllowedType head(String line) {
    int colon = line.indexOf(':');
    refuseIf(colon < 0, line, "has no colon behind the class");
    String[] names = line.substring(0, colon).split(" is ", 2);
    List<String> parents = names.length == 1 ? List.of() : List.of(names[1].split(", "));
    EnumSet<TypeUse> uses = EnumSet.noneOf(TypeUse.class);
    for (String word : words(line.substring(colon + 1))) {
      Optional<TypeUse> use = TypeUse.of(word);
      refuseIf(use.isEmpty() || !uses.add(use.get()), line, "has '" + word + "'");
    }
    return new AllowedType(names[0], parents, uses, new LinkedHashMap<>());
  }

  private static void members(AllowedType type, String line) {
    for (String word : words(line)) {
      String[] parts = word.split("@");
      boolean allowed = !parts[0].startsWith("-");
      String name = allowed ? parts[0] : parts[0].substring(1);
      Set<Condition> conditions = new LinkedHashSet<>();
      for (int i = 1; i < parts.length; i++) {
        Optional<Condition> condition = Condition.of(parts[i]);
        refuseIf(condition.isEmpty(), word, "has an unknown condition");
        conditions.add(condition.orElseThrow());
      }
      AllowedMember member = new AllowedMember(name, allowed, conditions);
      refuseIf(type.members().put(name, member) != null, type.name() + " " + word, "occurs twice");
    }
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }

  private static AllowList of(String section) {
    Map<String, List<String>> sections = new HashMap<>();
    List<String> lines = new ArrayList<>();
    for (String line : text().lines().toList()) {
      if (line.startsWith("[")) {
        lines = sections.computeIfAbsent(line, key -> new ArrayList<>());
      } else {
        lines.add(line);
      }
    }
    return parse(Objects.requireNonNull(sections.get(section), section));
  }

  private static String text() {
    try (InputStream in =
        Objects.requireNonNull(AllowList.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void refuseIf(boolean condition, String line, String what) {
    if (condition) {
      throw new IllegalArgumentException("allowed.txt: '" + line.strip() + "' " + what);
    }
  }
}
