package io.segue.kernel.testkit.determinism;

import io.segue.kernel.admission.allow.AllowList;
import io.segue.kernel.admission.allow.AllowedMember;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes programs of random calls of members that code of generations may use: a message handler
 * each, which computes and writes what comes out to its store. The same seed writes the same.
 */
final class ProgramWriter {
  /** How deep calls are nested in one expression. */
  private static final int DEPTH = 4;

  private static final int STATEMENTS = 12;

  /** Whose members are called. */
  private static final List<Class<?>> CLASSES =
      List.of(
          Arrays.class,
          BigDecimal.class,
          BigInteger.class,
          BitSet.class,
          Boolean.class,
          Character.class,
          CharSequence.class,
          Collection.class,
          Collections.class,
          Comparator.class,
          Deque.class,
          Duration.class,
          HexFormat.class,
          Instant.class,
          Integer.class,
          List.class,
          LocalDate.class,
          LocalDateTime.class,
          LocalTime.class,
          Long.class,
          Map.class,
          Math.class,
          NavigableMap.class,
          NavigableSet.class,
          Objects.class,
          Optional.class,
          Set.class,
          String.class,
          StringBuilder.class,
          StringJoiner.class,
          UUID.class);

  /** What can be made of nothing, with the variables that a program has of it. */
  private static final Map<Class<?>, List<String>> VALUES = new LinkedHashMap<>();

  static {
    value(int.class, "0", "1", "-1", "7", "31", "100", "Integer.MAX_VALUE", "Integer.MIN_VALUE");
    value(long.class, "0L", "1L", "-3L", "1_000_000_007L", "Long.MAX_VALUE", "Long.MIN_VALUE");
    value(boolean.class, "true", "false");
    value(char.class, "'a'", "'Z'", "'0'", "' '", "'\\u00e9'", "'\\u0130'");
    value(byte.class, "(byte) 0", "(byte) 127", "(byte) -128");
    value(short.class, "(short) 5", "(short) -5");
    value(
        String.class,
        "\"\"",
        "\"a\"",
        "\"segue\"",
        "\"12\"",
        "\"-7\"",
        "\"\\u00e9\\u0130\\ud83d\\ude00\"");
    value(CharSequence.class, "\"text\"", "new StringBuilder(\"built\")");
    value(StringBuilder.class, "new StringBuilder()", "new StringBuilder(\"builder\")");
    value(StringJoiner.class, "new java.util.StringJoiner(\",\")");
    value(
        BigInteger.class,
        "BigInteger.ZERO",
        "BigInteger.TEN",
        "new BigInteger(\"-123456789012345678901234567890\")");
    value(
        BigDecimal.class,
        "BigDecimal.ONE",
        "new BigDecimal(\"-12.3450\")",
        "new BigDecimal(\"1E+7\")");
    value(MathContext.class, "java.math.MathContext.DECIMAL64", "new java.math.MathContext(3)");
    value(RoundingMode.class, "RoundingMode.HALF_EVEN", "RoundingMode.DOWN");
    value(
        byte[].class,
        "new byte[0]",
        "new byte[] {1, -2, 3}",
        "\"bytes\".getBytes(java.nio.charset.StandardCharsets.UTF_8)");
    value(int[].class, "new int[] {3, 1, 2}", "new int[0]");
    value(long[].class, "new long[] {5L, -5L}");
    value(char[].class, "\"chars\".toCharArray()");
    value(Object[].class, "new Object[] {1, 2L, \"3\"}", "new Object[0]");
    value(Object.class, "1", "2L", "\"o\"", "BigInteger.ONE", "'c'", "List.of(1, 2)");
    value(
        List.class, "new ArrayList(List.of(3, 1, 2))", "List.of(\"b\", \"a\")", "new ArrayList()");
    value(
        Collection.class,
        "new ArrayList(List.of(9, 8))",
        "new LinkedHashSet(List.of(4, 2, 3))",
        "new TreeMap(Map.of(1, 2)).values()");
    value(
        Set.class, "new LinkedHashSet(List.of(\"x\", \"w\", \"y\"))", "new TreeSet(List.of(2, 1))");
    value(NavigableSet.class, "new TreeSet(List.of(5, 3, 4))");
    value(Deque.class, "new ArrayDeque(List.of(1, 2, 3))");
    value(
        Map.class,
        "new LinkedHashMap(new TreeMap(Map.of(\"k\", 1, \"j\", 2)))",
        "new TreeMap(Map.of(1, \"one\"))");
    value(NavigableMap.class, "new TreeMap(Map.of(1, \"one\", 2, \"two\"))");
    value(Optional.class, "Optional.of(1)", "Optional.empty()");
    value(BitSet.class, "BitSet.valueOf(new long[] {42L})");
    value(Duration.class, "Duration.ofSeconds(90)", "Duration.ZERO");
    value(Instant.class, "context.time()", "Instant.EPOCH");
    value(LocalDate.class, "LocalDate.of(2024, 2, 29)");
    value(LocalTime.class, "LocalTime.of(23, 59, 59)");
    value(LocalDateTime.class, "LocalDateTime.of(2026, 1, 1, 0, 0)");
    value(UUID.class, "new UUID(1L, 2L)");
    value(HexFormat.class, "HexFormat.of()", "HexFormat.ofDelimiter(\":\")");
    value(Comparator.class, "Comparator.naturalOrder()", "Comparator.reverseOrder()");
    value(Function.class, "((Function) x -> x)", "((Function) x -> \"f\" + x)");
    value(Integer.class, "Integer.valueOf(5)");
    value(Long.class, "Long.valueOf(6L)");
    value(Boolean.class, "Boolean.TRUE");
    value(Character.class, "Character.valueOf('q')");
  }

