package io.segue.kernel.admission.load;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Puts a call of {@code io.segue.kernel.api.guard.Initialised.done} at the end of a class's
 * initialiser.
 */
final class InitialisedMark extends ClassVisitor {
  private static final String INITIALISED = "io/segue/kernel/api/guard/Initialised";

  private Type type = Type.VOID_TYPE;

  InitialisedMark(ClassVisitor next) {
    super(Opcodes.ASM9, next);
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      @Nullable String superName,
      String @Nullable [] interfaces) {
    type = Type.getObjectType(name);
    super.visit(version, access, name, signature, superName, interfaces);
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
    return name.equals("<clinit>") ? new Initialiser(next) : next;
  }

  private final class Initialiser extends MethodVisitor {
    Initialiser(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.RETURN) {
        super.visitLdcInsn(type);
        super.visitMethodInsn(
            Opcodes.INVOKESTATIC, INITIALISED, "done", "(Ljava/lang/Class;)V", false);
      }
      super.visitInsn(opcode);
    }

    @Override
    public void visitMaxs(int stack, int locals) {
      super.visitMaxs(stack + 1, locals);
    }
  }
}
