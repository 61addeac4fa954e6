package io.segue.kernel.baseline;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An API as text, a line for each thing that callers and implementers can see, in order:
 *
 * <pre>
 * package io.segue.kernel.api.module 1.0.0
 * consumer public abstract interface io.segue.kernel.api.module.Module
 * consumer io.segue.kernel.api.module.Module abstract long consensusVersion()
 * consumer io.segue.kernel.api.module.Module default java.util.List stores()
 * </pre>
 *
 * <p>{@code consumer} is what bundles implement: a new abstract method breaks them; all else only
 * the kernel implements. Of what protoc makes only enums and the interfaces that have a message's
 * fields are listed; all else follows from them. A package named {@code internal} is no API, and
 * none of those within it is.
 */
final class ApiListing {
  private static final Pattern VERSION = Pattern.compile("@Version\\(\"([0-9.]+)\"\\)");

  private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

  private final Path classes;
  private final Path sources;
  private final String version;

  /**
   * Of the classes and sources of a module.
   *
   * @param version of packages that say none of their own
   */
  ApiListing(Path classes, Path sources, String version) {
    this.classes = classes;
    this.sources = sources;
    this.version = version;
  }

  /** The lines. */
  SortedSet<String> lines() throws IOException, ClassNotFoundException {
    SortedSet<String> lines = new TreeSet<>();
    SortedSet<String> packages = new TreeSet<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        String name = classes.relativize(file).toString().replace('/', '.');
        Class<?> type =
            Class.forName(
                name.substring(0, name.length() - ".class".length()),
                false,
                ApiListing.class.getClassLoader());
        if (isVisible(type) && isApi(type) && saysMore(type)) {
          packages.add(type.getPackageName());
          add(type, lines);
        }
      }
    }
    Map<String, String> versions = versions();
    for (String name : packages) {
      lines.add("package " + name + " " + versions.getOrDefault(name, version));
    }
    return lines;
  }

  /** Version of each package that says one. */
  private Map<String, String> versions() throws IOException {
    Map<String, String> versions = new TreeMap<>();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(path -> path.endsWith("package-info.java")).toList()) {
        Matcher said = VERSION.matcher(Files.readString(file));
        if (said.find()) {
          versions.put(
              sources.relativize(file.getParent()).toString().replace('/', '.'), said.group(1));
        }
      }
    }
    return versions;
  }

  private void add(Class<?> type, SortedSet<String> lines) throws IOException {
    String role = isConsumer(type) ? "consumer " : "";
    List<String> above = new ArrayList<>();
    if (type.getGenericSuperclass() != null) {
      above.add(type.getGenericSuperclass().getTypeName());
    }
    Arrays.stream(type.getGenericInterfaces()).map(Type::getTypeName).forEach(above::add);
    lines.add(
        role + type.toGenericString() + (above.isEmpty() ? "" : " : " + String.join(", ", above)));
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (isVisible(constructor)) {
        lines.add(role + type.getName() + " new" + parameters(constructor));
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (isVisible(method)
          && !method.isSynthetic()
          && !OF_EVERY_OBJECT.contains(method.getName())) {
        String kind = Modifier.isAbstract(method.getModifiers()) ? " abstract " : " ";
        kind += Modifier.isStatic(method.getModifiers()) ? "static " : "";
        lines.add(
            role
                + type.getName()
                + kind
                + method.getGenericReturnType().getTypeName()
                + " "
                + method.getName()
                + parameters(method));
      }
    }
    for (Field field : type.getDeclaredFields()) {
      if (isVisible(field) && !field.isSynthetic()) {
        lines.add(
            role
                + type.getName()
                + " field "
                + field.getGenericType().getTypeName()
                + " "
                + field.getName());
      }
    }
  }

  private static String parameters(Executable executable) {
    String thrown =
        Arrays.stream(executable.getGenericExceptionTypes())
            .map(Type::getTypeName)
            .sorted()
            .collect(Collectors.joining(", "));
    return Arrays.stream(executable.getGenericParameterTypes())
            .map(Type::getTypeName)
            .collect(Collectors.joining(", ", "(", ")"))
        + (thrown.isEmpty() ? "" : " throws " + thrown);
  }

  /** The annotation is not in the classes at run time, so the source is asked. */
  private boolean isConsumer(Class<?> type) throws IOException {
    Path source = sources.resolve(outermost(type).getName().replace('.', '/') + ".java");
    return Files.exists(source)
        && Pattern.compile(
                "@ConsumerType\\s+(@\\w+\\s+)*(public\\s+)?(abstract\\s+)?(interface|class)\\s+"
                    + type.getSimpleName()
                    + "\\b")
            .matcher(Files.readString(source))
            .find();
  }

  /** Whether a type is written by hand, or one of those that protoc makes that say all of it. */
  private boolean saysMore(Class<?> type) {
    Path source = sources.resolve(outermost(type).getName().replace('.', '/') + ".java");
    return Files.exists(source) || type.isEnum() || type.getName().endsWith("OrBuilder");
  }

  private static boolean isApi(Class<?> type) {
    return !(type.getPackageName() + ".").contains(".internal.");
  }

  private static Class<?> outermost(Class<?> type) {
    Class<?> outer = type;
    while (outer.getEnclosingClass() != null) {
      outer = outer.getEnclosingClass();
    }
    return outer;
  }

  private static boolean isVisible(Class<?> type) {
    return !type.isAnonymousClass()
        && !type.isLocalClass()
        && isVisible(type.getModifiers())
        && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
  }

  private static boolean isVisible(Member member) {
    return isVisible(member.getModifiers());
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }
}
