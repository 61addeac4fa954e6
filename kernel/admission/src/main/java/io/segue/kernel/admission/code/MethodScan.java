package io.segue.kernel.admission.code;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Looks at the instructions of one method. */
final class MethodScan extends MethodVisitor {
  private static final String CONSTRUCTOR = "<init>";
  private static final String INITIALIZER = "<clinit>";
  private static final String HASH_ORDER = "hash-order";

  /** Every hashCode() asks for others; what counts is who asks it. */
  private static final String NOTE_HASH = "note-hash";

  private static final String FLOATING_POINT = "floating-point";

  /** What makes lambdas, strings and the methods of records; calling it is the compiler's work. */
  private static final Set<String> BOOTSTRAPS =
      Set.of(
          "java/lang/invoke/LambdaMetafactory",
          "java/lang/invoke/StringConcatFactory",
          "java/lang/runtime/ObjectMethods");

  /** Methods of a module whose map the kernel reads by key. */
  private static final Set<String> READ_BY_KEY =
      Set.of("messages", "queries", "anteSteps", "migrations", "invariants");

  /** What sorts a collection the moment it is given. */
  private static final Set<String> SORTED =
      Set.of("java/util/TreeMap", "java/util/TreeSet", "java/util/EnumMap", "java/util/EnumSet");

  /** Parameters of the constructors and methods that take such a collection as a whole. */
  private static final Set<String> WHOLE = Set.of("(Ljava/util/Map;)", "(Ljava/util/Collection;)");

  private final ClassScan scan;
  private final String method;
  private final boolean readByKey;
  private final ErrorHandlers handlers;
  private int line;
  private @Nullable Runnable pending;

  MethodScan(ClassScan scan, String method, String descriptor) {
    super(Opcodes.ASM9);
    this.scan = scan;
    this.method = method;
    this.readByKey = READ_BY_KEY.contains(method) && descriptor.equals("()Ljava/util/Map;");
    this.handlers = new ErrorHandlers(method.equals(INITIALIZER));
  }

