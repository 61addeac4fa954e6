package io.segue.kernel.admission.code;

import io.segue.kernel.admission.allow.AllowList;
import io.segue.kernel.admission.allow.AllowedMember;
import io.segue.kernel.admission.allow.AllowedType;
import io.segue.kernel.admission.allow.TypeUse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/** Says whether a class of one bundle may use a type or a member, by one section of the list. */
final class Uses {
  private static final String JAVA = "java/";
  private static final String CONSTRUCTOR = "<init>";
  private static final String OBJECT = "java/lang/Object";

  private final AllowList list;
  private final Hierarchy hierarchy;
  private final Rules rules;
  private final String rest;
  private final BundleTypes types;
  private final Set<String> imports;
  private final Map<TypeKey, Ruling> typesSeen = new HashMap<>();
  private final Map<Member, Ruling> membersSeen = new HashMap<>();

  private record TypeKey(String name, TypeUse use) {}

  /** A method or field as an instruction names it. */
  private record Member(String owner, String name, String descriptor, boolean isStatic) {}

  /**
   * The uses of one bundle.
   *
   * @param rest the rule for what is not on the list, where no other one explains it
   * @param imports the packages it imports, with dots
   */
  Uses(AllowList list, Rules rules, String rest, BundleTypes types, Set<String> imports) {
    this.list = list;
    this.hierarchy = new Hierarchy(list);
    this.rules = rules;
    this.rest = rest;
    this.types = types;
    this.imports = imports;
  }

  BundleTypes types() {
    return types;
  }

  /** Whether a type may be used in a way, by its internal name; of an array its elements. */
  Ruling ofType(String internalName, TypeUse use) {
    return typesSeen.computeIfAbsent(
        new TypeKey(internalName, use), key -> checkType(internalName, use));
  }

  /** Whether an object of a class may be made, by any constructor that is on the list. */
  Ruling ofMaking(String internalName) {
    return list.type(dotted(internalName)).filter(AllowedType::isForSubclasses).isPresent()
        ? Ruling.broken(explain(List.of(internalName), CONSTRUCTOR, "()V"))
        : Ruling.ALLOWED;
  }

  /**
   * Whether a method may be called or a field be used.
   *
   * @param isStatic whether it is looked for in this class alone
   */
  Ruling ofMember(String owner, String name, String descriptor, boolean isStatic) {
    Member member = new Member(owner, name, descriptor, isStatic);
    @Nullable Ruling seen = membersSeen.get(member);
    if (seen == null) {
      seen = checkMember(member);
      membersSeen.put(member, seen);
    }
    return seen;
  }

  /** Whether a text can be made of a value of this type that is the same on all nodes. */
  boolean hasText(String internalName) {
    if (types.contains(internalName)) {
      return types.hasText(internalName)
          || types.upwards(internalName).stream()
              .anyMatch(it -> !types.contains(it) && !it.equals(OBJECT) && hasText(it));
    }
    Stream<String> upwards =
        internalName.equals(OBJECT)
            ? Stream.of(dotted(OBJECT))
            : hierarchy.upwards(dotted(internalName)).stream()
                .filter(name -> !name.equals(dotted(OBJECT)));
    return upwards.anyMatch(name -> has(name, TypeUse.TEXT));
  }

  /** Whether values of a type have hashes that are the same on all nodes. */
  boolean hasHash(String internalName) {
    return has(dotted(internalName), TypeUse.HASH);
  }

  /** Whether equal values of a type are the same object. */
  boolean isSame(String internalName) {
    return types.upwards(internalName).stream()
        .flatMap(it -> hierarchy.upwards(dotted(it)).stream())
        .anyMatch(name -> has(name, TypeUse.SAME));
  }

  private Ruling checkType(String internalName, TypeUse use) {
    Type type = Type.getObjectType(internalName);
    if (type.getSort() == Type.ARRAY) {
      Type element = type.getElementType();
      return element.getSort() == Type.OBJECT
          ? checkType(element.getInternalName(), use)
          : Ruling.ALLOWED;
    }
    if (types.contains(internalName)) {
      return Ruling.ALLOWED;
    }
    if (isMissing(internalName)) {
      return missing(internalName);
    }
    return has(dotted(internalName), use)
        ? Ruling.ALLOWED
        : Ruling.broken(explain(List.of(internalName), "", ""));
  }

