package io.segue.kernel.admission.code;

import io.segue.kernel.admission.allow.Condition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether the operands of a call are as the conditions of the list ask. */
final class Conditions {
  private static final String OBJECTS = "[Ljava/lang/Object;";
  private static final String STRING = "java/lang/String";
  private static final String CLASS = "java/lang/Class";
  private static final String BUILDER = "$Builder";

  private static final Set<String> OWN =
      Set.of(
          "com/google/protobuf/GeneratedMessage",
          "com/google/protobuf/GeneratedMessage$ExtendableMessage",
          "com/google/protobuf/ProtocolMessageEnum");

  /** What an extension may be of besides messages and enums. */
  private static final Set<String> VALUES =
      Set.of(
          "com/google/protobuf/ByteString",
          "java/lang/Boolean",
          "java/lang/Double",
          "java/lang/Float",
          "java/lang/Integer",
          "java/lang/Long",
          STRING);

  private final Uses uses;

  Conditions(Uses uses) {
    this.uses = uses;
  }

  /** Whether a condition holds for a call; what depends on more than operands does not. */
  boolean holds(Condition condition, List<Operand> operands) {
    return switch (condition) {
      case CONST -> constant(operands).isPresent();
      case PATTERN -> constant(operands).filter(RegularExpression::isSafe).isPresent();
      case DATE -> constant(operands).filter(DatePattern::isNumeric).isPresent();
      case FORMAT ->
          constant(operands).filter(FormatText::isPlain).isPresent()
              && operands.stream()
                  .filter(it -> it.declared().equals(OBJECTS))
                  .allMatch(it -> it.elements().filter(this::allHaveText).isPresent());
      case OWNMESSAGE -> areOwnMessages(operands);
      case TEXT -> operands.stream().allMatch(this::hasText);
      case HASH -> operands.stream().allMatch(it -> it.type().filter(uses::hasHash).isPresent());
      case SORTED -> false;
    };
  }

  /** Whether a condition holds for a method reference that takes values of these types. */
  boolean holdsForReference(Condition condition, List<String> types) {
    return switch (condition) {
      case TEXT -> allHaveText(types);
      case HASH -> types.stream().allMatch(uses::hasHash);
      default -> false;
    };
  }

  /** The type of the first operand that becomes a text which is an address in memory. */
  Optional<String> withoutText(List<Operand> operands) {
    return operands.stream()
        .filter(operand -> !hasText(operand))
        .findFirst()
        .flatMap(Operand::type);
  }

  /** Whether values of all these types have a text that is the same on all nodes. */
  boolean allHaveText(List<String> types) {
    return types.stream().allMatch(uses::hasText);
  }

  /** The first text that a call takes besides the object it is made on. */
  private static Optional<String> constant(List<Operand> operands) {
    List<Operand> texts = operands.stream().filter(it -> it.declared().equals(STRING)).toList();
    // "a,b".split(","): what is split is a String too, and comes before the pattern.
    boolean onText = texts.size() > 1 && operands.get(0).declared().equals(STRING);
    return texts.stream().skip(onText ? 1 : 0).findFirst().flatMap(Operand::text);
  }

  /** Whether each class is a constant of the bundle's own, and the second the first's builder. */
  private boolean areOwnMessages(List<Operand> operands) {
    List<String> classes =
        operands.stream()
            .filter(it -> it.declared().equals(CLASS))
            .flatMap(it -> Stream.ofNullable(it.namedClass().orElse(null)))
            .toList();
    long declared = operands.stream().filter(it -> it.declared().equals(CLASS)).count();
    if (classes.size() != declared) {
      return false;
    }
    return switch (classes.size()) {
      case 0 -> true;
      case 1 -> isOwn(classes.get(0)) || VALUES.contains(classes.get(0));
      case 2 -> isOwn(classes.get(0)) && classes.get(1).equals(classes.get(0) + BUILDER);
      default -> false;
    };
  }

  private boolean isOwn(String internalName) {
    return uses.types().contains(internalName) && uses.types().isA(internalName, OWN);
  }

  private boolean hasText(Operand operand) {
    if (operand.declared().equals(OBJECTS)) {
      return operand
          .elements()
          .map(this::allHaveText)
          .orElseGet(() -> operand.type().map(it -> hasText(elementOf(it))).orElse(true));
    }
    return operand.declared().startsWith("[")
        || operand.declared().length() == 1
        || operand.declared().equals(STRING)
        || operand.type().map(this::hasText).orElse(true);
  }

  private boolean hasText(String internalName) {
    return uses.hasText(internalName);
  }

  private static String elementOf(String array) {
    return array.startsWith("[L") ? array.substring(2, array.length() - 1) : array.substring(1);
  }
}
