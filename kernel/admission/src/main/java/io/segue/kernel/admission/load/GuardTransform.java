package io.segue.kernel.admission.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.RecordComponentVisitor;
import org.objectweb.asm.TypePath;

/**
 * What kernel rules 1 make of an admitted class when it is loaded, and what later ones begin with:
 * a call of {@code io.segue.kernel.api.guard.Guard.check} stands at the begin of each method and
 * before each jump back, so that no loop and no recursion is without one; and annotations and
 * attributes that the Java virtual machine does not need are gone. {@link InitialisedMark} has an
 * initialiser say when it is done.
 */
final class GuardTransform extends ClassVisitor {
  static final String GUARD = "io/segue/kernel/api/guard/Guard";
  static final String CHECK = "check";
  private static final String NOTHING = "()V";

  GuardTransform(ClassVisitor next) {
    super(Opcodes.ASM9, next);
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    return new Method(super.visitMethod(access, name, descriptor, signature, exceptions), name);
  }

  @Override
  public FieldVisitor visitField(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      @Nullable Object value) {
    return new FieldVisitor(
        Opcodes.ASM9, super.visitField(access, name, descriptor, signature, value)) {
      @Override
      public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
        return null;
      }

      @Override
      public @Nullable AnnotationVisitor visitTypeAnnotation(
          int reference, @Nullable TypePath path, String type, boolean visible) {
        return null;
      }

      @Override
      public void visitAttribute(Attribute attribute) {}
    };
  }

  @Override
  public RecordComponentVisitor visitRecordComponent(
      String name, String descriptor, @Nullable String signature) {
    return new RecordComponentVisitor(
        Opcodes.ASM9, super.visitRecordComponent(name, descriptor, signature)) {
      @Override
      public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
        return null;
      }

      @Override
      public @Nullable AnnotationVisitor visitTypeAnnotation(
          int reference, @Nullable TypePath path, String type, boolean visible) {
        return null;
      }

      @Override
      public void visitAttribute(Attribute attribute) {}
    };
  }

  @Override
  public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
    return null;
  }

  @Override
  public @Nullable AnnotationVisitor visitTypeAnnotation(
      int reference, @Nullable TypePath path, String type, boolean visible) {
    return null;
  }

  @Override
  public void visitAttribute(Attribute attribute) {}

  /**
   * Puts the calls into one method. They take no operand and leave none, so whatever is on the
   * stack stays there, and no frame changes.
   */
  private static final class Method extends MethodVisitor {
    private final String name;
    private final Map<Label, Integer> places = new HashMap<>();
    private final List<Handled> handled = new ArrayList<>();

    /** The instructions that may throw, by their number; all but those that store a variable. */
    private final BitSet throwing = new BitSet();

    private int instructions;
    private @Nullable Label begin;

    /** What a handler handles. */
    private record Handled(Label start, Label end, Label handler) {}

    Method(MethodVisitor next, String name) {
      super(Opcodes.ASM9, next);
      this.name = name;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      begin = new Label();
      super.visitLabel(begin);
      check();
    }

    /** The call at the begin has the line of what follows it: a stack that is full names it. */
    @Override
    public void visitLineNumber(int line, Label start) {
      if (begin != null) {
        super.visitLineNumber(line, begin);
        begin = null;
      }
      super.visitLineNumber(line, start);
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
      handled.add(new Handled(start, end, handler));
      super.visitTryCatchBlock(start, end, handler, type);
    }

    @Override
    public void visitLabel(Label label) {
      places.put(label, instructions);
      super.visitLabel(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      before(places.containsKey(label));
      super.visitJumpInsn(opcode, label);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label dflt, Label... labels) {
      before(places.containsKey(dflt) || Arrays.stream(labels).anyMatch(places::containsKey));
      super.visitTableSwitchInsn(min, max, dflt, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label dflt, int[] keys, Label[] labels) {
      before(places.containsKey(dflt) || Arrays.stream(labels).anyMatch(places::containsKey));
      super.visitLookupSwitchInsn(dflt, keys, labels);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
      before(opcode == Opcodes.RET);
      if (opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE) {
        throwing.clear(instructions - 1);
      }
      super.visitVarInsn(opcode, variable);
    }

    @Override
    public void visitInsn(int opcode) {
      before(false);
      super.visitInsn(opcode);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
      before(false);
      super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      before(false);
      super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      before(false);
      super.visitFieldInsn(opcode, owner, name, descriptor);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      before(false);
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      before(false);
      super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
    }

    @Override
    public void visitLdcInsn(Object value) {
      before(false);
      super.visitLdcInsn(value);
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
      before(false);
      super.visitIincInsn(variable, increment);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
      before(false);
      super.visitMultiANewArrayInsn(descriptor, dimensions);
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
      return null;
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotationDefault() {
      return null;
    }

    @Override
    public @Nullable AnnotationVisitor visitParameterAnnotation(
        int parameter, String type, boolean visible) {
      return null;
    }

    @Override
    public void visitAnnotableParameterCount(int count, boolean visible) {}

    @Override
    public @Nullable AnnotationVisitor visitTypeAnnotation(
        int reference, @Nullable TypePath path, String type, boolean visible) {
      return null;
    }

    @Override
    public @Nullable AnnotationVisitor visitInsnAnnotation(
        int reference, @Nullable TypePath path, String type, boolean visible) {
      return null;
    }

    @Override
    public @Nullable AnnotationVisitor visitTryCatchAnnotation(
        int reference, @Nullable TypePath path, String type, boolean visible) {
      return null;
    }

    @Override
    public @Nullable AnnotationVisitor visitLocalVariableAnnotation(
        int reference,
        @Nullable TypePath path,
        Label[] start,
        Label[] end,
        int[] index,
        String type,
        boolean visible) {
      return null;
    }

    @Override
    public void visitAttribute(Attribute attribute) {}

    /** An exception jumps back to a handler that stands before, or among, what it handles. */
    @Override
    public void visitMaxs(int stack, int locals) {
      for (Handled one : handled) {
        int handler = place(one.handler());
        int end = place(one.end());
        boolean before = handler < place(one.start());
        boolean among = handler < end && throwing.get(handler, end).cardinality() > 0;
        if (before || among) {
          throw new IllegalArgumentException(
              "an exception handler of " + name + " stands before what it handles");
        }
      }
      super.visitMaxs(stack, locals);
    }

    private int place(Label label) {
      return Objects.requireNonNull(places.get(label));
    }

    private void before(boolean jumpsBack) {
      throwing.set(instructions++);
      if (jumpsBack) {
        check();
      }
    }

    /** Never between a label and its instruction: frames know a NEW by its label. */
    private void check() {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, CHECK, NOTHING, false);
    }
  }
}
