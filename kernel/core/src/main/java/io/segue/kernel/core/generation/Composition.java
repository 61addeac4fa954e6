package io.segue.kernel.core.generation;

import io.segue.kernel.admission.artifact.GenerationDeclaration;
import io.segue.kernel.admission.artifact.GenerationDeclaration.ModuleSource;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a generation consists of, after carry-over: a pure function of the composition before and
 * the new declaration.
 *
 * @param rules number of the kernel rules
 * @param modules where each module comes from
 * @param orders names by phase
 * @param settings constants by name
 */
public record Composition(
    long rules,
    SortedMap<String, ModuleSource> modules,
    SortedMap<String, List<String>> orders,
    SortedMap<String, String> settings) {
  private static final long FIRST_RULES = 1;

  /**
   * The composition of a generation.
   *
   * @param before of the generation before; empty for the first
   * @throws GenerationException {@link HoldReason#COMPOSITION}, with what does not fit
   */
  public static Composition of(Optional<Composition> before, GenerationDeclaration declaration)
      throws GenerationException {
    refuseDisorder(before, declaration);
    TreeMap<String, ModuleSource> modules = new TreeMap<>();
    TreeMap<String, List<String>> orders = new TreeMap<>();
    TreeMap<String, String> settings = new TreeMap<>();
    before.ifPresent(
        b -> {
          modules.putAll(b.modules());
          b.orders().forEach((phase, names) -> orders.put(phase, without(declaration, names)));
          settings.putAll(b.settings());
        });
    modules.keySet().removeAll(declaration.removed());
    modules.putAll(declaration.modules());
    orders.putAll(declaration.orders());
    settings.putAll(declaration.settings());
    return new Composition(
        declaration.rules().orElse(before.map(Composition::rules).orElse(FIRST_RULES)),
        copy(modules),
        copy(orders),
        copy(settings));
  }

  private static void refuseDisorder(
      Optional<Composition> before, GenerationDeclaration declaration) throws GenerationException {
    String plan = "generation " + declaration.plan();
    boolean first = declaration.plan().equals(GenerationDeclaration.GENESIS);
    if (first != before.isEmpty()) {
      throw refused(
          first
              ? plan + " is refused: it is the first generation, and there is one already"
              : plan + " is refused: there is no generation before it to carry over from");
    }
    for (String removed : declaration.removed()) {
      if (before.isEmpty() || !before.get().modules().containsKey(removed)) {
        throw refused(
            plan + " removes module " + removed + ", which is not there; drop that capability");
      }
    }
    long rulesBefore = before.map(Composition::rules).orElse(FIRST_RULES);
    long rules = declaration.rules().orElse(rulesBefore);
    if (rules < rulesBefore) {
      throw refused(
          plan
              + " goes back to kernel rules "
              + rules
              + " from "
              + rulesBefore
              + "; keep the number");
    }
  }

  private static <V> SortedMap<String, V> copy(SortedMap<String, V> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  /** An order without the names of removed modules, {@code module} or {@code module.step}. */
  private static List<String> without(GenerationDeclaration declaration, List<String> names) {
    return names.stream()
        .filter(name -> !declaration.removed().contains(name.split("\\.", 2)[0]))
        .toList();
  }

  private static GenerationException refused(String text) {
    return new GenerationException(HoldReason.COMPOSITION, text);
  }
}
