package io.segue.kernel.admission.load;

import static io.segue.kernel.admission.load.GuardTransform.CHECK;
import static io.segue.kernel.admission.load.GuardTransform.GUARD;

import io.segue.kernel.api.guard.GuardLimits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Counts how deep methods call each other, behind {@link GuardTransform}: the first call of a
 * method to {@code Guard.check} becomes one to {@code Guard.enter}, whose result is kept in a
 * variable of its own behind the parameters, and its {@code depth()} in another one; {@code leave}
 * stands before each return, and {@code caught} at the begin of each exception handler. {@link
 * LeafMethods} stay as they are.
 */
final class DepthTransform extends ClassVisitor {
  private static final String CLASS_INITIALISER = "<clinit>";
  private static final String STATE = "io/segue/kernel/api/guard/GuardState";
  private static final String TO_INT = "()I";
  private static final String OF_INT = "(I)V";

  private final Set<String> leaves;

  DepthTransform(ClassVisitor next, Set<String> leaves) {
    super(Opcodes.ASM9, next);
    this.leaves = leaves;
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
    if (leaves.contains(name + descriptor)) {
      return new Leaf(next, name);
    }
    int parameters = Type.getArgumentsAndReturnSizes(descriptor) >> 2;
    boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
    return new Method(next, name, isStatic ? parameters - 1 : parameters);
  }

  /** Frames are bounded, so that a stack has room for as many of them as calls are allowed. */
  private static void requireSmall(String name, int stack, int locals) {
    if (stack > GuardLimits.FRAME_SLOTS || locals > GuardLimits.FRAME_SLOTS) {
      throw new IllegalArgumentException(
          "method "
              + name
              + " has "
              + locals
              + " local variables and needs a stack of "
              + stack
              + ", the limit is "
              + GuardLimits.FRAME_SLOTS
              + "; split it");
    }
  }

  /** A method that ends by itself; Java may call it for ever, so that it can be cancelled too. */
  private static final class Leaf extends MethodVisitor {
    private final String name;

    Leaf(MethodVisitor next, String name) {
      super(Opcodes.ASM9, next);
      this.name = name;
    }

    @Override
    public void visitMaxs(int stack, int locals) {
      requireSmall(name, stack, locals);
      super.visitMaxs(stack, locals);
    }
  }

  /** Any other method. */
  private static final class Method extends MethodVisitor {
    private final String name;
    private final boolean initialiser;

    /**
     * The first one of our variables: state and depth, or what an initialiser gets. Those of the
     * method itself, but its parameters, move.
     */
    private final int variable;

    private final List<Object> types;

    private final Set<Label> handlers = new HashSet<>();
    private boolean entered;
    private boolean handling;

    Method(MethodVisitor next, String name, int parameters) {
      super(Opcodes.ASM9, next);
      this.name = name;
      this.initialiser = name.equals(CLASS_INITIALISER);
      this.variable = parameters;
      this.types = initialiser ? List.of(Opcodes.INTEGER) : List.of(STATE, Opcodes.INTEGER);
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
      handlers.add(handler);
      super.visitTryCatchBlock(start, end, handler, type);
    }

    @Override
    public void visitLabel(Label label) {
      super.visitLabel(label);
      handling |= handlers.contains(label);
    }

    @Override
    public void visitFrame(
        int type,
        int localCount,
        @Nullable Object[] locals,
        int stackCount,
        @Nullable Object @Nullable [] stack) {
      List<@Nullable Object> moved = new ArrayList<>(localCount + types.size());
      int slots = 0;
      for (int i = 0; i < localCount; i++) {
        Object local = locals[i];
        if (slots == variable) {
          moved.addAll(types);
        }
        boolean wide = local == Opcodes.LONG || local == Opcodes.DOUBLE;
        if (wide && slots == variable - 1) {
          throw wideParameter();
        }
        moved.add(local);
        slots += wide ? 2 : 1;
      }
      for (; slots < variable; slots++) {
        moved.add(Opcodes.TOP);
      }
      if (slots == variable) {
        moved.addAll(types);
      }
      super.visitFrame(type, moved.size(), moved.toArray(), stackCount, stack);
    }

