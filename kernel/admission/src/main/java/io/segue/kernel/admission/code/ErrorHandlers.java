package io.segue.kernel.admission.code;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * The handlers of one method that catch errors of the VM, and whether they throw them on. Follows
 * every path from where the caught object is stored: it must end in {@code throw} of that object,
 * or hand it to {@code addSuppressed} of another one, as the compiler's {@code finally} and {@code
 * try} with resources do. Methods without such handlers cost nothing.
 */
final class ErrorHandlers {
  /** An instruction as far as it matters here. */
  private record Step(Kind kind, int variable, List<Label> targets) {}

  private enum Kind {
    LABEL,
    LOAD,
    STORE,
    SUPPRESS,
    THROW,
    RETURN,
    GOTO,
    BRANCH,
    OTHER
  }

  private final boolean inInitializer;
  private final Map<Label, String> caught = new LinkedHashMap<>();
  private final Map<Label, Integer> places = new HashMap<>();
  private final Map<Label, Integer> lines = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();

  /**
   * Those of a method.
   *
   * @param inInitializer whether it is a static initializer, where the compiler's tables for {@code
   *     switch} over an enum catch NoSuchFieldError
   */
  ErrorHandlers(boolean inInitializer) {
    this.inInitializer = inInitializer;
  }

  void catches(Label handler, @Nullable String type) {
    if (type == null) {
      caught.putIfAbsent(handler, "everything");
    } else if (follows(type) && !(inInitializer && type.equals("java/lang/NoSuchFieldError"))) {
      caught.put(handler, type.replace('/', '.'));
    }
  }

  /** Whether a type is one of those that must be thrown on. */
  boolean follows(String type) {
    return type.equals("java/lang/Throwable")
        || (type.startsWith("java/lang/") && type.endsWith("Error"));
  }

  void label(Label label, int lineBefore) {
    if (!caught.isEmpty()) {
      places.put(label, steps.size());
      lines.put(label, lineBefore);
      add(Kind.LABEL, -1);
    }
  }

  void instruction(int opcode) {
    if (opcode == Opcodes.ATHROW) {
      add(Kind.THROW, -1);
    } else if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
      add(Kind.RETURN, -1);
    } else {
      add(Kind.OTHER, -1);
    }
  }

  void variable(int opcode, int variable) {
    switch (opcode) {
      case Opcodes.ALOAD -> add(Kind.LOAD, variable);
      case Opcodes.RET -> add(Kind.RETURN, -1);
      default -> add(opcode >= Opcodes.ISTORE ? Kind.STORE : Kind.OTHER, variable);
    }
  }

  void call(String name) {
    add(name.equals("addSuppressed") ? Kind.SUPPRESS : Kind.OTHER, -1);
  }

  void jump(int opcode, Label target) {
    add(opcode == Opcodes.GOTO ? Kind.GOTO : Kind.BRANCH, target);
  }

  void jumps(Label dflt, Label... labels) {
    Label[] all = java.util.Arrays.copyOf(labels, labels.length + 1);
    all[labels.length] = dflt;
    add(Kind.GOTO, all);
  }

  /** Tells what is caught and not thrown on, and the line before the handler. */
  void swallowing(ObjIntConsumer<String> told) {
    caught.forEach(
        (handler, type) -> {
          Integer place = places.get(handler);
          if (place != null && swallows(place)) {
            told.accept(type, Objects.requireNonNullElse(lines.get(handler), 0));
          }
        });
  }

  private boolean swallows(int place) {
    int first = place;
    while (steps.get(first).kind() == Kind.LABEL) {
      first++;
    }
    Step store = steps.get(first);
    if (store.kind() == Kind.THROW) {
      return false;
    }
    return store.kind() != Kind.STORE || leaves(first + 1, store.variable());
  }

  /** Whether a path from a step on ends otherwise than in the throw of a variable. */
  private boolean leaves(int from, int variable) {
    BitSet seen = new BitSet();
    Deque<Integer> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      int at = open.pop();
      if (at >= steps.size()) {
        return true;
      }
      if (seen.get(at)) {
        continue;
      }
      seen.set(at);
      Step step = steps.get(at);
      boolean loaded = before(at).kind() == Kind.LOAD && before(at).variable() == variable;
      switch (step.kind()) {
        case RETURN -> {
          return true;
        }
        case THROW -> {
          if (!loaded) {
            return true;
          }
        }
        case SUPPRESS -> {
          if (!loaded) {
            open.push(at + 1);
          }
        }
        case STORE -> {
          if (step.variable() == variable) {
            return true;
          }
          open.push(at + 1);
        }
        case GOTO -> step.targets().forEach(target -> open.push(place(target)));
        case BRANCH -> {
          step.targets().forEach(target -> open.push(place(target)));
          open.push(at + 1);
        }
        default -> open.push(at + 1);
      }
    }
    return false;
  }

  /** The instruction before, labels apart. */
  private Step before(int at) {
    int before = at - 1;
    while (steps.get(before).kind() == Kind.LABEL) {
      before--;
    }
    return steps.get(before);
  }

  private int place(Label target) {
    return Objects.requireNonNullElse(places.get(target), steps.size());
  }

  private void add(Kind kind, int variable) {
    if (!caught.isEmpty()) {
      steps.add(new Step(kind, variable, List.of()));
    }
  }

  private void add(Kind kind, Label... targets) {
    if (!caught.isEmpty()) {
      steps.add(new Step(kind, -1, List.of(targets)));
    }
  }
}
