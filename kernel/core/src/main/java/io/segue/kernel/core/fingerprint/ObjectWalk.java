package io.segue.kernel.core.fingerprint;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Goes through all that some objects reach, and gives a number for each thing it meets, in an order
 * that is the same as long as nothing changes. It follows the fields of the classes of bundles,
 * arrays, and the collections of Java; what else it meets counts by its class.
 *
 * <p>One walk is one object; one thread.
 */
final class ObjectWalk {
  /** Constants are fewer; a look at so many takes some ten milliseconds. */
  static final int MAX_OBJECTS = 100_000;

  private static final String PROTOBUF = "com.google.protobuf.";

  /** How protobuf's classes end whose objects do change. */
  private static final String BUILDER = "$Builder";

  /** What is compared by its value; none of it can change. */
  private static final Set<String> VALUE_PACKAGES =
      Set.of("java.math", "java.time", "java.time.chrono");

  /** Packages of Java whose objects can't change, with a dot behind. */
  private static final List<String> FIXED =
      List.of(
          "java.lang.invoke.",
          "java.nio.charset.",
          "java.time.",
          "java.util.function.",
          "java.util.regex.",
          "java.util.stream.",
          "sun.nio.cs.");

  private final Predicate<Class<?>> own;
  private final Map<Class<?>, List<Field>> fields;
  private final boolean naming;
  private final Map<Object, Integer> seen = new IdentityHashMap<>();
  private final Deque<Place> open = new ArrayDeque<>();
  private final List<String> unknown = new ArrayList<>();
  private long[] numbers = new long[1024];
  private final List<@Nullable Path> places = new ArrayList<>();
  private int count;

  /** Something to look at. */
  private record Place(@Nullable Object value, @Nullable Path path) {}

  /** Where something is, from its root on; the last part first. */
  private record Path(@Nullable Path parent, String part) {
    @Override
    public String toString() {
      return parent == null ? part : parent + part;
    }
  }

  /**
   * A walk.
   *
   * @param own whether a class comes from a bundle of a generation
   * @param fields of classes that were met before; added to
   * @param naming whether to remember where each thing is
   */
  ObjectWalk(Predicate<Class<?>> own, Map<Class<?>, List<Field>> fields, boolean naming) {
    this.own = own;
    this.fields = fields;
    this.naming = naming;
  }

  /** Walks from an object. */
  void from(String name, Object root) {
    push(root, null, name);
    drain();
  }

  /** Walks from the static fields of a class, which is initialised. */
  void fromStatics(Class<?> type) {
    Path path = naming ? new Path(null, type.getName()) : null;
    for (Field field : fieldsOf(type)) {
      if (Modifier.isStatic(field.getModifiers())) {
        push(read(field, null), path, "." + field.getName());
        drain();
      }
    }
  }

  /** A number for each thing that was met, in order. */
  long[] numbers() {
    return Arrays.copyOf(numbers, count);
  }

  /** Where the thing with this number is; for a walk that remembers it. */
  String nameOf(int index) {
    return index < places.size() ? String.valueOf(places.get(index)) : "the end of what is kept";
  }

  /** What was met that may change without being seen, by its place. */
  List<String> unknown() {
    return List.copyOf(unknown);
  }

  private void push(@Nullable Object value, @Nullable Path parent, String part) {
    open.push(new Place(value, naming ? new Path(parent, part) : null));
  }

  private void drain() {
    while (!open.isEmpty()) {
      look(open.pop());
    }
  }

  private void look(Place place) {
    Object value = place.value();
    if (value == null) {
      add(place, 0);
      return;
    }
    Class<?> type = value.getClass();
    if (isValue(type)) {
      add(place, mix(type.getName().hashCode(), value.hashCode()));
      return;
    }
    Integer before = seen.putIfAbsent(value, seen.size());
    if (before != null) {
      add(place, mix(1, before));
    } else if (value instanceof Enum<?> constant && !isOwn(type)) {
      add(place, mix(type.getName().hashCode(), constant.ordinal()));
    } else if (type.isArray()) {
      array(place, value, type);
    } else if (isOwn(type)) {
      add(place, nameOf(type).hashCode());
      ownFields(place, value, type);
    } else {
      platform(place, value, type);
    }
  }

  private void array(Place place, Object value, Class<?> type) {
    int length = Array.getLength(value);
    if (type.getComponentType().isPrimitive()) {
      add(place, mix(type.getName().hashCode(), Arrays.deepHashCode(new Object[] {value})));
      return;
    }
    add(place, mix(type.getName().hashCode(), length));
    requireRoom(length);
    for (int i = length - 1; i >= 0; i--) {
      push(Array.get(value, i), place.path(), naming ? "[" + i + "]" : "");
    }
  }

