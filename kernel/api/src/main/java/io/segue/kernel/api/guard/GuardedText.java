package io.segue.kernel.api.guard;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.StringConcatException;
import java.lang.invoke.StringConcatFactory;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The text of an object, as code of generations gets it under kernel rules 2 wherever Java would
 * call {@code toString()}: the same on every node.
 *
 * <ul>
 *   <li>Strings, numbers, what {@code java.time} has, and objects of bundles whose class has a
 *       {@code toString()}: as they say it. Enums by their names.
 *   <li>Collections, maps and optional values: by their elements, in Java's form. What has no order
 *       is written in the order of its elements' texts.
 *   <li>Anything else has only an identity, which differs between nodes: that is refused.
 * </ul>
 *
 * <p>Refused is by {@link UnsupportedOperationException}. Thread safety: any thread.
 */
public final class GuardedText {
  private static final MethodHandle VALUE_OF;
  private static final MethodHandle RECORD;

  static {
    MethodHandles.Lookup own = MethodHandles.lookup();
    try {
      VALUE_OF =
          own.findStatic(
              GuardedText.class, "valueOf", MethodType.methodType(String.class, Object.class));
      RECORD =
          own.findStatic(
              GuardedText.class,
              "textOfRecord",
              MethodType.methodType(
                  String.class, String.class, String[].class, MethodHandle[].class, Object.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private GuardedText() {}

  /** In place of {@code toString()}. */
  public static String of(Object value) {
    // Most of what becomes text; what follows is the same for them.
    if (value instanceof String || value.getClass() == BigInteger.class) {
      return value.toString();
    }
    return switch (ValueKind.ofText(value)) {
      case OWN, ENUM -> value.toString();
      case IDENTITY -> throw identity(value.getClass());
      case FAILURE -> value.getClass().getName();
      case CLASS -> text((Class<?>) value);
      case OPTIONAL ->
          "Optional" + ((Optional<?>) value).map(v -> "[" + nested(v) + "]").orElse(".empty");
      case ENTRY -> entry((Map.Entry<?, ?>) value);
      case COLLECTION -> elements((Collection<?>) value);
      case MAP -> entries((Map<?, ?>) value);
      case RECORD -> record(value);
    };
  }

  /** In place of {@code String.valueOf}. */
  public static String valueOf(@Nullable Object value) {
    return value == null ? "null" : of(value);
  }

  /** In place of {@code Objects.toString}. */
  public static String toString(@Nullable Object value) {
    return valueOf(value);
  }

  /** In place of {@code Objects.toString}. */
  public static @Nullable String toString(@Nullable Object value, @Nullable String otherwise) {
    return value == null ? otherwise : of(value);
  }

  public static StringBuilder append(StringBuilder text, @Nullable Object value) {
    return text.append(valueOf(value));
  }

  public static StringBuilder insert(StringBuilder text, int at, @Nullable Object value) {
    return text.insert(at, valueOf(value));
  }

  /** In place of {@code Arrays.toString}. */
  public static String toString(@Nullable Object @Nullable [] values) {
    return values == null ? "null" : elements(Arrays.asList(values));
  }

  public static String format(Locale locale, String format, @Nullable Object... arguments) {
    return String.format(locale, format, texts(arguments));
  }

  public static String formatted(String format, @Nullable Object... arguments) {
    return String.format(Locale.ROOT, format, texts(arguments));
  }

  /**
   * Before {@code super.toString()}.
   *
   * @throws UnsupportedOperationException where that is Object's
   */
  public static void inherited(Class<?> type) {
    if (ValueKind.declaring(type, "toString") == Object.class) {
      throw identity(type);
    }
  }

  /** In place of {@code StringConcatFactory.makeConcatWithConstants}. */
  public static CallSite concat(
      MethodHandles.Lookup caller, String name, MethodType type, String recipe, Object... constants)
      throws StringConcatException {
    MethodType texts = type;
    for (int i = 0; i < type.parameterCount(); i++) {
      if (!type.parameterType(i).isPrimitive()) {
        texts = texts.changeParameterType(i, String.class);
      }
    }
    MethodHandle concat =
        StringConcatFactory.makeConcatWithConstants(caller, name, texts, recipe, constants)
            .getTarget();
    for (int i = 0; i < type.parameterCount(); i++) {
      Class<?> operand = type.parameterType(i);
      if (!operand.isPrimitive() && operand != String.class) {
        concat =
            MethodHandles.filterArguments(
                concat, i, VALUE_OF.asType(MethodType.methodType(String.class, operand)));
      }
    }
    return new ConstantCallSite(concat.asType(type));
  }

  /** In place of {@code ObjectMethods.bootstrap}, for {@code toString}. */
  public static CallSite record(
      MethodHandles.Lookup caller,
      String name,
      MethodType type,
      Class<?> record,
      String names,
      MethodHandle... getters) {
    String[] components = names.isEmpty() ? new String[0] : names.split(";");
    MethodHandle text =
        MethodHandles.insertArguments(
            RECORD, 0, record.getSimpleName(), components, generic(getters));
    return new ConstantCallSite(text.asType(type));
  }

  static MethodHandle[] generic(MethodHandle[] getters) {
    return Arrays.stream(getters)
        .map(getter -> getter.asType(MethodType.genericMethodType(1)))
        .toArray(MethodHandle[]::new);
  }

  /** The value of one component of a record. */
  static @Nullable Object component(MethodHandle getter, Object record) {
    try {
      return (Object) getter.invokeExact(record);
    } catch (Error | RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** The refusal of an object that has no text, or no hash, but its identity. */
  static UnsupportedOperationException identity(Class<?> type) {
    return new UnsupportedOperationException(
        (type.isHidden() ? "a lambda" : type.isArray() ? "an array" : type.getName())
            + " has no text and no hash but its identity, which differs between nodes; give the class"
            + " methods of its own, or use what it holds");
  }

  /** What {@link #record} links to. */
  static String textOfRecord(String name, String[] names, MethodHandle[] getters, Object record) {
    List<String> parts = new ArrayList<>(names.length);
    for (int i = 0; i < names.length; i++) {
      parts.add(names[i] + "=" + nested(component(getters[i], record)));
    }
    return name + "[" + String.join(", ", parts) + "]";
  }

  /** Of a record of the kernel's. */
  private static String record(Object record) {
    List<String> parts = new ArrayList<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      parts.add(component.getName() + "=" + nested(component(component, record)));
    }
    return record.getClass().getSimpleName() + "[" + String.join(", ", parts) + "]";
  }

  static @Nullable Object component(RecordComponent component, Object record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(Class<?> type) {
    if (type.isHidden()) {
      throw identity(type);
    }
    return type.toString();
  }

  private static String elements(Collection<?> values) {
    List<String> texts = new ArrayList<>(values.size());
    values.forEach(value -> texts.add(value == values ? "(this Collection)" : nested(value)));
    if (values instanceof Set
        && !(values instanceof SortedSet || values instanceof LinkedHashSet)) {
      Collections.sort(texts);
    }
    return "[" + String.join(", ", texts) + "]";
  }

  private static String entries(Map<?, ?> values) {
    List<String> texts = new ArrayList<>(values.size());
    values.entrySet().forEach(one -> texts.add(entry(one)));
    if (!(values instanceof SortedMap || values instanceof LinkedHashMap)) {
      Collections.sort(texts);
    }
    return "{" + String.join(", ", texts) + "}";
  }

  private static String entry(Map.Entry<?, ?> entry) {
    return nested(entry.getKey()) + "=" + nested(entry.getValue());
  }

  /** Text within a text: what contains itself ends by the limit of depth. */
  private static String nested(@Nullable Object value) {
    GuardState state = Guard.enter();
    int depth = state.depth();
    String text = valueOf(value);
    state.leave(depth);
    return text;
  }

  /** Numbers and characters stay what they are: the format has to do with them. */
  private static @Nullable Object[] texts(@Nullable Object[] arguments) {
    @Nullable Object[] texts = new @Nullable Object[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      Object value = arguments[i];
      boolean kept =
          value == null
              || value instanceof Number
              || value instanceof Character
              || value instanceof Boolean;
      texts[i] = kept ? value : of(value);
    }
    return texts;
  }
}
