package io.segue.kernel.api.guard;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** How an object of a class is written as text, and hashed, so that every node has the same. */
enum ValueKind {
  /** Its own method says it. */
  OWN,
  /** As the name of the constant; its own text where it has one. */
  ENUM,
  /** Element by element. */
  COLLECTION,
  /** Entry by entry. */
  MAP,
  /** Key and value. */
  ENTRY,
  /** What is in it. */
  OPTIONAL,
  /** Component by component: a record of the kernel's. */
  RECORD,
  /** By its class alone, as what Java says in it differs between versions. */
  FAILURE,
  /** Its name. */
  CLASS,
  /** It has none but its identity, which differs between nodes. */
  IDENTITY;

  /** Classes of Java with a text that is specified; those of {@code java.time} too. */
  private static final Set<Class<?>> VALUES =
      Set.of(
          String.class,
          StringBuilder.class,
          StringBuffer.class,
          StringJoiner.class,
          Boolean.class,
          Character.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class,
          UUID.class,
          Pattern.class,
          OptionalInt.class,
          OptionalLong.class,
          OptionalDouble.class,
          AtomicBoolean.class,
          AtomicInteger.class,
          AtomicLong.class);

  /** Those among them whose hash is that of their identity. */
  private static final Set<Class<?>> TEXT_ONLY =
      Set.of(
          StringBuilder.class,
          StringBuffer.class,
          StringJoiner.class,
          Pattern.class,
          AtomicBoolean.class,
          AtomicInteger.class,
          AtomicLong.class);

  private static final String TIME = "java.time.";
  private static final String PROTOBUF = "com.google.protobuf.";
  private static final String BYTES = PROTOBUF + "ByteString";
  private static final String DESCRIPTORS = PROTOBUF + "Descriptors$";
  private static final String MESSAGE = PROTOBUF + "MessageLite";

  private static final ClassValue<ValueKind> TEXTS =
      new ClassValue<>() {
        @Override
        protected ValueKind computeValue(Class<?> type) {
          return of(type, "toString");
        }
      };

  private static final ClassValue<ValueKind> HASHES =
      new ClassValue<>() {
        @Override
        protected ValueKind computeValue(Class<?> type) {
          return of(type, "hashCode");
        }
      };

  static ValueKind ofText(Object value) {
    return TEXTS.get(value.getClass());
  }

  static ValueKind ofHash(Object value) {
    return HASHES.get(value.getClass());
  }

  /** The class whose method an object of this class has. */
  static Class<?> declaring(Class<?> type, String method) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Method one : c.getDeclaredMethods()) {
        if (one.getName().equals(method) && one.getParameterCount() == 0) {
          return c;
        }
      }
    }
    return Object.class;
  }

  private static ValueKind of(Class<?> type, String method) {
    boolean text = method.equals("toString");
    if (VALUES.contains(type)) {
      return text || !TEXT_ONLY.contains(type) ? OWN : IDENTITY;
    }
    if (type == Class.class) {
      return CLASS;
    }
    if (type.isArray() || type.isHidden()) {
      return IDENTITY;
    }
    if (Enum.class.isAssignableFrom(type)) {
      return ENUM;
    }
    if (type == Optional.class) {
      return OPTIONAL;
    }
    Class<?> declaring = declaring(type, method);
    return isJava(declaring) ? ofJava(type, text) : ofBundle(type, text);
  }

  /** Of a class that has its method from Java. */
  private static ValueKind ofJava(Class<?> type, boolean text) {
    if (type.getName().startsWith(TIME)) {
      return declaring(type, text ? "toString" : "hashCode") == Object.class ? IDENTITY : OWN;
    }
    if (Throwable.class.isAssignableFrom(type)) {
      return !text ? IDENTITY : isJava(type) ? FAILURE : OWN;
    }
    if (Map.class.isAssignableFrom(type)) {
      return MAP;
    }
    if (Map.Entry.class.isAssignableFrom(type)) {
      return ENTRY;
    }
    return Collection.class.isAssignableFrom(type) ? COLLECTION : IDENTITY;
  }

  /** Of a class that has its method from a bundle, the kernel or protobuf. */
  private static ValueKind ofBundle(Class<?> type, boolean text) {
    if (type.isRecord() && type.getClassLoader() == ValueKind.class.getClassLoader()) {
      return RECORD;
    }
    if (extendsNamed(type, BYTES)) {
      return text ? IDENTITY : OWN;
    }
    if (type.getName().startsWith(DESCRIPTORS)) {
      return IDENTITY;
    }
    return !text && implementsNamed(type, MESSAGE) ? IDENTITY : OWN;
  }

  private static boolean isJava(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  private static boolean extendsNamed(Class<?> type, String name) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (c.getName().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean implementsNamed(Class<?> type, String name) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Class<?> one : c.getInterfaces()) {
        if (one.getName().equals(name) || implementsNamed(one, name)) {
          return true;
        }
      }
    }
    return false;
  }
}
