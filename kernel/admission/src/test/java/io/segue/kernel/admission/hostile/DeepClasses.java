package io.segue.kernel.admission.hostile;

import java.nio.ByteBuffer;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ByteVector;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Class files in which something is nested deeper than any stack of a reader. */
final class DeepClasses {
  private DeepClasses() {}

  /** A dynamic constant that is an argument of its own bootstrap method. */
  static byte[] constantOfItself(String internalName) {
    ClassWriter writer = writer(internalName);
    Handle bootstrap =
        new Handle(
            Opcodes.H_INVOKESTATIC,
            "java/lang/invoke/ConstantBootstraps",
            "nullConstant",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;)Ljava/lang/Object;",
            false);
    ConstantDynamic constant =
        new ConstantDynamic("self", "Ljava/lang/Object;", bootstrap, "to be replaced");
    MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, "run", "()V", null, null);
    method.visitCode();
    method.visitLdcInsn(constant);
    method.visitInsn(Opcodes.POP);
    method.visitInsn(Opcodes.RETURN);
    method.visitMaxs(1, 0);
    method.visitEnd();
    int index =
        writer.newConstantDynamic("self", "Ljava/lang/Object;", bootstrap, "to be replaced");
    writer.visitEnd();
    byte[] classFile = writer.toByteArray();
    // The table of bootstrap methods ends the file, and its one argument ends the table.
    ByteBuffer.wrap(classFile).putShort(classFile.length - 2, (short) index);
    return classFile;
  }

  /** An annotation that holds an annotation that holds an annotation, and so on. */
  static byte[] nestedAnnotations(String internalName, int depth) {
    ClassWriter writer = writer(internalName);
    int type = writer.newUTF8("Lx/bank/Nested;");
    int name = writer.newUTF8("value");
    ByteVector content = new ByteVector();
    content.putShort(1);
    for (int i = 0; i < depth; i++) {
      content.putShort(type).putShort(1).putShort(name).putByte('@');
    }
    content.putShort(type).putShort(0);
    writer.visitAttribute(
        new Attribute("RuntimeVisibleAnnotations") {
          @Override
          protected ByteVector write(
              ClassWriter into, byte[] code, int codeLength, int maxStack, int maxLocals) {
            return content;
          }
        });
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static ClassWriter writer(String internalName) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, internalName, null, "java/lang/Object", null);
    return writer;
  }
}
