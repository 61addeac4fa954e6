package io.segue.kernel.admission.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The classes of one bundle and how they descend from each other and from the platform. */
final class BundleTypes {
  private final Map<String, Entry> types = new HashMap<>();

  /** One class: what it extends and declares. */
  private record Entry(List<String> parents, Set<String> methods) {}

  /** Takes a class in; anything that ASM throws where the class file is damaged goes on. */
  void add(ClassReader reader) {
    Set<String> methods = new HashSet<>();
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public @Nullable MethodVisitor visitMethod(
              int access,
              String name,
              String descriptor,
              @Nullable String s,
              String @Nullable [] e) {
            methods.add(name + descriptor);
            return null;
          }
        },
        ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    List<String> parents = new ArrayList<>();
    if (reader.getSuperName() != null) {
      parents.add(reader.getSuperName());
    }
    parents.addAll(List.of(reader.getInterfaces()));
    types.put(reader.getClassName(), new Entry(parents, methods));
  }

  boolean contains(String internalName) {
    return types.containsKey(internalName);
  }

  /**
   * The class outside this bundle that a call on one of its classes ends at, going up from it;
   * empty where a class of the bundle has the method.
   */
  Optional<String> outside(String owner, String name, String descriptor) {
    Set<String> seen = new HashSet<>();
    String at = owner;
    while (seen.add(at)) {
      Entry type = types.get(at);
      if (type == null) {
        return Optional.of(at);
      }
      if (type.methods().contains(name + descriptor) || type.parents().isEmpty()) {
        return Optional.empty();
      }
      at = type.parents().get(0);
    }
    return Optional.empty();
  }

  /** Whether a class of this bundle is a subtype of one of these. */
  boolean isA(String internalName, Set<String> supertypes) {
    return isA(internalName, supertypes, new HashSet<>());
  }

  private boolean isA(String internalName, Set<String> supertypes, Set<String> seen) {
    if (supertypes.contains(internalName)) {
      return true;
    }
    Entry type = types.get(internalName);
    return type != null
        && seen.add(internalName)
        && type.parents().stream().anyMatch(parent -> isA(parent, supertypes, seen));
  }
}
