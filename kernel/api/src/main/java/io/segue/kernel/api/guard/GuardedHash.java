package io.segue.kernel.api.guard;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The hash of an object, as code of generations gets it under kernel rules 2 wherever it calls
 * {@code hashCode()}: the same on every node. Enums have that of their names. What has only an
 * identity is refused, as {@link GuardedText} refuses it; that includes messages of protobuf, whose
 * hash is made of their descriptor's identity. Collections of Java that hash their elements
 * themselves still do.
 *
 * <p>Thread safety: any thread.
 */
public final class GuardedHash {
  private static final MethodHandle RECORD;

  static {
    try {
      RECORD =
          MethodHandles.lookup()
              .findStatic(
                  GuardedHash.class,
                  "hashOfRecord",
                  MethodType.methodType(int.class, MethodHandle[].class, Object.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private GuardedHash() {}

  /** In place of {@code hashCode()}. */
  public static int of(Object value) {
    return switch (ValueKind.ofHash(value)) {
      case OWN -> value.hashCode();
      case ENUM -> ((Enum<?>) value).name().hashCode();
      case IDENTITY, FAILURE -> throw GuardedText.identity(value.getClass());
      case CLASS -> GuardedText.of(value).hashCode();
      case OPTIONAL -> ((Optional<?>) value).map(GuardedHash::nested).orElse(0);
      case ENTRY -> entry((Map.Entry<?, ?>) value);
      case COLLECTION -> elements((Collection<?>) value);
      case MAP -> ((Map<?, ?>) value).entrySet().stream().mapToInt(GuardedHash::entry).sum();
      case RECORD -> record(value);
    };
  }

  /** In place of {@code Objects.hashCode}. */
  public static int hashCode(@Nullable Object value) {
    return value == null ? 0 : of(value);
  }

  /** In place of {@code Objects.hash}. */
  public static int hash(@Nullable Object @Nullable ... values) {
    return hashCode(values);
  }

  /** In place of {@code Arrays.hashCode}. */
  public static int hashCode(@Nullable Object @Nullable [] values) {
    if (values == null) {
      return 0;
    }
    int hash = 1;
    for (Object value : values) {
      hash = 31 * hash + nested(value);
    }
    return hash;
  }

  /**
   * Before {@code super.hashCode()}.
   *
   * @throws UnsupportedOperationException where that is Object's
   */
  public static void inherited(Class<?> type) {
    if (ValueKind.declaring(type, "hashCode") == Object.class) {
      throw GuardedText.identity(type);
    }
  }

  /** In place of {@code ObjectMethods.bootstrap}, for {@code hashCode}. */
  public static CallSite record(
      MethodHandles.Lookup caller,
      String name,
      MethodType type,
      Class<?> record,
      String names,
      MethodHandle... getters) {
    MethodHandle hash =
        MethodHandles.insertArguments(RECORD, 0, (Object) GuardedText.generic(getters));
    return new ConstantCallSite(hash.asType(type));
  }

  /** What {@link #record} links to. */
  static int hashOfRecord(MethodHandle[] getters, Object record) {
    int hash = 0;
    for (MethodHandle getter : getters) {
      hash = 31 * hash + nested(GuardedText.component(getter, record));
    }
    return hash;
  }

  /** Of a record of the kernel's. */
  private static int record(Object record) {
    int hash = 0;
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      hash = 31 * hash + nested(GuardedText.component(component, record));
    }
    return hash;
  }

  private static int elements(Collection<?> values) {
    boolean list = values instanceof List;
    int hash = list ? 1 : 0;
    for (Object value : values) {
      hash = (list ? 31 * hash : hash) + nested(value);
    }
    return hash;
  }

  private static int entry(Map.Entry<?, ?> entry) {
    return nested(entry.getKey()) ^ nested(entry.getValue());
  }

  /** A hash within a hash: what contains itself ends by the limit of depth. */
  private static int nested(@Nullable Object value) {
    GuardState state = Guard.enter();
    int depth = state.depth();
    int hash = hashCode(value);
    state.leave(depth);
    return hash;
  }
}
