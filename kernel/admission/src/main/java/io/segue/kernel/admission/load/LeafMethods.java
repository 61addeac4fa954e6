package io.segue.kernel.admission.load;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The methods of a class that call no code of bundles and jump nowhere back: such a method ends by
 * itself, and is the last one of a chain of calls.
 */
final class LeafMethods extends ClassVisitor {
  /** What may be called all the same: short, and it calls nobody. */
  private static final Set<String> CHEAP =
      Set.of(
          "java/lang/Object.<init>()V",
          "java/lang/Record.<init>()V",
          "java/lang/Enum.<init>(Ljava/lang/String;I)V",
          "java/lang/Enum.ordinal()I",
          "java/lang/Enum.name()Ljava/lang/String;",
          "java/lang/Boolean.valueOf(Z)Ljava/lang/Boolean;",
          "java/lang/Boolean.booleanValue()Z",
          "java/lang/Integer.valueOf(I)Ljava/lang/Integer;",
          "java/lang/Integer.intValue()I",
          "java/lang/Long.valueOf(J)Ljava/lang/Long;",
          "java/lang/Long.longValue()J",
          "java/lang/String.length()I",
          "java/lang/String.charAt(I)C",
          "java/lang/String.isEmpty()Z");

  private final Set<String> leaves = new HashSet<>();

  private LeafMethods() {
    super(Opcodes.ASM9);
  }

  /** Names with descriptors. */
  static Set<String> of(ClassReader reader) {
    LeafMethods methods = new LeafMethods();
    reader.accept(methods, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return methods.leaves;
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    return name.equals("<clinit>") ? null : new Method(name + descriptor);
  }

  /** Looks for what makes a method none. */
  private final class Method extends MethodVisitor {
    private final String method;
    private final Set<Label> places = new HashSet<>();
    private boolean calls;

    Method(String method) {
      super(Opcodes.ASM9);
      this.method = method;
    }

    @Override
    public void visitLabel(Label label) {
      places.add(label);
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
      calls = true;
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      calls |= places.contains(label) || opcode == Opcodes.JSR;
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label dflt, Label... labels) {
      calls |= places.contains(dflt) || Arrays.stream(labels).anyMatch(places::contains);
    }

    @Override
    public void visitLookupSwitchInsn(Label dflt, int[] keys, Label[] labels) {
      visitTableSwitchInsn(0, 0, dflt, labels);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      calls |= !CHEAP.contains(owner + "." + name + descriptor);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      calls = true;
    }

    @Override
    public void visitEnd() {
      if (!calls) {
        leaves.add(method);
      }
    }
  }
}
