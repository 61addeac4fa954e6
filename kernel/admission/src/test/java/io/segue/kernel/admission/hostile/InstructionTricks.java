package io.segue.kernel.admission.hostile;

import static io.segue.kernel.admission.hostile.Hostile.ADMISSION;

import io.segue.kernel.admission.artifact.TestBundle;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Class files that no compiler of Java writes, or that pretend to be what protobuf's compiler
 * writes: code that is found while it runs, and code that lets protobuf reflect.
 */
public final class InstructionTricks {
  private static final String MADE = "x/bank/Made";
  private static final String OBJECT = "java/lang/Object";
  private static final String PROTOBUF = "com/google/protobuf/";
  private static final String MESSAGE = PROTOBUF + "GeneratedMessage";
  private static final String TABLE = MESSAGE + "$FieldAccessorTable";
  private static final String LOOKUP = "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;";

  private InstructionTricks() {}

  /** All of them. */
  public static Stream<Hostile> all() {
    return Stream.of(shapes(), dynamic(), protobuf()).flatMap(tricks -> tricks);
  }

  private static Stream<Hostile> shapes() {
    return Stream.of(
        made("a class loader of its own", "java/lang/ClassLoader", "extends java.lang.ClassLoader"),
        made("a thread of its own", "java/lang/Thread", "extends java.lang.Thread"),
        made("a list of its own", "java/util/ArrayList", "extends java.util.ArrayList"),
        made("a map of its own", "java/util/AbstractMap", "extends java.util.AbstractMap"),
        made("a stream of its own", "java/io/InputStream", "extends java.io.InputStream"),
        made("an error of its own", "java/lang/Error", "extends java.lang.Error"),
        made("a cancellation of its own", "java/lang/ThreadDeath", "extends java.lang.ThreadDeath"),
        made("a parser of dates", "java/text/DateFormat", "extends java.text.DateFormat"),
        made(
            "a kernel's error of its own", "io/segue/kernel/api/guard/CancelledError", "framework"),
        file(
            "a class file without frames",
            version(code(c -> c.visitInsn(Opcodes.RETURN)), 50),
            "is a class file of version 50",
            "checks those from 51 on by their frames"),
        file(
            "a subroutine",
            version(
                code(
                    c -> {
                      Label sub = new Label();
                      c.visitJumpInsn(Opcodes.JSR, sub);
                      c.visitInsn(Opcodes.RETURN);
                      c.visitLabel(sub);
                      c.visitVarInsn(Opcodes.ASTORE, 1);
                      c.visitVarInsn(Opcodes.RET, 1);
                    }),
                49),
            "is a class file of version 49"),
        file(
            "a lock in a method",
            code(
                c -> {
                  c.visitLdcInsn("lock");
                  c.visitInsn(Opcodes.MONITORENTER);
                  c.visitInsn(Opcodes.RETURN);
                }),
            "enters a synchronized block"));
  }

  private static Stream<Hostile> dynamic() {
    return Stream.of(
        file(
            "a constant that is computed", constant(computed()), "has a constant that is computed"),
        file(
            "a constant that stands for a method",
            constant(
                new Handle(Opcodes.H_INVOKESTATIC, "java/lang/System", "nanoTime", "()J", false)),
            "has a constant that is computed or stands for a method"),
        file(
            "a constant that is the type of a method",
            constant(Type.getMethodType("()J")),
            "has a constant that is computed or stands for a method"),
        linked("a call that its own class links", MADE, "link", "is linked by x.bank.Made.link"),
        linked(
            "lambdas that can be written to a stream",
            "java/lang/invoke/LambdaMetafactory",
            "altMetafactory",
            "is linked by java.lang.invoke.LambdaMetafactory.altMetafactory"),
        linked(
            "texts made without a recipe",
            "java/lang/invoke/StringConcatFactory",
            "makeConcat",
            "is linked by java.lang.invoke.StringConcatFactory.makeConcat"),
        linked(
            "a constant by a bootstrap of Java",
            "java/lang/invoke/ConstantBootstraps",
            "invoke",
            "is linked by java.lang.invoke.ConstantBootstraps.invoke"),
        calls(
            "a method that is not there", OBJECT, MADE, "gone", "()V", "calls x.bank.Made.gone()"),
        calls(
            "a method of Java that is not there",
            OBJECT,
            "java/lang/String",
            "gone",
            "()V",
            "calls java.lang.String.gone()"),
        calls(
            "a constructor of a list by the name of a method",
            OBJECT,
            "java/util/List",
            "copyOf",
            "(Ljava/util/List;)Ljava/util/List;",
            "calls java.util.List.copyOf(List)"));
  }