  private Ruling checkMember(Member member) {
    String owner = member.owner().startsWith("[") ? OBJECT : member.owner();
    if (!owner.equals(member.owner()) && member.name().equals("clone")) {
      return Ruling.ALLOWED;
    }
    if (!types.contains(owner)) {
      if (isMissing(owner)) {
        return missing(owner);
      }
      return member.isStatic() || member.name().equals(CONSTRUCTOR)
          ? ruling(list.type(dotted(owner)).flatMap(it -> it.member(key(member))), member, owner)
          : list.type(dotted(owner)).isEmpty()
              ? Ruling.broken(explain(List.of(owner), member.name(), member.descriptor()))
              : ruling(upwards(owner, member), member, owner);
    }
    Optional<List<String>> outside = types.outside(owner, member.name(), member.descriptor());
    if (outside.isEmpty()) {
      return Ruling.ALLOWED;
    }
    for (String above : outside.get()) {
      Optional<AllowedMember> found = upwards(above, member);
      if (found.isPresent()) {
        return ruling(found, member, above);
      }
    }
    return Ruling.broken(
        outside.get().stream().allMatch(OBJECT::equals) && !isOfObject(member)
            ? rules.named("missing-class")
            : explain(outside.get(), member.name(), member.descriptor()));
  }

  private Ruling ruling(Optional<AllowedMember> found, Member member, String owner) {
    return found.filter(AllowedMember::allowed).isPresent()
        ? Ruling.allowed(found.get().conditions())
        : Ruling.broken(explain(List.of(owner), member.name(), member.descriptor()));
  }

  private Optional<AllowedMember> upwards(String owner, Member member) {
    String key = key(member);
    return hierarchy.upwards(dotted(owner)).stream()
        .flatMap(name -> list.type(name).stream())
        .flatMap(type -> type.member(key).stream())
        .findFirst();
  }

  /** The rule with a pattern for a member of these types or their supertypes, or for the types. */
  private CodeRule explain(List<String> owners, String name, String descriptor) {
    for (String owner : owners) {
      for (String type : hierarchy.upwards(dotted(owner))) {
        Optional<CodeRule> rule = rules.ofMember(type, name, descriptor);
        if (rule.isPresent()) {
          return rule.get();
        }
      }
    }
    for (String owner : owners) {
      Optional<CodeRule> rule = rules.ofClass(dotted(owner));
      if (rule.isPresent()) {
        return rule.get();
      }
    }
    return rules.named(hasFloatingPoint(descriptor) ? "floating-point" : rest);
  }

  private boolean has(String name, TypeUse use) {
    return list.type(name).filter(type -> type.uses().contains(use)).isPresent();
  }

  private boolean isMissing(String internalName) {
    return !internalName.startsWith(JAVA) && !imports.contains(packageOf(internalName));
  }

  private Ruling missing(String internalName) {
    return Ruling.broken(
        rules
            .ofClass(dotted(internalName))
            .filter(rule -> list.type(dotted(internalName)).isEmpty())
            .orElseGet(() -> rules.named("missing-class")));
  }

  private static boolean isOfObject(Member member) {
    return Stream.of(Object.class.getDeclaredMethods())
        .anyMatch(method -> method.getName().equals(member.name()));
  }

  /** Whether a method takes or gives a float or a double, alone or in an array. */
  static boolean hasFloatingPoint(String descriptor) {
    if (!descriptor.startsWith("(")) {
      return !descriptor.isEmpty() && isFloatingPoint(Type.getType(descriptor));
    }
    for (Type type : Type.getArgumentTypes(descriptor)) {
      if (isFloatingPoint(type)) {
        return true;
      }
    }
    return isFloatingPoint(Type.getReturnType(descriptor));
  }

  /** A member as the list names it. */
  private static String key(Member member) {
    return member.descriptor().startsWith("(")
        ? member.name() + MemberNames.parameters(member.descriptor())
        : member.name();
  }

  private static boolean isFloatingPoint(Type type) {
    Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
    return element.getSort() == Type.FLOAT || element.getSort() == Type.DOUBLE;
  }

  private static String dotted(String internalName) {
    return internalName.replace('/', '.');
  }

  private static String packageOf(String internalName) {
    int end = internalName.lastIndexOf('/');
    return end < 0 ? "" : internalName.substring(0, end).replace('/', '.');
  }
}