    @Override
    public void visitInsn(int opcode) {
      begin();
      if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
        withDepth("leave");
      }
      super.visitInsn(opcode);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String member, String descriptor, boolean isInterface) {
      if (!entered && owner.equals(GUARD) && member.equals(CHECK)) {
        entered = true;
        enter();
        return;
      }
      begin();
      super.visitMethodInsn(opcode, owner, member, descriptor, isInterface);
    }

    @Override
    public void visitVarInsn(int opcode, int local) {
      begin();
      boolean wide =
          opcode == Opcodes.LLOAD
              || opcode == Opcodes.DLOAD
              || opcode == Opcodes.LSTORE
              || opcode == Opcodes.DSTORE;
      if (wide && local == variable - 1 && opcode >= Opcodes.ISTORE) {
        throw wideParameter();
      }
      super.visitVarInsn(opcode, moved(local));
    }

    @Override
    public void visitIincInsn(int local, int increment) {
      begin();
      super.visitIincInsn(moved(local), increment);
    }

    @Override
    public void visitLocalVariable(
        String local,
        String descriptor,
        @Nullable String signature,
        Label start,
        Label end,
        int index) {
      super.visitLocalVariable(local, descriptor, signature, start, end, moved(index));
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
      begin();
      super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      if (handling && opcode == Opcodes.NEW) {
        throw new IllegalArgumentException(
            "an exception handler of " + name + " does not take its exception first");
      }
      begin();
      super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
      begin();
      super.visitFieldInsn(opcode, owner, field, descriptor);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String member, String descriptor, Handle bootstrap, Object... arguments) {
      begin();
      super.visitInvokeDynamicInsn(member, descriptor, bootstrap, arguments);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      begin();
      super.visitJumpInsn(opcode, label);
    }

    @Override
    public void visitLdcInsn(Object value) {
      begin();
      super.visitLdcInsn(value);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label dflt, Label... labels) {
      begin();
      super.visitTableSwitchInsn(min, max, dflt, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label dflt, int[] keys, Label[] labels) {
      begin();
      super.visitLookupSwitchInsn(dflt, keys, labels);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
      begin();
      super.visitMultiANewArrayInsn(descriptor, dimensions);
    }

    @Override
    public void visitMaxs(int stack, int locals) {
      requireSmall(name, stack, locals);
      super.visitMaxs(stack + 2, locals + types.size());
    }

    /** Before an instruction: the first one of a handler finds the depth as it was here. */
    private void begin() {
      if (handling) {
        handling = false;
        if (!initialiser) {
          withDepth("caught");
        }
      }
    }

    private void enter() {
      if (initialiser) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, "initialising", TO_INT, false);
        super.visitVarInsn(Opcodes.ISTORE, variable);
        return;
      }
      super.visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, "enter", "()L" + STATE + ";", false);
      super.visitInsn(Opcodes.DUP);
      super.visitVarInsn(Opcodes.ASTORE, variable);
      super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, STATE, "depth", TO_INT, false);
      super.visitVarInsn(Opcodes.ISTORE, variable + 1);
    }

    private void withDepth(String call) {
      if (initialiser) {
        super.visitVarInsn(Opcodes.ILOAD, variable);
        super.visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, "initialised", OF_INT, false);
        return;
      }
      super.visitVarInsn(Opcodes.ALOAD, variable);
      super.visitVarInsn(Opcodes.ILOAD, variable + 1);
      super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, STATE, call, OF_INT, false);
    }

    private int moved(int local) {
      return local < variable ? local : local + types.size();
    }

    private IllegalArgumentException wideParameter() {
      return new IllegalArgumentException(
          "method " + name + " keeps one value in a parameter and in a variable behind it");
    }
  }
}
