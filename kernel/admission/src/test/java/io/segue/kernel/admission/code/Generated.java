package io.segue.kernel.admission.code;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Class files of the shape that protobuf's compiler generates. */
final class Generated {
  private static final String TABLE = "com/google/protobuf/GeneratedMessage$FieldAccessorTable";

  private Generated() {}

  /**
   * A message with the method by which protobuf finds its fields.
   *
   * @param own whether it names itself there; if not, another class with a builder
   */
  static byte[] message(String internalName, boolean own) {
    String named = own ? internalName : "java/lang/String";
    ClassWriter writer = extending(internalName, "com/google/protobuf/GeneratedMessage");
    MethodVisitor method =
        writer.visitMethod(
            Opcodes.ACC_PROTECTED,
            "internalGetFieldAccessorTable",
            "()L" + TABLE + ";",
            null,
            null);
    method.visitCode();
    method.visitTypeInsn(Opcodes.NEW, TABLE);
    method.visitInsn(Opcodes.DUP);
    method.visitInsn(Opcodes.ACONST_NULL);
    method.visitInsn(Opcodes.ACONST_NULL);
    method.visitMethodInsn(
        Opcodes.INVOKESPECIAL,
        TABLE,
        "<init>",
        "(Lcom/google/protobuf/Descriptors$Descriptor;[Ljava/lang/String;)V",
        false);
    method.visitLdcInsn(Type.getObjectType(named));
    method.visitLdcInsn(Type.getObjectType(own ? internalName + "$Builder" : named));
    method.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        TABLE,
        "ensureFieldAccessorsInitialized",
        "(Ljava/lang/Class;Ljava/lang/Class;)L" + TABLE + ";",
        false);
    method.visitInsn(Opcodes.ARETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
    return bytes(writer);
  }

  /** A builder. */
  static byte[] builder(String internalName) {
    return bytes(extending(internalName, "com/google/protobuf/GeneratedMessage$Builder"));
  }

  /** A message with a method of somebody's own, which calls a static method with a text. */
  static byte[] calling(String internalName, String owner, String name, String text) {
    ClassWriter writer = extending(internalName, "com/google/protobuf/GeneratedMessage");
    MethodVisitor method =
        writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "own", "()V", null, null);
    method.visitCode();
    method.visitLdcInsn(text);
    method.visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, "(Ljava/lang/String;)J", false);
    method.visitInsn(Opcodes.POP2);
    method.visitInsn(Opcodes.RETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
    return bytes(writer);
  }

  private static ClassWriter extending(String internalName, String parent) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, internalName, null, parent, null);
    return writer;
  }

  private static byte[] bytes(ClassWriter writer) {
    writer.visitEnd();
    return writer.toByteArray();
  }
}
