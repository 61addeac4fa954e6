package io.segue.kernel.admission.code;

import java.util.List;
import java.util.Optional;

/**
 * One value that a call takes, as far as it is known.
 *
 * @param declared internal name, or descriptor of a primitive, that the call asks for
 * @param type internal name of what is on the stack; empty for {@code null}, for primitives and
 *     where the code can't be reached
 * @param constant the text, or the class by its internal name, that was loaded
 * @param elements types of the elements of an array that was filled on the spot
 */
record Operand(
    String declared,
    Optional<String> type,
    Optional<Object> constant,
    Optional<List<String>> elements) {

  /** The text that stands in the code. */
  Optional<String> text() {
    return constant.filter(String.class::isInstance).map(String.class::cast);
  }

  /** The class that stands in the code, by its internal name. */
  Optional<String> namedClass() {
    return constant
        .filter(org.objectweb.asm.Type.class::isInstance)
        .map(value -> ((org.objectweb.asm.Type) value).getInternalName());
  }
}
