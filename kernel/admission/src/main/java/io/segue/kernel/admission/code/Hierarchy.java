package io.segue.kernel.admission.code;

import io.segue.kernel.admission.allow.AllowList;
import io.segue.kernel.admission.allow.AllowedType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the types outside of a bundle descend from. Of Java's own this Java is asked, which
 * initialises nothing; of the others the list tells it.
 */
final class Hierarchy {
  private static final String JAVA = "java.";
  private static final String OBJECT = "java.lang.Object";

  private final AllowList list;
  private final Map<String, List<String>> known = new HashMap<>();

  Hierarchy(AllowList list) {
    this.list = list;
  }

  /** A type, its superclasses and its interfaces, the nearest first; names with dots. */
  List<String> upwards(String name) {
    return known.computeIfAbsent(name, this::find);
  }

  private List<String> find(String name) {
    Set<String> all = new LinkedHashSet<>();
    List<String> level = List.of(name);
    while (!level.isEmpty()) {
      List<String> next = new ArrayList<>();
      for (String type : level) {
        if (all.add(type)) {
          next.addAll(parents(type));
        }
      }
      level = next;
    }
    all.remove(OBJECT);
    all.add(OBJECT);
    return List.copyOf(all);
  }

  private List<String> parents(String name) {
    if (!name.startsWith(JAVA)) {
      return list.type(name).map(AllowedType::parents).orElse(List.of());
    }
    return inJava(name).map(Hierarchy::parents).orElse(List.of());
  }

  private static List<String> parents(Class<?> type) {
    List<String> parents = new ArrayList<>();
    @Nullable Class<?> above = type.getSuperclass();
    if (above != null) {
      parents.add(above.getName());
    }
    for (Class<?> parent : type.getInterfaces()) {
      parents.add(parent.getName());
    }
    return parents;
  }

  private static Optional<Class<?>> inJava(String name) {
    try {
      return Optional.of(Class.forName(name, false, ClassLoader.getPlatformClassLoader()));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }
}
