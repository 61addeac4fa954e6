package io.segue.kernel.admission.code;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Type;

/** Says which rule it breaks, if any, that a class of one bundle uses a type or a member. */
final class Uses {
  private static final String JAVA = "java/";

  private final Rules rules;
  private final BundleTypes types;
  private final Set<String> imports;
  private final PlatformMembers platform = new PlatformMembers();
  private final Map<String, Optional<CodeRule>> typesSeen = new HashMap<>();
  private final Map<Member, Optional<CodeRule>> membersSeen = new HashMap<>();

  /** A method or field as an instruction names it. */
  private record Member(String owner, String name, String descriptor) {}

  /**
   * The uses of one bundle.
   *
   * @param imports the packages it imports, with dots
   */
  Uses(Rules rules, BundleTypes types, Set<String> imports) {
    this.rules = rules;
    this.types = types;
    this.imports = imports;
  }

  /** The rule for a type, by its internal name; an array's is that of its elements. */
  Optional<CodeRule> ofType(String internalName) {
    return typesSeen.computeIfAbsent(internalName, this::judgeType);
  }

  /** The rule for a call of a method or a use of a field. */
  Optional<CodeRule> ofMember(String owner, String name, String descriptor) {
    return membersSeen.computeIfAbsent(
        new Member(owner, name, descriptor), member -> check(owner, name, descriptor));
  }

  private Optional<CodeRule> judgeType(String internalName) {
    Type type = Type.getObjectType(internalName);
    if (type.getSort() == Type.ARRAY) {
      Type element = type.getElementType();
      return element.getSort() == Type.OBJECT
          ? judgeType(element.getInternalName())
          : Optional.empty();
    }
    if (types.contains(internalName)) {
      return Optional.empty();
    }
    Optional<CodeRule> rule = rules.ofClass(internalName);
    if (rule.isPresent() && !rule.get().isAllowed()) {
      return rule;
    }
    if (!internalName.startsWith(JAVA) && !imports.contains(packageOf(internalName))) {
      return Optional.of(rules.named("missing-class"));
    }
    return rule.isPresent() ? Optional.empty() : Optional.of(rules.forTheRest());
  }

  private Optional<CodeRule> check(String owner, String name, String descriptor) {
    if (owner.startsWith("[")) {
      return Optional.empty();
    }
    Optional<String> outside =
        types.contains(owner) ? types.outside(owner, name, descriptor) : Optional.of(owner);
    if (outside.isEmpty()) {
      return Optional.empty();
    }
    Optional<CodeRule> rule = ofDeclared(outside.get(), name, descriptor);
    if (rule.isPresent()) {
      return rule.filter(r -> !r.isAllowed());
    }
    if (outside.get().startsWith(JAVA) && hasFloatingPoint(descriptor)) {
      return Optional.of(rules.named("floating-point"));
    }
    return types.contains(owner) ? Optional.empty() : ofType(owner);
  }

  /** Whether a method takes or gives a float or a double, alone or in an array. */
  static boolean hasFloatingPoint(String descriptor) {
    if (!descriptor.startsWith("(")) {
      return isFloatingPoint(Type.getType(descriptor));
    }
    for (Type type : Type.getArgumentTypes(descriptor)) {
      if (isFloatingPoint(type)) {
        return true;
      }
    }
    return isFloatingPoint(Type.getReturnType(descriptor));
  }

  private static boolean isFloatingPoint(Type type) {
    Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
    return element.getSort() == Type.FLOAT || element.getSort() == Type.DOUBLE;
  }

  private Optional<CodeRule> ofDeclared(String owner, String name, String descriptor) {
    Optional<CodeRule> rule = rules.ofMember(owner, name, descriptor);
    if (rule.isPresent() || !rules.knowsMember(name) || !owner.startsWith(JAVA)) {
      return rule;
    }
    return platform
        .declaring(owner, name, descriptor)
        .filter(declaring -> !declaring.equals(owner))
        .flatMap(declaring -> rules.ofMember(declaring, name, descriptor));
  }

  private static String packageOf(String internalName) {
    int end = internalName.lastIndexOf('/');
    return end < 0 ? "" : internalName.substring(0, end).replace('/', '.');
  }
}