  @Override
  public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
    handlers.catches(handler, type);
  }

  @Override
  public void visitLineNumber(int number, Label start) {
    line = number;
  }

  @Override
  public void visitLabel(Label label) {
    handlers.label(label, line);
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode == Opcodes.ARETURN && readByKey) {
      pending = null;
    }
    next();
    handlers.instruction(opcode);
    if (isFloatingPoint(opcode)) {
      found(FLOATING_POINT, "computes with float or double");
    }
    if (opcode == Opcodes.MONITORENTER) {
      found(ClassScan.MONITOR, "enters a synchronized block");
    }
  }

  @Override
  public void visitIntInsn(int opcode, int operand) {
    next();
    handlers.instruction(opcode);
  }

  @Override
  public void visitVarInsn(int opcode, int variable) {
    next();
    handlers.variable(opcode, variable);
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    next();
    handlers.instruction(opcode);
    if (opcode == Opcodes.NEW || opcode == Opcodes.ANEWARRAY) {
      found(scan.uses().ofType(type), () -> "makes a " + dotted(type));
    }
  }

  @Override
  public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
    next();
    handlers.instruction(opcode);
    found(
        scan.uses().ofMember(owner, name, descriptor), () -> "uses " + dotted(owner) + "." + name);
    if (opcode == Opcodes.PUTSTATIC && !method.equals(INITIALIZER)) {
      found("static-state", "writes the static field " + dotted(owner) + "." + name);
    }
    boolean constructing = method.equals(CONSTRUCTOR) && owner.equals(scan.name());
    if (opcode == Opcodes.PUTFIELD && !constructing && scan.isShared(owner)) {
      found("module-state", "writes the field " + dotted(owner) + "." + name);
    }
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    if (SORTED.contains(owner)
        && WHOLE.contains(descriptor.substring(0, descriptor.indexOf(')') + 1))) {
      pending = null;
    }
    next();
    handlers.call(name);
    call(owner, name, descriptor);
  }

  @Override
  public void visitInvokeDynamicInsn(
      String name, String descriptor, Handle bootstrap, Object... arguments) {
    next();
    handlers.instruction(Opcodes.INVOKEDYNAMIC);
    bootstrap(bootstrap, arguments);
    if (bootstrap.getOwner().endsWith("/StringConcatFactory")
        && Uses.hasFloatingPoint(descriptor)) {
      found(FLOATING_POINT, "turns a float or double into text");
    }
  }

  @Override
  public void visitJumpInsn(int opcode, Label label) {
    next();
    handlers.jump(opcode, label);
  }

  @Override
  public void visitLdcInsn(Object value) {
    next();
    handlers.instruction(Opcodes.LDC);
    constant(value);
  }

  @Override
  public void visitIincInsn(int variable, int increment) {
    next();
    handlers.instruction(Opcodes.IINC);
  }

  @Override
  public void visitTableSwitchInsn(int min, int max, Label dflt, Label... labels) {
    next();
    handlers.jumps(dflt, labels);
  }

  @Override
  public void visitLookupSwitchInsn(Label dflt, int[] keys, Label[] labels) {
    next();
    handlers.jumps(dflt, labels);
  }

  @Override
  public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
    next();
    handlers.instruction(Opcodes.MULTIANEWARRAY);
    found(scan.uses().ofType(descriptor), () -> "makes a " + dotted(descriptor));
  }

  @Override
  public void visitEnd() {
    next();
    handlers.swallowing(
        (caught, at) ->
            scan.found(
                "catches-errors", method, at, "catches " + caught + " and does not throw it on"));
  }

  private void call(String owner, String name, String descriptor) {
    Optional<CodeRule> rule = scan.uses().ofMember(owner, name, descriptor);
    if (rule.isEmpty() || (rule.get().id().equals(NOTE_HASH) && name.equals(method))) {
      return;
    }
    boolean constructor = name.equals(CONSTRUCTOR);
    String what =
        constructor ? "makes a " + dotted(owner) : "calls " + dotted(owner) + "." + name + "()";
    int at = line;
    Runnable told = () -> scan.found(rule.get(), method, at, what);
    if (rule.get().id().equals(HASH_ORDER) && !constructor) {
      pending = told;
    } else {
      told.run();
    }
  }

  private void bootstrap(Handle bootstrap, Object... arguments) {
    if (!BOOTSTRAPS.contains(bootstrap.getOwner())) {
      call(bootstrap.getOwner(), bootstrap.getName(), bootstrap.getDesc());
    }
    for (Object argument : arguments) {
      constant(argument);
    }
  }

  private void constant(Object value) {
    if (value instanceof Handle handle) {
      found(
          scan.uses().ofMember(handle.getOwner(), handle.getName(), handle.getDesc()),
          () -> "refers to " + dotted(handle.getOwner()) + "::" + handle.getName());
    } else if (value instanceof Type type
        && type.getSort() >= Type.ARRAY
        && type.getSort() != Type.METHOD) {
      found(scan.uses().ofType(type.getInternalName()), () -> "names " + type.getClassName());
    } else if (value instanceof ConstantDynamic dynamic) {
      Object[] arguments = new Object[dynamic.getBootstrapMethodArgumentCount()];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = dynamic.getBootstrapMethodArgument(i);
      }
      bootstrap(dynamic.getBootstrapMethod(), arguments);
    }
  }

  /** Tells what the instruction before would have been forgiven if this one had sorted it. */
  private void next() {
    if (pending != null) {
      pending.run();
      pending = null;
    }
  }

  private void found(Optional<CodeRule> rule, Supplier<String> what) {
    rule.ifPresent(broken -> scan.found(broken, method, line, what.get()));
  }

  private void found(String rule, String what) {
    scan.found(rule, method, line, what);
  }

  private static boolean isFloatingPoint(int opcode) {
    boolean arithmetic =
        opcode >= Opcodes.IADD && opcode <= Opcodes.DNEG && (opcode - Opcodes.IADD) % 4 >= 2;
    boolean conversion =
        switch (opcode) {
          case Opcodes.I2F, Opcodes.I2D, Opcodes.L2F, Opcodes.L2D -> true;
          default -> opcode >= Opcodes.F2I && opcode <= Opcodes.D2F;
        };
    boolean comparison = opcode >= Opcodes.FCMPL && opcode <= Opcodes.DCMPG;
    return arithmetic || conversion || comparison;
  }

  private static String dotted(String internalName) {
    return Type.getObjectType(internalName).getClassName();
  }
}