  private static Stream<Hostile> protobuf() {
    return Stream.of(
        reflecting("a table of another class's fields", "x/bank/Factory", "x/bank/Factory"),
        reflecting("a table of a class of Java", "java/lang/String", "java/lang/String"),
        reflecting("a table of another class as builder", MADE, "x/bank/Factory"),
        file(
            "a table of a class that is a text",
            message(
                c -> {
                  c.visitInsn(Opcodes.ACONST_NULL);
                  c.visitInsn(Opcodes.ACONST_NULL);
                  c.visitInsn(Opcodes.ACONST_NULL);
                  ensure(c);
                }),
            "its class must be a constant"),
        file(
            "an extension of another class",
            message(
                c -> {
                  c.visitLdcInsn(Type.getObjectType("x/bank/Factory"));
                  c.visitInsn(Opcodes.ACONST_NULL);
                  c.visitMethodInsn(
                      Opcodes.INVOKESTATIC,
                      MESSAGE,
                      "newFileScopedGeneratedExtension",
                      "(Ljava/lang/Class;L"
                          + PROTOBUF
                          + "Message;)L"
                          + MESSAGE
                          + "$GeneratedExtension;",
                      false);
                  c.visitInsn(Opcodes.RETURN);
                }),
            "its class must be a constant"),
        calls(
            "a clock in a class that looks generated",
            MESSAGE,
            "java/lang/System",
            "nanoTime",
            "()J",
            "calls java.lang.System.nanoTime()"),
        calls(
            "state of its own in a class that looks generated",
            MESSAGE,
            "java/util/UUID",
            "fromString",
            "(Ljava/lang/String;)Ljava/util/UUID;",
            "a class of the shape that protobuf's compiler generates"),
        calls(
            "a table of fields in a class of people",
            OBJECT,
            MESSAGE,
            "newMessageScopedGeneratedExtension",
            "(L"
                + PROTOBUF
                + "Message;ILjava/lang/Class;L"
                + PROTOBUF
                + "Message;)L"
                + MESSAGE
                + ";",
            "newMessageScopedGeneratedExtension"),
        calls(
            "an extension that is found by name",
            PROTOBUF + "GeneratedFile",
            PROTOBUF + "GeneratedFile",
            "addOptionalExtension",
            "(L" + PROTOBUF + "ExtensionRegistry;Ljava/lang/String;Ljava/lang/String;)V",
            "addOptionalExtension(ExtensionRegistry,String,String)"),
        calls(
            "descriptors by the names of classes",
            PROTOBUF + "GeneratedFile",
            PROTOBUF + "Descriptors$FileDescriptor",
            "internalBuildGeneratedFileFrom",
            "([Ljava/lang/String;Ljava/lang/Class;[Ljava/lang/String;[Ljava/lang/String;)L"
                + PROTOBUF
                + "Descriptors$FileDescriptor;",
            "internalBuildGeneratedFileFrom(String[],Class,String[],String[])"),
        calls("a clock of protobuf", OBJECT, PROTOBUF + "util/Timestamps", "now", "()V", "clock"),
        calls(
            "a message as text",
            OBJECT,
            PROTOBUF + "TextFormat",
            "printToString",
            "(L" + PROTOBUF + "MessageOrBuilder;)Ljava/lang/String;",
            "it is not on the list"),
        calls(
            "bytes that somebody else may change",
            OBJECT,
            PROTOBUF + "UnsafeByteOperations",
            "unsafeWrap",
            "([B)L" + PROTOBUF + "ByteString;",
            "it is not on the list"),
        text("a text of bytes", PROTOBUF + "ByteString"),
        text("a text of a message", PROTOBUF + "Message"),
        text("a text of a time of protobuf", PROTOBUF + "Timestamp"),
        text("a text of a descriptor", PROTOBUF + "Descriptors$Descriptor"),
        text("a text of a parser", PROTOBUF + "Parser"),
        hash("a hash of a message", PROTOBUF + "Message"),
        hash("a hash of a descriptor", PROTOBUF + "Descriptors$FieldDescriptor"),
        hash("a hash of bytes", PROTOBUF + "ByteString"),
        virtual(
            "a list of protobuf's in parallel",
            PROTOBUF + "ProtocolStringList",
            "parallelStream",
            "()Ljava/util/stream/Stream;",
            "ProtocolStringList.parallelStream()"),
        virtual(
            "a message of a class that comes from outside",
            PROTOBUF + "Any",
            "getSerializedValue",
            "()V",
            "Any.getSerializedValue()"));
  }

