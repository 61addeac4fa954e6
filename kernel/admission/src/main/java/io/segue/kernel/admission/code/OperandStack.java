package io.segue.kernel.admission.code;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.AnalyzerAdapter;

/**
 * The stack of the method that is read, with the constants that are known of its values. {@link
 * AnalyzerAdapter} follows types, by the frames that the Java virtual machine checks when it loads
 * the class. A value whose constant is known has a type text of its own, and is found by its
 * identity: so it is known wherever it is copied to, and no longer behind a frame.
 */
final class OperandStack {
  private @Nullable AnalyzerAdapter types;
  private final Map<Object, Object> constants = new IdentityHashMap<>();
  private final Map<Object, List<String>> arrays = new IdentityHashMap<>();

  /**
   * The stack of a method.
   *
   * @param types null where it is not followed: then nothing is known
   */
  OperandStack(@Nullable AnalyzerAdapter types) {
    this.types = types;
  }

  /** From here on nothing is known. */
  void lose() {
    types = null;
  }

  /** Keeps the constant that was just loaded. */
  void loaded(Object constant) {
    own().ifPresent(value -> constants.put(value, constant));
  }

  /** Keeps that an array was just made. */
  void madeArray() {
    own().ifPresent(value -> arrays.put(value, new ArrayList<>()));
  }

  /** Keeps what is about to be stored into an array: index and value are on top of it. */
  void stores() {
    @Nullable Object array = at(3);
    @Nullable List<String> elements = array == null ? null : arrays.get(array);
    if (elements != null) {
      type(1).ifPresent(elements::add);
    }
  }

  /** The type of the value at a depth, 1 being the top; empty for null and what is no object. */
  Optional<String> type(int depth) {
    return at(depth) instanceof String type ? Optional.of(type) : Optional.empty();
  }

  /** Whether the value at a depth is {@code null}. */
  boolean isNull(int depth) {
    return Opcodes.NULL.equals(at(depth));
  }

  /** What a call takes, the object that is called first. */
  List<Operand> of(boolean hasReceiver, String owner, String descriptor) {
    List<Operand> operands = new ArrayList<>();
    Type[] arguments = Type.getArgumentTypes(descriptor);
    int depth = 0;
    for (int i = arguments.length - 1; i >= 0; i--) {
      depth += arguments[i].getSize();
      operands.add(0, operand(name(arguments[i]), depth));
    }
    if (hasReceiver) {
      operands.add(0, operand(owner, depth + 1));
    }
    return operands;
  }

  private Operand operand(String declared, int depth) {
    @Nullable Object value = at(depth);
    return new Operand(
        declared,
        type(depth),
        Optional.ofNullable(value == null ? null : constants.get(value)),
        Optional.ofNullable(value == null ? null : arrays.get(value)));
  }

  private static String name(Type type) {
    return type.getSort() == Type.OBJECT ? type.getInternalName() : type.getDescriptor();
  }

  private @Nullable Object at(int depth) {
    List<Object> stack = stack();
    return stack.size() < depth ? null : stack.get(stack.size() - depth);
  }

  /** Gives the topmost value a type text of its own. */
  private Optional<Object> own() {
    Optional<Object> value = type(1).map(type -> new StringBuilder(type).toString());
    value.ifPresent(it -> stack().set(stack().size() - 1, it));
    return value;
  }

  /** Empty where it is not followed, and where the code can't be reached. */
  private List<Object> stack() {
    @Nullable AnalyzerAdapter followed = types;
    @Nullable List<Object> stack = followed == null ? null : followed.stack;
    return stack == null ? List.of() : stack;
  }
}
