package io.segue.kernel.admission.code;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/**
 * Which class of Java declares a method that is called by the name of a subclass, as {@code
 * ArrayList.parallelStream} is declared by {@code Collection}. Asks this Java; initialises nothing.
 */
final class PlatformMembers {
  private final Map<String, Optional<String>> known = new HashMap<>();

  /** The internal name of the declaring class; empty where there is no such class or method. */
  Optional<String> declaring(String owner, String name, String descriptor) {
    return known.computeIfAbsent(
        owner + '#' + name + descriptor, key -> find(owner, name, descriptor));
  }

  private static Optional<String> find(String owner, String name, String descriptor) {
    try {
      Class<?> type =
          Class.forName(owner.replace('/', '.'), false, ClassLoader.getPlatformClassLoader());
      return Optional.ofNullable(find(type, name, parameters(descriptor), true))
          .map(Type::getInternalName);
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }

  private static @Nullable Class<?> find(
      Class<?> type, String name, String parameters, boolean own) {
    for (Executable declared : declared(type, name)) {
      boolean inherited = own || !type.isInterface() || !Modifier.isStatic(declared.getModifiers());
      if (inherited && parameters(declared).equals(parameters)) {
        return type;
      }
    }
    if (type.getSuperclass() != null) {
      Class<?> found = find(type.getSuperclass(), name, parameters, false);
      if (found != null) {
        return found;
      }
    }
    for (Class<?> parent : type.getInterfaces()) {
      Class<?> found = find(parent, name, parameters, false);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static Iterable<Executable> declared(Class<?> type, String name) {
    java.util.List<Executable> found = new java.util.ArrayList<>();
    if (name.equals("<init>")) {
      found.addAll(java.util.List.of(type.getDeclaredConstructors()));
    } else {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals(name)) {
          found.add(method);
        }
      }
    }
    return found;
  }

  private static String parameters(Executable declared) {
    return parameters(
        declared instanceof Method method
            ? Type.getMethodDescriptor(method)
            : Type.getConstructorDescriptor((Constructor<?>) declared));
  }

  private static String parameters(String descriptor) {
    return descriptor.substring(0, descriptor.indexOf(')') + 1);
  }
}
