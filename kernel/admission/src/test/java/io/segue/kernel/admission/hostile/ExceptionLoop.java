package io.segue.kernel.admission.hostile;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A class in which a handler throws to itself, or to a handler before it. */
public final class ExceptionLoop {
  private ExceptionLoop() {}

  /**
   * The class file.
   *
   * @param itself whether the handler handles what it throws itself
   */
  public static byte[] of(String internalName, boolean itself) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, internalName, null, "java/lang/Object", null);
    MethodVisitor call = writer.visitMethod(Opcodes.ACC_PUBLIC, "call", "()V", null, null);
    Label begin = new Label();
    Label handler = new Label();
    Label from = new Label();
    Label to = new Label();
    call.visitCode();
    call.visitTryCatchBlock(itself ? handler : from, to, handler, "java/lang/NullPointerException");
    call.visitJumpInsn(Opcodes.GOTO, begin);
    call.visitLabel(handler);
    call.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {"java/lang/NullPointerException"});
    call.visitInsn(Opcodes.POP);
    call.visitLabel(begin);
    call.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    call.visitLabel(from);
    call.visitInsn(Opcodes.ACONST_NULL);
    call.visitInsn(Opcodes.ATHROW);
    call.visitLabel(to);
    call.visitMaxs(0, 0);
    writer.visitEnd();
    return writer.toByteArray();
  }
}
