package io.segue.kernel.admission.hostile;

import static io.segue.kernel.admission.hostile.Hostile.ADMISSION;
import static io.segue.kernel.admission.hostile.Hostile.bank;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.segue.kernel.admission.artifact.TestSources;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Bundles whose class files are damaged, are not theirs to bring, or hide what they call. */
public final class ClassTricks {
  private static final byte[] PLAIN =
      TestSources.compile(Map.of("x.bank.Plain", "package x.bank; class Plain {}"))
          .get("x.bank.Plain");

  private ClassTricks() {}

  /** All of them. */
  public static Stream<Hostile> all() {
    return Stream.of(
        source(
            "an own copy of the kernel's API",
            "io.segue.kernel.api.module.Context",
            "package io.segue.kernel.api.module; public interface Context {}",
            "import their package"),
        source(
            "a class in a package of the kernel",
            "io.segue.kernel.core.exec.Spy",
            "package io.segue.kernel.core.exec; public class Spy {}",
            "is a class of the platform's"),
        file(
            "a handler that throws to itself",
            "x/bank/Loop.class",
            ExceptionLoop.of("x/bank/Loop", true),
            "an exception handler of call stands before what it handles"),
        file(
            "a handler that is thrown back to",
            "x/bank/Loop.class",
            ExceptionLoop.of("x/bank/Loop", false),
            "an exception handler of call stands before what it handles"),
        source(
            "a release of its own thread",
            "x.bank.Free",
            "package x.bank; class Free { void free(Thread t) {"
                + " io.segue.kernel.api.guard.Guard.release(t); } }",
            "io.segue.kernel.api.guard.Guard.release"),
        file(
            "a class of Java",
            "java/lang/Evil.class",
            empty("java/lang/Evil", Opcodes.V17),
            "java.lang.Evil: is a class of the platform's"),
        file(
            "an own copy of protobuf",
            "com/google/protobuf/ByteString.class",
            empty("com/google/protobuf/ByteString", Opcodes.V17),
            "is a class of the platform's"),
        file(
            "an own copy of the framework",
            "org/osgi/framework/FrameworkUtil.class",
            empty("org/osgi/framework/FrameworkUtil", Opcodes.V17),
            "is a class of the platform's"),
        file(
            "a class for another version of Java",
            "META-INF/versions/21/x/bank/Plain.class",
            PLAIN,
            "x.bank.Plain: is at META-INF/versions/21/x/bank/Plain.class"),
        file("a class in a folder", "lib/x/bank/Plain.class", PLAIN, "at the path of its name"),
        file("a class under another name", "x/bank/Other.class", PLAIN, "is at x/bank/Other.class"),
        file(
            "a class file of Java 21",
            "x/bank/New.class",
            empty("x/bank/New", Opcodes.V21),
            "version 65: nodes run on Java 17",
            "--release 17"),
        file(
            "a class file from the future",
            "x/bank/New.class",
            version(PLAIN, 0xffff),
            "version 65535"),
        file(
            "a class file with previews",
            "x/bank/Plain.class",
            empty("x/bank/Plain", Opcodes.V17 | Opcodes.V_PREVIEW),
            "version 61 with previews"),
        file(
            "a class file cut off",
            "x/bank/Plain.class",
            Arrays.copyOf(PLAIN, PLAIN.length / 2),
            "x/bank/Plain.class can't be read"),
        file(
            "a class file cut off behind its head",
            "x/bank/Plain.class",
            Arrays.copyOf(PLAIN, 10),
            "can't be read"),
        file(
            "a constant pool that is not there",
            "x/bank/Plain.class",
            poolOf(PLAIN, 0xffff),
            "can't be read"),
        file(
            "a text in place of a class",
            "x/bank/Plain.class",
            "hello, world".getBytes(UTF_8),
            "no class file"),
        file("an empty class file", "x/bank/Plain.class", new byte[0], "is no class file"),
        file(
            "a call without a source",
            "x/bank/Made.class",
            calling("java/lang/System", "nanoTime", "()J"),
            "x.bank.Made.run: calls java.lang.System.nanoTime()"),
        file(
            "a class of the VM's own",
            "x/bank/Made.class",
            calling("jdk/internal/misc/Unsafe", "getUnsafe", "()Ljdk/internal/misc/Unsafe;"),
            "calls jdk.internal.misc.Unsafe.getUnsafe()"),
        file(
            "sun.misc.Unsafe",
            "x/bank/Made.class",
            calling("sun/misc/Unsafe", "getUnsafe", "()Lsun/misc/Unsafe;"),
            "calls sun.misc.Unsafe.getUnsafe()"),
        file(
            "a class that was left out",
            "x/bank/Made.class",
            calling("x/bank/Missing", "call", "()V"),
            "calls x.bank.Missing.call()",
            "put the class into the bundle"),
        source(
            "a refusal behind 520 methods",
            "x.bank.Noisy",
            "package x.bank; class Noisy { "
                + IntStream.range(0, 520)
                    .mapToObj(i -> "boolean n" + i + "(char c) { return c > 'a'; } ")
                    .collect(Collectors.joining())
                + "long z() { return System.nanoTime(); } }",
            "x.bank.Noisy.z (line 1): calls java.lang.System.nanoTime()"),
        file(
            "an enum called module-info",
            "module-info.class",
            extending("module-info", "java/lang/Enum"),
            "module-info.class is no module descriptor",
            "leave module-info.class out"),
        source(
            "a synchronized method",
            "x.bank.Locked",
            "package x.bank; class Locked { synchronized void run() {} }",
            "x.bank.Locked.run: is synchronized"),
        file(
            "a constant that is its own argument",
            "x/bank/Made.class",
            DeepClasses.constantOfItself("x/bank/Made"),
            "x/bank/Made.class can't be read (its parts are nested too deep)"),
        file(
            "annotations inside each other",
            "x/bank/Made.class",
            DeepClasses.nestedAnnotations("x/bank/Made", 60_000),
            "x/bank/Made.class can't be read (its parts are nested too deep)"));
  }

  private static Hostile source(String name, String className, String source, String... texts) {
    return bank(name, Hostile.bank().source(className, source), ADMISSION, texts);
  }

  private static Hostile file(String name, String path, byte[] bytes, String... texts) {
    return bank(name, Hostile.bank().file(path, bytes), ADMISSION, texts);
  }

  private static byte[] empty(String internalName, int version) {
    return made(internalName, version, "java/lang/Object");
  }

  private static byte[] extending(String internalName, String superName) {
    return made(internalName, Opcodes.V17, superName);
  }

  private static byte[] made(String internalName, int version, String superName) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(version, Opcodes.ACC_PUBLIC, internalName, null, superName, null);
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static byte[] calling(String owner, String name, String descriptor) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "x/bank/Made", null, "java/lang/Object", null);
    MethodVisitor method =
        writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "run", "()V", null, null);
    method.visitCode();
    method.visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
    method.visitInsn(Opcodes.RETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static byte[] version(byte[] classFile, int version) {
    byte[] changed = classFile.clone();
    ByteBuffer.wrap(changed).putShort(6, (short) version);
    return changed;
  }

  private static byte[] poolOf(byte[] classFile, int entries) {
    byte[] changed = classFile.clone();
    ByteBuffer.wrap(changed).putShort(8, (short) entries);
    return changed;
  }
}
