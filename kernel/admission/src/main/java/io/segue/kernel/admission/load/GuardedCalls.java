package io.segue.kernel.admission.load;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The members of Java that code of generations does not call itself under kernel rules 2, and what
 * it calls in place of them: the method of the same name in a class of {@link LoadRules#IMPORT},
 * which takes the object as its first parameter. Part of the rules, so nothing of it changes.
 */
final class GuardedCalls {
  private static final String PACKAGE = LoadRules.IMPORT.replace('.', '/') + '/';
  static final String NUMBERS = PACKAGE + "GuardedNumbers";
  static final String SIZES = PACKAGE + "GuardedSizes";
  private static final String PATTERNS = PACKAGE + "GuardedPatterns";
  static final String TEXT = PACKAGE + "GuardedText";
  static final String HASH = PACKAGE + "GuardedHash";

  static final String TO_STRING = "toString";
  static final String TO_STRING_TYPE = "()Ljava/lang/String;";
  static final String HASH_CODE = "hashCode";
  static final String HASH_CODE_TYPE = "()I";

  /** Class, and then members of it on lines of their own; {@code #} stands for the class itself. */
  private static final String OF_NUMBERS =
      """
      java/math/BigInteger
       pow(I)#
       multiply(#)#
       shiftLeft(I)#
       shiftRight(I)#
       setBit(I)#
       clearBit(I)#
       flipBit(I)#
       modPow(##)#
       modInverse(#)#
      java/math/BigDecimal
       pow(I)#
       pow(ILjava/math/MathContext;)#
       multiply(#)#
       multiply(#Ljava/math/MathContext;)#
       setScale(I)#
       setScale(ILjava/math/RoundingMode;)#
       divide(#)#
       divide(#Ljava/math/RoundingMode;)#
       divide(#ILjava/math/RoundingMode;)#
       divide(#Ljava/math/MathContext;)#
       divideToIntegralValue(#)#
       divideToIntegralValue(#Ljava/math/MathContext;)#
       movePointLeft(I)#
       movePointRight(I)#
       scaleByPowerOfTen(I)#
       sqrt(Ljava/math/MathContext;)#
       round(Ljava/math/MathContext;)#
       valueOf(JI)#
      """;

  private static final String OF_SIZES =
      """
      java/lang/String
       repeat(I)#
       indent(I)#
       join(Ljava/lang/CharSequence;[Ljava/lang/CharSequence;)#
       join(Ljava/lang/CharSequence;Ljava/lang/Iterable;)#
       replace(Ljava/lang/CharSequence;Ljava/lang/CharSequence;)#
      java/util/BitSet
       set(IZ)V
       set(II)V
       set(IIZ)V
       flip(II)V
      java/util/stream/Collectors
       joining()Ljava/util/stream/Collector;
       joining(Ljava/lang/CharSequence;)Ljava/util/stream/Collector;
       joining(Ljava/lang/CharSequence;Ljava/lang/CharSequence;Ljava/lang/CharSequence;)Ljava/util/stream/Collector;
      java/time/LocalDate
       datesUntil(#)Ljava/util/stream/Stream;
      java/util/Collections
       nCopies(ILjava/lang/Object;)Ljava/util/List;
      java/util/stream/IntStream
       range(II)#
       rangeClosed(II)#
      java/util/stream/LongStream
       range(JJ)#
       rangeClosed(JJ)#
      """;

  private static final String OF_PATTERNS =
      """
      java/lang/String
       matches(#)Z
       split(#)[#
       split(#I)[#
       replaceAll(##)#
       replaceFirst(##)#
      java/util/regex/Pattern
       matches(Ljava/lang/String;Ljava/lang/CharSequence;)Z
       matcher(Ljava/lang/CharSequence;)Ljava/util/regex/Matcher;
       split(Ljava/lang/CharSequence;)[Ljava/lang/String;
       split(Ljava/lang/CharSequence;I)[Ljava/lang/String;
       splitAsStream(Ljava/lang/CharSequence;)Ljava/util/stream/Stream;
       asPredicate()Ljava/util/function/Predicate;
       asMatchPredicate()Ljava/util/function/Predicate;
      java/util/regex/Matcher
       reset(Ljava/lang/CharSequence;)#
       replaceAll(Ljava/lang/String;)Ljava/lang/String;
       replaceAll(Ljava/util/function/Function;)Ljava/lang/String;
       replaceFirst(Ljava/lang/String;)Ljava/lang/String;
      """;

  private static final String OF_TEXT =
      """
      java/lang/String
       valueOf(Ljava/lang/Object;)#
       format(Ljava/util/Locale;#[Ljava/lang/Object;)#
       formatted([Ljava/lang/Object;)#
      java/lang/StringBuilder
       append(Ljava/lang/Object;)#
       insert(ILjava/lang/Object;)#
      java/util/Objects
       toString(Ljava/lang/Object;)Ljava/lang/String;
       toString(Ljava/lang/Object;Ljava/lang/String;)Ljava/lang/String;
      java/util/Arrays
       toString([Ljava/lang/Object;)Ljava/lang/String;
      """;

  private static final String OF_HASH =
      """
      java/util/Objects
       hash([Ljava/lang/Object;)I
       hashCode(Ljava/lang/Object;)I
      java/util/Arrays
       hashCode([Ljava/lang/Object;)I
      """;

  /** Final classes of Java whose text and hash are those of their value. */
  private static final Set<String> VALUES =
      Set.of(
          "java/lang/String",
          "java/lang/Boolean",
          "java/lang/Character",
          "java/lang/Byte",
          "java/lang/Short",
          "java/lang/Integer",
          "java/lang/Long",
          "java/math/BigInteger",
          "java/math/BigDecimal");

  /** Those whose hash is that of their identity. */
  private static final Set<String> BUILDERS =
      Set.of("java/lang/StringBuilder", "java/lang/StringBuffer");

  /** What makes a number where its constructor is used as a method. */
  private static final Map<String, String> FACTORIES =
      Map.of(
          "java/math/BigInteger(Ljava/lang/String;)V", "newInteger",
          "java/math/BigInteger([B)V", "newInteger",
          "java/math/BigDecimal(Ljava/lang/String;)V", "newDecimal");

  private static final Map<String, String> CLASSES = classes();

  private GuardedCalls() {}

  /** What is called in place of a member; {@code isStatic} for that of the member. */
  record Call(String owner, String name, String descriptor) {}

  /**
   * What is called in place of a member.
   *
   * @param isStatic whether the member is
   */
  static Optional<Call> of(String owner, String name, String descriptor, boolean isStatic) {
    if (!isStatic && name.equals(TO_STRING) && descriptor.equals(TO_STRING_TYPE)) {
      return hasText(owner)
          ? Optional.empty()
          : Optional.of(new Call(TEXT, "of", "(Ljava/lang/Object;)Ljava/lang/String;"));
    }
    if (!isStatic && name.equals(HASH_CODE) && descriptor.equals(HASH_CODE_TYPE)) {
      return VALUES.contains(owner)
          ? Optional.empty()
          : Optional.of(new Call(HASH, "of", "(Ljava/lang/Object;)I"));
    }
    String guarding = CLASSES.get(owner + "." + name + descriptor);
    if (guarding == null) {
      return Optional.empty();
    }
    String type = isStatic ? descriptor : "(L" + owner + ";" + descriptor.substring(1);
    return Optional.of(new Call(guarding, name, type));
  }

  /** Whether objects of a class have a text that needs no look at them. */
  static boolean hasText(String owner) {
    return VALUES.contains(owner) || BUILDERS.contains(owner);
  }

  /** The handle in place of one of a lambda. */
  static Handle handle(Handle given) {
    if (given.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
      String factory = FACTORIES.get(given.getOwner() + given.getDesc());
      return factory == null
          ? given
          : new Handle(
              Opcodes.H_INVOKESTATIC,
              NUMBERS,
              factory,
              given.getDesc().replace(")V", ")L" + given.getOwner() + ";"),
              false);
    }
    boolean isStatic = given.getTag() == Opcodes.H_INVOKESTATIC;
    boolean isVirtual =
        given.getTag() == Opcodes.H_INVOKEVIRTUAL || given.getTag() == Opcodes.H_INVOKEINTERFACE;
    if (isStatic || isVirtual) {
      return of(given.getOwner(), given.getName(), given.getDesc(), isStatic)
          .map(
              call ->
                  new Handle(
                      Opcodes.H_INVOKESTATIC, call.owner(), call.name(), call.descriptor(), false))
          .orElse(given);
    }
    return given;
  }

  /** The type of a call that makes a lambda of a handle, which takes what it keeps as it is. */
  static String capturing(String descriptor, Handle handle) {
    Type[] kept = Type.getArgumentTypes(descriptor);
    Type[] taken = Type.getArgumentTypes(handle.getDesc());
    System.arraycopy(taken, 0, kept, 0, Math.min(kept.length, taken.length));
    return Type.getMethodDescriptor(Type.getReturnType(descriptor), kept);
  }

  private static Map<String, String> classes() {
    Map<String, String> classes = new HashMap<>();
    read(OF_NUMBERS, NUMBERS, classes);
    read(OF_SIZES, SIZES, classes);
    read(OF_PATTERNS, PATTERNS, classes);
    read(OF_TEXT, TEXT, classes);
    read(OF_HASH, HASH, classes);
    return classes;
  }

  private static void read(String table, String guarding, Map<String, String> classes) {
    String owner = "";
    for (String line : table.lines().toList()) {
      if (line.startsWith(" ")) {
        classes.put(owner + "." + line.strip().replace("#", "L" + owner + ";"), guarding);
      } else {
        owner = line;
      }
    }
  }
}
