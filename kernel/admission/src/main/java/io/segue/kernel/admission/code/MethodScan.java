package io.segue.kernel.admission.code;

import io.segue.kernel.admission.allow.Condition;
import io.segue.kernel.admission.allow.TypeUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.AnalyzerAdapter;

/**
 * Looks at the instructions of one method: what each uses is on the list, and its operands are as
 * the list asks, to go by the types on the stack before it.
 */
final class MethodScan extends MethodVisitor {
  private static final String CONSTRUCTOR = "<init>";
  private static final String INITIALIZER = "<clinit>";
  private static final String OBJECT = "java/lang/Object";
  private static final String HASH_CODE = "hashCode";
  private static final String IDENTITY = "identity";
  private static final String FLOATING_POINT = "floating-point";
  private static final String LAMBDAS = "java/lang/invoke/LambdaMetafactory.metafactory";
  private static final String CONCAT =
      "java/lang/invoke/StringConcatFactory.makeConcatWithConstants";

  /** What makes lambdas, strings and the methods of records; calling it is the compiler's work. */
  private static final Set<String> BOOTSTRAPS =
      Set.of(LAMBDAS, CONCAT, "java/lang/runtime/ObjectMethods.bootstrap");

  /** Methods of a module whose map the kernel reads by key. */
  private static final Set<String> READ_BY_KEY =
      Set.of("messages", "queries", "anteSteps", "migrations", "invariants");

  /** What sorts a collection the moment it is given. */
  private static final Set<String> SORTED =
      Set.of("java/util/TreeMap", "java/util/TreeSet", "java/util/EnumMap", "java/util/EnumSet");

  /** Parameters of the constructors and methods that take such a collection as a whole. */
  private static final Set<String> WHOLE = Set.of("(Ljava/util/Map;)", "(Ljava/util/Collection;)");

  /**
   * Methods of generated classes that give protobuf classes to reflect on. The others are read
   * without the types on the stack, which takes half of the time; a condition that needs them does
   * not hold there. Generated classes are read without frames, so a jump ends it here too.
   */
  private static final Set<String> TABLES = Set.of(INITIALIZER, "internalGetFieldAccessorTable");

  private final ClassScan scan;
  private final Uses uses;
  private final Conditions conditions;
  private final OperandStack operands;
  private final String method;
  private final boolean readByKey;
  private final boolean hashes;
  private final ErrorHandlers handlers;
  private final Map<Label, List<String>> caught = new HashMap<>();
  private int line;
  private @Nullable Runnable pending;

  MethodScan(ClassScan scan, int access, String method, String descriptor) {
    super(Opcodes.ASM9);
    if (!scan.isGenerated() || TABLES.contains(method)) {
      mv = new Types(scan.name(), access, method, descriptor);
    }
    this.operands = new OperandStack((AnalyzerAdapter) mv);
    this.scan = scan;
    this.uses = scan.uses();
    this.conditions = new Conditions(uses);
    this.method = method;
    this.readByKey = READ_BY_KEY.contains(method) && descriptor.equals("()Ljava/util/Map;");
    this.hashes =
        (method.equals(HASH_CODE) && descriptor.equals("()I"))
            || method.startsWith("lambda$" + HASH_CODE + "$");
    this.handlers = new ErrorHandlers(method.equals(INITIALIZER));
  }

