package io.segue.kernel.admission.code;

import io.segue.kernel.admission.load.LoadRules;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The classes of one bundle and how they descend from each other and from the platform. Names are
 * internal ones.
 */
final class BundleTypes {
  private static final String PROTOBUF = "com/google/protobuf/";
  private static final String TO_STRING = "toString()Ljava/lang/String;";

  /** The interfaces that enums and the interfaces of messages extend in what it generates. */
  private static final Set<String> GENERATED_INTERFACES =
      Set.of(
          PROTOBUF + "GeneratedMessage$ExtendableMessageOrBuilder",
          PROTOBUF + "MessageOrBuilder",
          PROTOBUF + "ProtocolMessageEnum");

  private final Map<String, Entry> types = new HashMap<>();
  private final Map<String, List<String>> below = new HashMap<>();

  /** One class: what it extends, superclass first, and declares: methods and fields. */
  private record Entry(int access, List<String> parents, Set<String> members) {}

  /** Takes a class in; anything that ASM throws where the class file is damaged goes on. */
  void add(ClassReader reader) {
    Set<String> members = new HashSet<>();
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public @Nullable MethodVisitor visitMethod(
              int access,
              String name,
              String descriptor,
              @Nullable String s,
              String @Nullable [] e) {
            members.add(name + descriptor);
            return null;
          }

          @Override
          public @Nullable FieldVisitor visitField(
              int access,
              String name,
              String descriptor,
              @Nullable String s,
              @Nullable Object value) {
            members.add(name + ' ' + descriptor);
            return null;
          }
        },
        ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    List<String> parents = new ArrayList<>();
    if (reader.getSuperName() != null) {
      parents.add(reader.getSuperName());
    }
    parents.addAll(List.of(reader.getInterfaces()));
    types.put(reader.getClassName(), new Entry(reader.getAccess(), parents, members));
    parents.forEach(
        parent ->
            below.computeIfAbsent(parent, key -> new ArrayList<>()).add(reader.getClassName()));
  }

  boolean contains(String internalName) {
    return types.containsKey(internalName);
  }

  /**
   * The types outside of this bundle that may have a member of one of its classes, the nearest
   * first; empty where a class of the bundle declares it.
   *
   * @param descriptor of a method in brackets, as {@code (I)V}; of a field its type
   */
  Optional<List<String>> outside(String owner, String name, String descriptor) {
    String member = descriptor.startsWith("(") ? name + descriptor : name + ' ' + descriptor;
    List<String> outside = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(owner));
    while (!open.isEmpty()) {
      String at = open.remove();
      @Nullable Entry type = types.get(at);
      if (!seen.add(at)) {
        continue;
      }
      if (type == null) {
        outside.add(at);
      } else if (type.members().contains(member)) {
        return Optional.empty();
      } else if (!name.equals("<init>")) {
        open.addAll(type.parents());
      }
    }
    return Optional.of(outside);
  }

  /** Whether a class of this bundle is a subtype of one of these. */
  boolean isA(String internalName, Set<String> supertypes) {
    return upwards(internalName).stream().anyMatch(supertypes::contains);
  }

  /** Whether protobuf's compiler generated it, to go by its shape or that of a class around it. */
  boolean isGenerated(String internalName) {
    for (int end = internalName.length(); end > 0; end = internalName.lastIndexOf('$', end - 1)) {
      @Nullable Entry type = types.get(internalName.substring(0, end));
      if (type != null
          && type.parents().stream()
              .anyMatch(
                  it -> LoadRules.GENERATED.contains(it) || GENERATED_INTERFACES.contains(it))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether what it is, or some class of the bundle below it, says how its text is made; a record
   * and an enum do.
   */
  boolean hasText(String internalName) {
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(internalName));
    while (!open.isEmpty()) {
      String at = open.remove();
      if (seen.add(at)) {
        if (upwards(at).stream().anyMatch(this::declaresText)) {
          return true;
        }
        open.addAll(below.getOrDefault(at, List.of()));
      }
    }
    return false;
  }

  /** A class with all that it descends from, up to the first type that is not in the bundle. */
  Set<String> upwards(String internalName) {
    Set<String> all = new java.util.LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(internalName));
    while (!open.isEmpty()) {
      String at = open.remove();
      @Nullable Entry type = types.get(at);
      if (all.add(at) && type != null) {
        open.addAll(type.parents());
      }
    }
    return all;
  }

  private boolean declaresText(String internalName) {
    @Nullable Entry type = types.get(internalName);
    return internalName.equals("java/lang/Enum")
        || internalName.equals("java/lang/Record")
        || (type != null
            && type.members().contains(TO_STRING)
            && (type.access() & Opcodes.ACC_INTERFACE) == 0);
  }
}