  private static Hostile made(String name, String parent, String text) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, MADE, null, parent, null);
    writer.visitEnd();
    return file(name, writer.toByteArray(), text.equals("framework") ? "extends " : text);
  }

  private static Hostile linked(String name, String owner, String method, String text) {
    Handle bootstrap =
        new Handle(
            Opcodes.H_INVOKESTATIC,
            owner,
            method,
            LOOKUP + "Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;",
            false);
    return file(
        name,
        code(
            c -> {
              c.visitInvokeDynamicInsn("run", "()V", bootstrap);
              c.visitInsn(Opcodes.RETURN);
            }),
        text,
        "what such code calls is found while it runs");
  }

  private static Object computed() {
    return new ConstantDynamic(
        "x",
        "Ljava/lang/String;",
        new Handle(
            Opcodes.H_INVOKESTATIC,
            "java/lang/invoke/ConstantBootstraps",
            "nullConstant",
            LOOKUP + "Ljava/lang/Class;)Ljava/lang/Object;",
            false));
  }

  private static byte[] constant(Object constant) {
    return code(
        c -> {
          c.visitLdcInsn(constant);
          c.visitInsn(Opcodes.POP);
          c.visitInsn(Opcodes.RETURN);
        });
  }

  private static Hostile calls(
      String name, String parent, String owner, String method, String descriptor, String text) {
    byte[] classFile =
        extending(
            parent,
            c -> {
              for (Type type : Type.getArgumentTypes(descriptor)) {
                c.visitInsn(type.getSort() >= Type.ARRAY ? Opcodes.ACONST_NULL : Opcodes.ICONST_0);
              }
              boolean isInterface = owner.equals("java/util/List");
              c.visitMethodInsn(Opcodes.INVOKESTATIC, owner, method, descriptor, isInterface);
              c.visitInsn(Opcodes.RETURN);
            });
    return file(name, classFile, text.equals("clock") ? "every node reads another time" : text);
  }

  private static Hostile reflecting(String name, String message, String builder) {
    return file(
        name,
        message(
            c -> {
              c.visitInsn(Opcodes.ACONST_NULL);
              c.visitLdcInsn(Type.getObjectType(message));
              c.visitLdcInsn(Type.getObjectType(builder));
              ensure(c);
            }),
        "ensureFieldAccessorsInitialized(Class,Class), and its class must be a constant");
  }

  private static void ensure(MethodVisitor code) {
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        TABLE,
        "ensureFieldAccessorsInitialized",
        "(Ljava/lang/Class;Ljava/lang/Class;)L" + TABLE + ";",
        false);
    code.visitInsn(Opcodes.RETURN);
  }

  private static Hostile text(String name, String type) {
    return virtual(
        name,
        type,
        "toString",
        "()Ljava/lang/String;",
        "makes a text of a " + type.replace('/', '.'));
  }

  private static Hostile hash(String name, String type) {
    return virtual(name, type, "hashCode", "()I", "it must be in a method hashCode");
  }

  /** Calls a method of its parameter. */
  private static Hostile virtual(
      String name, String type, String method, String descriptor, String text) {
    ClassWriter writer = writer(OBJECT);
    MethodVisitor code =
        writer.visitMethod(Opcodes.ACC_STATIC, "run", "(L" + type + ";)V", null, null);
    boolean isInterface =
        type.endsWith("Message") || type.endsWith("Parser") || type.endsWith("List");
    code.visitCode();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitMethodInsn(
        isInterface ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL,
        type,
        method,
        descriptor,
        isInterface);
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(0, 0);
    writer.visitEnd();
    return file(name, writer.toByteArray(), text);
  }

  private static byte[] code(Consumer<MethodVisitor> body) {
    return extending(OBJECT, body);
  }

  private static byte[] message(Consumer<MethodVisitor> body) {
    return extending(MESSAGE, body);
  }

  private static byte[] extending(String parent, Consumer<MethodVisitor> body) {
    ClassWriter writer = writer(parent);
    MethodVisitor code =
        writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "run", "()V", null, null);
    code.visitCode();
    body.accept(code);
    code.visitMaxs(0, 0);
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static ClassWriter writer(String parent) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, MADE, null, parent, null);
    return writer;
  }

  private static byte[] version(byte[] classFile, int version) {
    classFile[7] = (byte) version;
    return classFile;
  }

  private static Hostile file(String name, byte[] classFile, String... texts) {
    TestBundle bank =
        TestBundle.module("bank", "2.0.0")
            .header(
                "Import-Package",
                "com.google.protobuf,com.google.protobuf.util,"
                    + "io.segue.kernel.api.module,io.segue.kernel.api.upgrade")
            .file(MADE + ".class", classFile);
    return new Hostile(
        name, () -> TestBundle.archive(Hostile.generation(), bank), ADMISSION, List.of(texts));
  }
}