  @Override
  public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
    if (type != null && !handlers.follows(type)) {
      caught.computeIfAbsent(handler, key -> new ArrayList<>()).add(type);
    }
    handlers.catches(handler, type);
    super.visitTryCatchBlock(start, end, handler, type);
    branched();
  }

  @Override
  public void visitLineNumber(int number, Label start) {
    line = number;
    super.visitLineNumber(number, start);
  }

  @Override
  public void visitLabel(Label label) {
    handlers.label(label, line);
    for (String type : caught.getOrDefault(label, List.of())) {
      found(uses.ofType(type, TypeUse.CATCH), () -> "catches " + MemberNames.dotted(type));
    }
    super.visitLabel(label);
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
    } else if (opcode == Opcodes.MONITORENTER) {
      found(ClassScan.MONITOR, "enters a synchronized block");
    } else if (opcode == Opcodes.AASTORE) {
      operands.stores();
    }
    super.visitInsn(opcode);
  }

  @Override
  public void visitIntInsn(int opcode, int operand) {
    next();
    handlers.instruction(opcode);
    super.visitIntInsn(opcode, operand);
  }

  @Override
  public void visitVarInsn(int opcode, int variable) {
    next();
    handlers.variable(opcode, variable);
    super.visitVarInsn(opcode, variable);
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    next();
    handlers.instruction(opcode);
    switch (opcode) {
      case Opcodes.NEW -> found(uses.ofMaking(type), () -> "makes a " + MemberNames.dotted(type));
      case Opcodes.ANEWARRAY ->
          found(
              uses.ofType(type, TypeUse.ARRAY),
              () -> "makes an array of " + MemberNames.dotted(type));
      default ->
          found(
              uses.ofType(type, type.startsWith("[") ? TypeUse.ARRAY : TypeUse.CAST),
              () -> "casts to " + MemberNames.dotted(type));
    }
    super.visitTypeInsn(opcode, type);
    if (opcode == Opcodes.ANEWARRAY) {
      operands.madeArray();
    }
  }

  @Override
  public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
    next();
    handlers.instruction(opcode);
    boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
    Ruling ruling = uses.ofMember(owner, name, descriptor, isStatic);
    if (!ruling.isFree()) {
      found(ruling, () -> "uses " + MemberNames.dotted(owner) + "." + name);
    }
    if (opcode == Opcodes.PUTSTATIC && !method.equals(INITIALIZER)) {
      found("static-state", "writes the static field " + MemberNames.dotted(owner) + "." + name);
    }
    boolean constructing = method.equals(CONSTRUCTOR) && owner.equals(scan.name());
    if (opcode == Opcodes.PUTFIELD && !constructing && scan.isShared(owner)) {
      found("module-state", "writes the field " + MemberNames.dotted(owner) + "." + name);
    }
    super.visitFieldInsn(opcode, owner, name, descriptor);
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
    call(opcode == Opcodes.INVOKESTATIC, owner, name, descriptor);
    super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
  }

  @Override
  public void visitInvokeDynamicInsn(
      String name, String descriptor, Handle bootstrap, Object... arguments) {
    next();
    handlers.instruction(Opcodes.INVOKEDYNAMIC);
    String made = bootstrap.getOwner() + '.' + bootstrap.getName();
    if (!BOOTSTRAPS.contains(made)) {
      found(ClassScan.DYNAMIC, "is linked by " + made.replace('/', '.'));
    }
    for (Object argument : arguments) {
      if (argument instanceof Handle handle) {
        reference(handle, descriptor, arguments);
      } else if (!(argument instanceof Type type) || type.getSort() != Type.METHOD) {
        constant(argument);
      }
    }
    if (made.equals(LAMBDAS)) {
      String type = Type.getReturnType(descriptor).getInternalName();
      found(
          uses.ofType(type, TypeUse.LAMBDA), () -> "makes a lambda of " + MemberNames.dotted(type));
    } else if (made.equals(CONCAT)) {
      if (Uses.hasFloatingPoint(descriptor)) {
        found(FLOATING_POINT, "turns a float or double into text");
      }
      for (Operand operand : operands.of(false, "", descriptor)) {
        String type = operand.type().orElse(operand.declared());
        if (type.length() > 1 && !uses.hasText(type)) {
          found(IDENTITY, madeText(type));
        }
      }
    }
    super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
  }

  @Override
  public void visitJumpInsn(int opcode, Label label) {
    next();
    handlers.jump(opcode, label);
    if ((opcode == Opcodes.IF_ACMPEQ || opcode == Opcodes.IF_ACMPNE)
        && !scan.isGenerated()
        && !method.equals("equals")
        && !isComparable(1)
        && !isComparable(2)) {
      found(
          IDENTITY,
          "compares "
              + Stream.of(2, 1)
                  .map(depth -> operands.type(depth).map(MemberNames::dotted).orElse("an object"))
                  .reduce((left, right) -> left + " and " + right)
                  .orElseThrow()
              + " by ==");
    }
    super.visitJumpInsn(opcode, label);
    branched();
  }

  @Override
  public void visitLdcInsn(Object value) {
    next();
    handlers.instruction(Opcodes.LDC);
    constant(value);
    super.visitLdcInsn(value);
    operands.loaded(value);
  }

  @Override
  public void visitIincInsn(int variable, int increment) {
    next();
    handlers.instruction(Opcodes.IINC);
    super.visitIincInsn(variable, increment);
  }

  @Override
  public void visitTableSwitchInsn(int min, int max, Label dflt, Label... labels) {
    next();
    handlers.jumps(dflt, labels);
    super.visitTableSwitchInsn(min, max, dflt, labels);
    branched();
  }

  @Override
  public void visitLookupSwitchInsn(Label dflt, int[] keys, Label[] labels) {
    next();
    handlers.jumps(dflt, labels);
    super.visitLookupSwitchInsn(dflt, keys, labels);
    branched();
  }

  @Override
  public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
    next();
    handlers.instruction(Opcodes.MULTIANEWARRAY);
    found(
        uses.ofType(descriptor, TypeUse.ARRAY),
        () -> "makes an array of " + MemberNames.dotted(descriptor));
    super.visitMultiANewArrayInsn(descriptor, dimensions);
  }

  @Override
  public void visitEnd() {
    next();
    handlers.swallowing(
        (type, at) ->
            scan.found(
                "catches-errors", method, at, "catches " + type + " and does not throw it on"));
    super.visitEnd();
  }

  private void call(boolean isStatic, String owner, String name, String descriptor) {
    Ruling ruling = uses.ofMember(owner, name, descriptor, isStatic);
    if (ruling.isFree() && !name.equals(HASH_CODE)) {
      return;
    }
    boolean constructor = name.equals(CONSTRUCTOR);
    Supplier<String> what =
        () ->
            (constructor ? "makes a " : "calls ")
                + MemberNames.dotted(owner)
                + (constructor ? "" : "." + name)
                + MemberNames.parameters(descriptor);
    found(ruling, what);
    Set<Condition> asked = conditionsOf(ruling, name, descriptor);
    if (asked.isEmpty()) {
      return;
    }
    List<Operand> taken = operands.of(!isStatic, owner, descriptor);
    for (Condition condition : asked) {
      if (condition == Condition.SORTED) {
        int at = line;
        pending = () -> scan.found(rule(condition), method, at, broken(what, condition));
      } else if (!(condition == Condition.HASH && hashes) && !conditions.holds(condition, taken)) {
        found(
            rule(condition),
            condition == Condition.TEXT
                ? madeText(conditions.withoutText(taken).orElse(OBJECT)) + ", " + what.get()
                : broken(what, condition));
      }
    }
  }

  /** Where a condition does not hold, the rule that says why. */
  private static String rule(Condition condition) {
    return switch (condition) {
      case CONST -> "constant";
      case PATTERN, DATE, FORMAT -> "pattern";
      case OWNMESSAGE -> "reflection";
      case SORTED -> "hash-order";
      case TEXT, HASH -> IDENTITY;
    };
  }

  private static String madeText(String type) {
    return "makes a text of a " + MemberNames.dotted(type);
  }

  /**
   * A class of the bundle may have a {@code hashCode} of its own; who asks for it is what counts.
   */
  private static Set<Condition> conditionsOf(Ruling ruling, String name, String descriptor) {
    return ruling.broken().isEmpty() && name.equals(HASH_CODE) && descriptor.equals("()I")
        ? Set.of(Condition.HASH)
        : ruling.conditions();
  }

  private static String broken(Supplier<String> what, Condition condition) {
    return what.get() + ", and " + condition.meaning();
  }

  /** A method reference, or the body of a lambda. */
  private void reference(Handle handle, String descriptor, Object... arguments) {
    String owner = handle.getOwner();
    String name = handle.getName();
    Supplier<String> what =
        () ->
            "refers to "
                + MemberNames.dotted(owner)
                + "::"
                + name
                + (handle.getDesc().startsWith("(")
                    ? MemberNames.parameters(handle.getDesc())
                    : "");
    Ruling ruling =
        uses.ofMember(owner, name, handle.getDesc(), handle.getTag() == Opcodes.H_INVOKESTATIC);
    found(ruling, what);
    if (handle.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
      found(uses.ofMaking(owner), what);
    }
    for (Condition condition : conditionsOf(ruling, name, handle.getDesc())) {
      if (!(condition == Condition.HASH && hashes)
          && !conditions.holdsForReference(condition, types(descriptor, arguments))) {
        found(rule(condition), broken(what, condition));
      }
    }
  }

  /** What a method reference takes: what it is bound to, and what it is called with. */
  private static List<String> types(String descriptor, Object... arguments) {
    List<String> types = new ArrayList<>();
    Stream.of(arguments)
        .filter(Type.class::isInstance)
        .map(Type.class::cast)
        .filter(type -> type.getSort() == Type.METHOD)
        .reduce((first, last) -> last)
        .ifPresent(last -> addObjects(types, last.getDescriptor()));
    addObjects(types, descriptor);
    return types;
  }

  private static void addObjects(List<String> types, String descriptor) {
    for (Type type : Type.getArgumentTypes(descriptor)) {
      if (type.getSort() >= Type.ARRAY) {
        types.add(type.getInternalName());
      }
    }
  }

  /** A constant of the class file that is no number and no text. */
  private void constant(Object value) {
    if (value instanceof Type type && type.getSort() != Type.METHOD) {
      found(
          uses.ofType(type.getInternalName(), TypeUse.CLASS), () -> "names " + type.getClassName());
    } else if (!(value instanceof Number || value instanceof String)) {
      found(ClassScan.DYNAMIC, "has a constant that is computed or stands for a method");
    }
  }

  /**
   * Whether one of two objects can be compared by {@code ==}: it is null, or the same where it is
   * equal.
   */
  private boolean isComparable(int depth) {
    return operands.isNull(depth) || operands.type(depth).filter(uses::isSame).isPresent();
  }

  private void branched() {
    if (scan.isGenerated()) {
      operands.lose();
      mv = null;
    }
  }

  /** Tells what the instruction before would have been forgiven if this one had sorted it. */
  private void next() {
    if (pending != null) {
      pending.run();
      pending = null;
    }
  }

  private void found(Ruling ruling, Supplier<String> what) {
    ruling.broken().ifPresent(rule -> scan.found(rule, method, line, what.get()));
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

  /** The types on the stack and in the variables, instruction by instruction. */
  private static final class Types extends AnalyzerAdapter {
    Types(String owner, int access, String name, String descriptor) {
      super(Opcodes.ASM9, owner, access, name, descriptor, null);
    }
  }
}
