package io.segue.kernel.admission.load;

import static io.segue.kernel.admission.load.GuardedCalls.HASH;
import static io.segue.kernel.admission.load.GuardedCalls.NUMBERS;
import static io.segue.kernel.admission.load.GuardedCalls.SIZES;
import static io.segue.kernel.admission.load.GuardedCalls.TEXT;

import io.segue.kernel.api.guard.GuardLimits;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Puts a bound on what one call of Java's may cost, and lets no identity become a text or a hash:
 * what {@link GuardedCalls} name is called in their place, before what {@link SizedMembers} name,
 * and before an array is made, its size is looked at; strings that are put together, and records,
 * have the texts of {@code GuardedText}.
 */
final class CallTransform extends ClassVisitor {
  /** What stands on the stack besides what the method puts there. */
  private static final int STACK = 3;

  CallTransform(ClassVisitor next) {
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

  /** The calls of one method. */
  private static final class Method extends MethodVisitor {
    private static final int UNKNOWN = -1;

    private final String name;

    /** The number that the last instruction put onto the stack. */
    private int constant = UNKNOWN;

    Method(MethodVisitor next, String name) {
      super(Opcodes.ASM9, next);
      this.name = name;
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String member, String descriptor, boolean isInterface) {
      if (opcode == Opcodes.INVOKESPECIAL) {
        inherited(owner, member, descriptor);
      }
      int known = constant;
      constant = UNKNOWN;
      if (opcode != Opcodes.INVOKESPECIAL) {
        var guarded = GuardedCalls.of(owner, member, descriptor, opcode == Opcodes.INVOKESTATIC);
        if (guarded.isPresent()) {
          GuardedCalls.Call call = guarded.get();
          call(call.owner(), call.name(), call.descriptor());
          return;
        }
      }
      SizedMembers sized = SizedMembers.of(owner, member, descriptor);
      if (sized != null) {
        look(sized, known, owner + "." + member);
      }
      super.visitMethodInsn(opcode, owner, member, descriptor, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String member, String descriptor, Handle bootstrap, Object... arguments) {
      constant = UNKNOWN;
      switch (bootstrap.getOwner()) {
        case "java/lang/invoke/StringConcatFactory" ->
            concat(member, descriptor, bootstrap, arguments);
        case "java/lang/runtime/ObjectMethods" ->
            super.visitInvokeDynamicInsn(
                member, descriptor, ofRecord(member, bootstrap), arguments);
        default -> lambda(member, descriptor, bootstrap, arguments);
      }
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
      if (opcode == Opcodes.NEWARRAY) {
        array(elementBytes(operand));
        constant = UNKNOWN;
        super.visitIntInsn(opcode, operand);
      } else {
        super.visitIntInsn(opcode, operand);
        constant = operand;
      }
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      if (opcode == Opcodes.ANEWARRAY) {
        array(SizedMembers.EIGHT.elementBytes);
      }
      constant = UNKNOWN;
      super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
      Type element = Type.getType(descriptor.substring(dimensions));
      int bytes = element.getSort() < Type.ARRAY ? bytes(element) : SizedMembers.EIGHT.elementBytes;
      if (dimensions == 1) {
        array(bytes);
      } else if (dimensions == 2) {
        super.visitInsn(Opcodes.DUP2);
        push(bytes);
        call(SIZES, "grid", "(III)V");
      } else {
        throw new IllegalArgumentException(
            "method "
                + name
                + " makes an array of "
                + dimensions
                + " dimensions at once; make them one after the other");
      }
      constant = UNKNOWN;
      super.visitMultiANewArrayInsn(descriptor, dimensions);
    }

    @Override
    public void visitInsn(int opcode) {
      constant =
          opcode >= Opcodes.ICONST_0 && opcode <= Opcodes.ICONST_5
              ? opcode - Opcodes.ICONST_0
              : UNKNOWN;
      super.visitInsn(opcode);
    }

    @Override
    public void visitLdcInsn(Object value) {
      constant = value instanceof Integer number ? number : UNKNOWN;
      super.visitLdcInsn(value);
    }

    @Override
    public void visitLabel(Label label) {
      constant = UNKNOWN;
      super.visitLabel(label);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
      constant = UNKNOWN;
      super.visitVarInsn(opcode, variable);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
      constant = UNKNOWN;
      super.visitFieldInsn(opcode, owner, field, descriptor);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      constant = UNKNOWN;
      super.visitJumpInsn(opcode, label);
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
      constant = UNKNOWN;
      super.visitIincInsn(variable, increment);
    }

    @Override
    public void visitMaxs(int stack, int locals) {
      super.visitMaxs(stack + STACK, locals);
    }

    /** Before {@code super.toString()} and {@code super.hashCode()}. */
    private void inherited(String owner, String member, String descriptor) {
      boolean text =
          member.equals(GuardedCalls.TO_STRING) && descriptor.equals(GuardedCalls.TO_STRING_TYPE);
      boolean hash =
          member.equals(GuardedCalls.HASH_CODE) && descriptor.equals(GuardedCalls.HASH_CODE_TYPE);
      if (text || hash) {
        super.visitLdcInsn(Type.getObjectType(owner));
        call(text ? TEXT : HASH, "inherited", "(Ljava/lang/Class;)V");
      }
    }

    private void concat(String member, String descriptor, Handle bootstrap, Object... arguments) {
      boolean plain = true;
      for (Type operand : Type.getArgumentTypes(descriptor)) {
        plain &= operand.getSort() < Type.ARRAY || GuardedCalls.hasText(operand.getInternalName());
      }
      if (plain) {
        super.visitInvokeDynamicInsn(member, descriptor, bootstrap, arguments);
        return;
      }
      if (!bootstrap.getName().equals("makeConcatWithConstants")) {
        throw new IllegalArgumentException(
            "method " + name + " puts strings together by " + bootstrap.getName());
      }
      super.visitInvokeDynamicInsn(
          member,
          descriptor,
          new Handle(Opcodes.H_INVOKESTATIC, TEXT, "concat", bootstrap.getDesc(), false),
          arguments);
    }

    private static Handle ofRecord(String member, Handle bootstrap) {
      String guarding =
          switch (member) {
            case GuardedCalls.TO_STRING -> TEXT;
            case GuardedCalls.HASH_CODE -> HASH;
            default -> "";
          };
      return guarding.isEmpty()
          ? bootstrap
          : new Handle(
              Opcodes.H_INVOKESTATIC,
              guarding,
              "record",
              "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
                  + "Ljava/lang/Class;Ljava/lang/String;[Ljava/lang/invoke/MethodHandle;)"
                  + "Ljava/lang/invoke/CallSite;",
              false);
    }

    private void lambda(String member, String descriptor, Handle bootstrap, Object... arguments) {
      Object[] given = arguments.clone();
      String type = descriptor;
      for (int i = 0; i < given.length; i++) {
        if (given[i] instanceof Handle handle) {
          Handle guarded = GuardedCalls.handle(handle);
          if (guarded.equals(handle)
              && SizedMembers.of(handle.getOwner(), handle.getName(), handle.getDesc()) != null) {
            throw new IllegalArgumentException(
                "method "
                    + name
                    + " refers to "
                    + handle.getOwner()
                    + "."
                    + handle.getName()
                    + handle.getDesc()
                    + " as a method; write a lambda that calls it");
          }
          if (!guarded.equals(handle)) {
            given[i] = guarded;
            type = GuardedCalls.capturing(type, guarded);
          }
        }
      }
      super.visitInvokeDynamicInsn(member, type, bootstrap, given);
    }

    private void look(SizedMembers sized, int known, String member) {
      switch (sized) {
        case ONE, TWO, FOUR, EIGHT -> array(sized.elementBytes, known);
        case BITS -> {
          super.visitInsn(Opcodes.DUP);
          push(3);
          super.visitInsn(Opcodes.ISHR);
          array(sized.elementBytes, UNKNOWN);
          super.visitInsn(Opcodes.POP);
        }
        case PART_ONE, PART_TWO, PART_FOUR, PART_EIGHT -> {
          super.visitInsn(Opcodes.DUP2);
          push(sized.elementBytes);
          call(SIZES, "part", "(III)V");
        }
        case FACTOR -> {
          super.visitInsn(Opcodes.SWAP);
          array(sized.elementBytes, UNKNOWN);
          super.visitInsn(Opcodes.SWAP);
        }
        case FACTOR_AND_ORDER -> {
          super.visitInsn(Opcodes.DUP2_X1);
          super.visitInsn(Opcodes.POP2);
          array(sized.elementBytes, UNKNOWN);
          super.visitInsn(Opcodes.DUP_X2);
          super.visitInsn(Opcodes.POP);
        }
        case INTEGER_TEXT -> call(NUMBERS, "integerText", "(Ljava/lang/String;)Ljava/lang/String;");
        case INTEGER_RADIX -> {
          super.visitInsn(Opcodes.DUP2);
          call(NUMBERS, "integerText", "(Ljava/lang/String;I)V");
        }
        case INTEGER_BYTES -> call(NUMBERS, "integerBytes", "([B)[B");
        case INTEGER_LENGTH -> call(NUMBERS, "integerLength", "(I)I");
        case DECIMAL_TEXT -> call(NUMBERS, "decimalText", "(Ljava/lang/String;)Ljava/lang/String;");
        case DECIMAL_ROUNDED -> {
          super.visitInsn(Opcodes.DUP2);
          call(NUMBERS, "decimalText", "(Ljava/lang/String;Ljava/math/MathContext;)V");
        }
        case DECIMAL_SCALE -> call(NUMBERS, "decimalScale", "(I)I");
        case NONE ->
            throw new IllegalArgumentException(
                "method "
                    + name
                    + " calls a form of "
                    + member
                    + " whose size can't be bounded; use another one");
      }
    }

    private void array(int elementBytes) {
      array(elementBytes, constant);
    }

    /** The length on the stack, where it is not known to be small. */
    private void array(int elementBytes, int known) {
      if (known < 0 || (long) known * elementBytes > GuardLimits.SMALL_BYTES) {
        push(elementBytes);
        call(SIZES, "array", "(II)I");
      }
    }

    private void push(int number) {
      super.visitIntInsn(Opcodes.BIPUSH, number);
    }

    private void call(String owner, String method, String descriptor) {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, owner, method, descriptor, false);
    }

    private static int bytes(Type element) {
      return switch (element.getSort()) {
        case Type.BOOLEAN, Type.BYTE -> 1;
        case Type.CHAR, Type.SHORT -> 2;
        case Type.INT, Type.FLOAT -> 4;
        default -> SizedMembers.EIGHT.elementBytes;
      };
    }

    private static int elementBytes(int arrayType) {
      return switch (arrayType) {
        case Opcodes.T_BOOLEAN, Opcodes.T_BYTE -> 1;
        case Opcodes.T_CHAR, Opcodes.T_SHORT -> 2;
        case Opcodes.T_INT, Opcodes.T_FLOAT -> 4;
        default -> SizedMembers.EIGHT.elementBytes;
      };
    }
  }
}