  private void ownFields(Place place, Object value, Class<?> type) {
    for (Class<?> at = type; at != null && isOwn(at); at = at.getSuperclass()) {
      for (Field field : fieldsOf(at)) {
        if (!Modifier.isStatic(field.getModifiers())) {
          push(read(field, value), place.path(), naming ? "." + field.getName() : "");
        }
      }
    }
  }

  /** What Java and the platform have. */
  private void platform(Place place, Object value, Class<?> type) {
    long name = nameOf(type).hashCode();
    if (value instanceof Class<?> named) {
      add(place, mix(name, named.getName().hashCode()));
    } else if (value instanceof Map<?, ?> map) {
      add(place, mix(name, map.size()));
      requireRoom(map.size());
      List<Object> parts = new ArrayList<>(2 * map.size());
      map.forEach(
          (key, entry) -> {
            parts.add(key);
            parts.add(entry);
          });
      pushAll(parts, place, 2);
    } else if (value instanceof Collection<?> collection) {
      add(place, mix(name, collection.size()));
      requireRoom(collection.size());
      pushAll(new ArrayList<>(collection), place, 1);
    } else if (value instanceof Optional<?> optional) {
      add(place, name);
      push(optional.orElse(null), place.path(), "");
    } else if (value instanceof CharSequence text) {
      add(place, mix(name, text.toString().hashCode()));
    } else if (value instanceof ByteBuffer buffer) {
      add(place, mix(mix(name, buffer.position()), buffer.duplicate().clear().hashCode()));
    } else if (value instanceof ByteArrayOutputStream bytes) {
      add(place, mix(name, Arrays.hashCode(bytes.toByteArray())));
    } else {
      add(place, name);
      if (!isFixed(type)) {
        unknown.add(place.path() + " is a " + nameOf(type));
      }
    }
  }

  private void pushAll(List<Object> parts, Place place, int each) {
    Collections.reverse(parts);
    int left = parts.size();
    for (Object part : parts) {
      left--;
      push(part, place.path(), naming ? "[" + left / each + "]" : "");
    }
  }

  /** Of a bundle, and not generated by protobuf: a message can't change, but remembers its size. */
  private boolean isOwn(Class<?> type) {
    return own.test(type) && !isGenerated(type);
  }

  private static boolean isValue(Class<?> type) {
    return type == String.class
        || type == Boolean.class
        || type == Character.class
        || (Number.class.isAssignableFrom(type) && type.getPackageName().equals("java.lang"))
        || VALUE_PACKAGES.contains(type.getPackageName());
  }

  /**
   * What can't change, or is lent by the platform: made by a lambda or a method reference of
   * Java's, of a listed package, or of a class that is neither Java's nor a bundle's.
   */
  private static boolean isFixed(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    boolean java = loader == null || loader == ClassLoader.getPlatformClassLoader();
    return java
        ? type.isHidden()
            || type.isEnum()
            || type == Object.class
            || Comparator.class.isAssignableFrom(type)
            || FIXED.stream().anyMatch(type.getName()::startsWith)
        : !type.getName().endsWith(BUILDER);
  }

  private static boolean isGenerated(Class<?> type) {
    Class<?> parent = type.getSuperclass();
    return parent != null && (parent.getName().startsWith(PROTOBUF) || isGenerated(parent));
  }

  /** The name of a class; of a hidden one, which is numbered, that of the class it was made for. */
  private static String nameOf(Class<?> type) {
    return type.isHidden() ? type.getName().split("/", 2)[0] : type.getName();
  }

  private List<Field> fieldsOf(Class<?> type) {
    return fields.computeIfAbsent(type, ObjectWalk::readable);
  }

  /** Fields that refer to something, or that may change; constants of the compiler do not. */
  private static List<Field> readable(Class<?> type) {
    List<Field> readable = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      boolean constant =
          Modifier.isFinal(field.getModifiers())
              && (field.getType().isPrimitive() || field.getType() == String.class);
      if (!constant) {
        field.setAccessible(true);
        readable.add(field);
      }
    }
    readable.sort(Comparator.comparing(Field::getName));
    return List.copyOf(readable);
  }

  private static @Nullable Object read(Field field, @Nullable Object owner) {
    try {
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(field + " can't be read", e);
    }
  }

  private void add(Place place, long number) {
    requireRoom(1);
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * count);
    }
    numbers[count++] = number;
    if (naming) {
      places.add(place.path());
    }
  }

  /** Before as many are met, so that a large array takes no memory for its places. */
  private void requireRoom(int more) {
    if (more > MAX_OBJECTS - count) {
      throw new IllegalStateException(
          "modules keep more than " + MAX_OBJECTS + " objects in memory; keep state in the stores");
    }
  }

  private static long mix(long a, long b) {
    long mixed = (a * 0x9e3779b97f4a7c15L) ^ b;
    return (mixed ^ (mixed >>> 29)) * 0xbf58476d1ce4e5b9L;
  }

  /** A cache of fields that several walks share. */
  static Map<Class<?>, List<Field>> cache() {
    return new HashMap<>();
  }
}
