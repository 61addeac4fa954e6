package io.segue.kernel.admission.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The methods of a class from which no other code of bundles is called but a few more of them, in
 * this class and one below the other: they can't be part of a recursion, so they need not be
 * counted.
 */
final class LeafMethods extends ClassVisitor {
  /** Most of them below each other. */
  private static final int LEVELS = 3;

  private static final String OBJECT = "Ljava/lang/Object;";

  /** Classes whose methods call nobody, where they take nothing but numbers and each other. */
  private static final Set<String> CLOSED =
      Set.of(
          "java/io/ByteArrayOutputStream",
          "java/lang/Boolean",
          "java/lang/Byte",
          "java/lang/Character",
          "java/lang/Integer",
          "java/lang/Long",
          "java/lang/Math",
          "java/lang/Short",
          "java/lang/String",
          "java/lang/StringBuilder",
          "java/math/BigDecimal",
          "java/math/BigInteger",
          "java/util/Arrays");

  /** Others that call nobody. */
  private static final Set<String> CLOSED_MEMBERS =
      Set.of(
          "java/lang/Object.<init>()V",
          "java/lang/Record.<init>()V",
          "java/lang/Enum.<init>(Ljava/lang/String;I)V",
          "java/lang/Enum.ordinal()I",
          "java/lang/Enum.name()Ljava/lang/String;",
          "java/lang/System.arraycopy(" + OBJECT + "I" + OBJECT + "II)V",
          "java/util/Objects.requireNonNull(" + OBJECT + ")" + OBJECT);

  /** Exceptions that call nobody when they are made of nothing or of a text. */
  private static final Set<String> ERRORS =
      Set.of(
          "java/lang/ArithmeticException",
          "java/lang/IllegalArgumentException",
          "java/lang/IllegalStateException",
          "java/lang/IndexOutOfBoundsException",
          "java/lang/UnsupportedOperationException",
          "java/util/NoSuchElementException");

  private static final String INIT = "<init>";

  private final Map<String, Method> methods = new HashMap<>();
  private String owner = "";
  private @Nullable String superName;
  private boolean closed;

  private LeafMethods() {
    super(Opcodes.ASM9);
  }

  /** Names with descriptors. */
  static Set<String> of(ClassReader reader) {
    LeafMethods all = new LeafMethods();
    reader.accept(all, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    Set<String> leaves = new HashSet<>();
    for (int level = 1; level <= LEVELS; level++) {
      Set<String> below = Set.copyOf(leaves);
      all.methods.forEach(
          (name, method) -> {
            if (!method.callsOthers
                && method.calls.stream().allMatch(call -> all.is(call, below))) {
              leaves.add(name);
            }
          });
    }
    return leaves;
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      @Nullable String superName,
      String @Nullable [] interfaces) {
    owner = name;
    this.superName = superName;
    closed = (access & Opcodes.ACC_FINAL) != 0;
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    if (name.equals("<clinit>")) {
      return null;
    }
    int exact = Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL;
    Method method = new Method(closed || name.equals(INIT) || (access & exact) != 0);
    methods.put(name + descriptor, method);
    return method;
  }

  /** Whether what is called is one of these methods, and none in its place. */
  private boolean is(String called, Set<String> leaves) {
    Method method = methods.get(called);
    return method != null && method.exact && leaves.contains(called);
  }

  /** Whether a method of Java calls nobody. */
  private static boolean isClosed(String owner, String name, String descriptor) {
    return CLOSED_MEMBERS.contains(owner + "." + name + descriptor)
        || CLOSED.contains(owner) && takesClosed(descriptor);
  }

  /** Whether an exception of Java is made, and not a part of one of a bundle. */
  private boolean isError(String of, String name, String descriptor) {
    return name.equals(INIT)
        && ERRORS.contains(of)
        && !of.equals(superName)
        && takesClosed(descriptor);
  }

  private static boolean takesClosed(String descriptor) {
    for (Type taken : Type.getArgumentTypes(descriptor)) {
      Type type = taken.getSort() == Type.ARRAY ? taken.getElementType() : taken;
      if (type.getSort() == Type.OBJECT && !CLOSED.contains(type.getInternalName())) {
        return false;
      }
    }
    return true;
  }

  /** What one method calls. */
  private final class Method extends MethodVisitor {
    /** Whether a call of it calls no other one in its place. */
    private final boolean exact;

    private final List<String> calls = new ArrayList<>();
    private boolean callsOthers;

    Method(boolean exact) {
      super(Opcodes.ASM9);
      this.exact = exact;
    }

    @Override
    public void visitMethodInsn(
        int opcode, String of, String name, String descriptor, boolean isInterface) {
      if (of.equals(owner)) {
        calls.add(name + descriptor);
      } else {
        callsOthers |= !isClosed(of, name, descriptor) && !isError(of, name, descriptor);
      }
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      callsOthers = true;
    }
  }
}