  private static final List<Executable> MEMBERS =
      CLASSES.stream().flatMap(ProgramWriter::members).toList();

  private static final Map<Class<?>, List<Executable>> MAKERS =
      MEMBERS.stream()
          .filter(member -> VALUES.containsKey(result(member)))
          .collect(
              Collectors.groupingBy(
                  ProgramWriter::result, LinkedHashMap::new, Collectors.toList()));

  private final Random random;
  private final Map<Class<?>, List<String>> variables = new LinkedHashMap<>();

  ProgramWriter(long seed) {
    this.random = new Random(seed);
  }

  /** How many members programs may call. */
  static int members() {
    return MAKERS.values().stream().mapToInt(List::size).sum();
  }

  /** A program, in package {@code p}. */
  String program(String name) {
    StringBuilder body = new StringBuilder();
    List<Class<?>> types = List.copyOf(MAKERS.keySet());
    variables.clear();
    for (int i = 0; i < STATEMENTS; i++) {
      Class<?> type = types.get(random.nextInt(types.size()));
      String assigned =
          "    "
              + type.getCanonicalName()
              + " v"
              + i
              + " = "
              + VALUES.get(type).get(0)
              + ";\n    try { "
              + "v"
              + i
              + " = ("
              + type.getCanonicalName()
              + ") "
              + expression(type, DEPTH)
              + "; } catch (ArithmeticException e) { out.append(\"!a\"); }"
              + " catch (IndexOutOfBoundsException e) { out.append(\"!i\"); }"
              + " catch (RuntimeException e) { out.append(\"!r\"); }\n";
      body.append(
          random.nextInt(4) == 0
              ? assigned.replace("try {", "for (int n = 0; n < 3; n++) try {")
              : assigned);
      variables.computeIfAbsent(type, key -> new ArrayList<>()).add("v" + i);
      body.append("    out.append('|'); ").append(shown(type, "v" + i)).append('\n');
    }
    return """
        package p;
        import io.segue.kernel.api.module.*;
        import java.math.*;
        import java.time.*;
        import java.util.*;
        import java.util.function.*;
        @SuppressWarnings({"unchecked", "rawtypes"})
        public final class %s implements MessageHandler {
          public List<byte[]> signers(byte[] message) { return List.of(); }
          public byte[] handle(Context context, byte[] message) {
            StringBuilder out = new StringBuilder();
        %s    context.store().set(message, out.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return new byte[0];
          }
        }
        """
        .formatted(name, body);
  }

