package io.segue.kernel.admission.code;

import org.objectweb.asm.Type;

/** Types and members as the list and findings name them. */
final class MemberNames {
  private MemberNames() {}

  /** The parameters of a method: simple names, commas between, in brackets. */
  static String parameters(String descriptor) {
    StringBuilder text = new StringBuilder("(");
    for (Type type : Type.getArgumentTypes(descriptor)) {
      String name = type.getClassName();
      text.append(text.length() > 1 ? "," : "")
          .append(name, name.lastIndexOf('.') + 1, name.length());
    }
    return text.append(')').toString();
  }

  /** A class with dots; an array with brackets. */
  static String dotted(String internalName) {
    return Type.getObjectType(internalName).getClassName();
  }
}
