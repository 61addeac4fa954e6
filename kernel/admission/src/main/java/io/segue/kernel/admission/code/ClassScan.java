package io.segue.kernel.admission.code;

import io.segue.kernel.admission.allow.TypeUse;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Looks at one class: what it descends from, and each of its methods. */
final class ClassScan extends ClassVisitor {
  /** What the kernel shares between threads: one object for all calls. */
  private static final Set<String> SHARED =
      Set.of(
          "io/segue/kernel/api/module/AnteStep",
          "io/segue/kernel/api/module/MessageHandler",
          "io/segue/kernel/api/module/Module",
          "io/segue/kernel/api/module/Module$Invariant",
          "io/segue/kernel/api/module/Module$Migration",
          "io/segue/kernel/api/module/ModuleFactory",
          "io/segue/kernel/api/module/QueryHandler",
          "io/segue/kernel/api/module/TxFormat",
          "io/segue/kernel/api/upgrade/Rewriter");

  /** The rule about waiting for other threads. */
  static final String MONITOR = "monitor";

  /** The rule about code that is found while it runs. */
  static final String DYNAMIC = "dynamic";

  private static final String OBJECT = "java/lang/Object";

  private final Rules rules;
  private final BundleTypes types;
  private final Uses uses;
  private final Findings findings;
  private final boolean generated;
  private final Map<String, Boolean> shared = new HashMap<>();
  private String name = "";

  ClassScan(Rules rules, BundleTypes types, Uses uses, Findings findings, boolean generated) {
    super(Opcodes.ASM9);
    this.rules = rules;
    this.types = types;
    this.uses = uses;
    this.findings = findings;
    this.generated = generated;
  }

  @Override
  public void visit(
      int version,
      int access,
      String className,
      @Nullable String signature,
      @Nullable String superName,
      String @Nullable [] interfaces) {
    name = className;
    if (superName != null && !superName.equals(OBJECT)) {
      descends(TypeUse.EXTENDS, superName);
    }
    if (interfaces != null) {
      for (String parent : interfaces) {
        descends(TypeUse.IMPLEMENTS, parent);
      }
    }
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String method,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    if ((access & Opcodes.ACC_NATIVE) != 0) {
      findings.add(rules.named("native"), name, method, 0, "is a native method");
    }
    if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
      findings.add(rules.named(MONITOR), name, method, 0, "is synchronized");
    }
    if (method.equals("finalize") && descriptor.equals("()V")) {
      findings.add(rules.named("finalizer"), name, method, 0, "is a finalizer");
    }
    return new MethodScan(this, access, method, descriptor);
  }

  String name() {
    return name;
  }

  /** Whether protobuf's compiler generated it. */
  boolean isGenerated() {
    return generated;
  }

  Uses uses() {
    return uses;
  }

  /** Whether the objects of a class are shared between calls. */
  boolean isShared(String internalName) {
    return shared.computeIfAbsent(internalName, type -> types.isA(type, SHARED));
  }

  /** Something that breaks a rule of this name. */
  void found(String rule, String method, int line, String what) {
    found(rules.named(rule), method, line, what);
  }

  /** Something that breaks a rule. */
  void found(CodeRule rule, String method, int line, String what) {
    findings.add(rule, name, method, line, what);
  }

  private void descends(TypeUse how, String parent) {
    uses.ofType(parent, how)
        .broken()
        .ifPresent(rule -> found(rule, "", 0, how.word() + ' ' + parent.replace('/', '.')));
  }
}