  private String expression(Class<?> type, int depth) {
    List<Executable> makers = MAKERS.getOrDefault(type, List.of());
    if (depth == 0 || makers.isEmpty() || random.nextInt(4) == 0) {
      List<String> values = new ArrayList<>(VALUES.get(type));
      values.addAll(variables.getOrDefault(type, List.of()));
      return values.get(random.nextInt(values.size()));
    }
    Executable maker = makers.get(random.nextInt(makers.size()));
    List<String> arguments = new ArrayList<>();
    for (Class<?> parameter : maker.getParameterTypes()) {
      arguments.add("(" + parameter.getCanonicalName() + ") " + expression(parameter, depth - 1));
    }
    String list = "(" + String.join(", ", arguments) + ")";
    Class<?> owner = maker.getDeclaringClass();
    if (maker instanceof Constructor<?>) {
      return "new " + owner.getCanonicalName() + list;
    }
    String on =
        Modifier.isStatic(maker.getModifiers())
            ? owner.getCanonicalName()
            : "((" + owner.getCanonicalName() + ") " + expression(owner, depth - 1) + ")";
    return on + "." + maker.getName() + list;
  }

  /** Text of a value, of an array by its elements. */
  private static String shown(Class<?> type, String variable) {
    if (type == byte[].class) {
      return "out.append(HexFormat.of().formatHex(" + variable + "));";
    }
    if (type == Object[].class) {
      return "out.append(" + variable + ".length);";
    }
    if (type.isArray()) {
      return "out.append(Arrays.toString(" + variable + "));";
    }
    if (type.isPrimitive()) {
      return type == byte.class || type == short.class
          ? "out.append((int) " + variable + ");"
          : "out.append(" + variable + ");";
    }
    return type == HexFormat.class || type == Comparator.class || type == Function.class
        ? "out.append(" + variable + " != null);"
        : "try { out.append(String.valueOf("
            + variable
            + ")); }"
            + " catch (RuntimeException e) { out.append(\"!t\"); }";
  }

  /**
   * The members of a class that may be called without a condition, and whose parameters are known.
   */
  private static Stream<Executable> members(Class<?> type) {
    return Stream.<Executable>concat(
            Arrays.stream(type.getDeclaredMethods()).filter(method -> !method.isBridge()),
            Arrays.stream(type.getDeclaredConstructors()))
        .filter(member -> Modifier.isPublic(member.getModifiers()))
        .filter(member -> isAllowed(type, member))
        .filter(member -> Modifier.isStatic(member.getModifiers()) || VALUES.containsKey(type))
        .filter(member -> VALUES.keySet().containsAll(List.of(member.getParameterTypes())))
        .sorted(Comparator.comparing(Executable::toString));
  }

  private static boolean isAllowed(Class<?> type, Executable member) {
    String parameters =
        Arrays.stream(member.getParameterTypes())
            .map(
                parameter ->
                    parameter.getName().startsWith("[")
                        ? parameter.getSimpleName()
                        : simple(parameter))
            .collect(Collectors.joining(",", "(", ")"));
    String name = (member instanceof Constructor<?> ? "new" : member.getName()) + parameters;
    return AllowList.CODE
        .type(type.getName())
        .flatMap(allowed -> Optional.ofNullable(allowed.members().get(name)))
        .filter(AllowedMember::allowed)
        .filter(allowed -> allowed.conditions().isEmpty())
        .isPresent();
  }

  private static String simple(Class<?> type) {
    return type.getName().substring(type.getName().lastIndexOf('.') + 1);
  }

  private static Class<?> result(Executable member) {
    return member instanceof Method method ? method.getReturnType() : member.getDeclaringClass();
  }

  private static void value(Class<?> type, String... values) {
    VALUES.put(type, List.of(values));
  }
}
