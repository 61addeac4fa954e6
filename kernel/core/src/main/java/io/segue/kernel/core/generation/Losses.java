package io.segue.kernel.core.generation;

import io.segue.kernel.admission.artifact.GenerationDeclaration;
import io.segue.kernel.admission.artifact.GenerationDeclaration.ModuleSource;
import io.segue.kernel.admission.artifact.GenerationDeclaration.Part;
import io.segue.kernel.admission.artifact.GenerationDeclaration.PartKind;
import io.segue.kernel.api.node.CheckReport.Loss;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a chain has no longer in a generation: messages, queries, stores, ante steps, invariants.
 * Those who vote decide on it, so each stands in the declaration that their vote is for: by its
 * name among what it drops, or with the module that is removed.
 */
public final class Losses {
  private final GenerationDeclaration declaration;
  private final SortedMap<Part, String> lost = new TreeMap<>();

  private Losses(GenerationDeclaration declaration) {
    this.declaration = declaration;
  }

  /** What the second generation lacks of what the first has. */
  public static Losses between(Generation before, Generation after) {
    Losses losses = new Losses(after.declaration());
    losses.lost.putAll(before.modules().parts());
    losses.lost.keySet().removeAll(after.modules().parts().keySet());
    SortedMap<String, ModuleSource> sources = after.composition().modules();
    before
        .composition()
        .modules()
        .forEach(
            (module, source) -> {
              ModuleSource now = sources.get(module);
              if (now != null && !now.bundle().equals(source.bundle())) {
                losses.lost.put(new Part(PartKind.BUNDLE, module), module);
              }
            });
    return losses;
  }

  /** Each of them, by kind and name. */
  public List<Loss> list() {
    return lost.entrySet().stream()
        .map(loss -> new Loss(loss.getKey().kind().id(), loss.getKey().name(), loss.getValue()))
        .toList();
  }

  /**
   * Refuses what the declaration does not name, and what it names though it is not lost.
   *
   * @throws GenerationException {@link HoldReason#COMPOSITION}
   */
  public void refuseUndeclared() throws GenerationException {
    List<String> why = new ArrayList<>();
    SortedSet<Part> undeclared = new TreeSet<>(lost.keySet());
    undeclared.removeAll(declaration.drops());
    undeclared.removeIf(part -> declaration.removed().contains(lost.get(part)));
    if (!undeclared.isEmpty()) {
      why.add(
          "loses "
              + joined(undeclared)
              + ", which its declaration does not say; keep it, or add for each kind "
              + capability(undeclared.first()));
    }
    SortedSet<Part> kept = new TreeSet<>(declaration.drops());
    kept.removeAll(lost.keySet());
    if (!kept.isEmpty()) {
      why.add("drops " + joined(kept) + ", which the chain does not lose by it; leave that out");
    }
    if (!why.isEmpty()) {
      throw new GenerationException(
          HoldReason.COMPOSITION,
          "generation " + declaration.plan() + " is refused: it " + String.join("; and it ", why));
    }
  }

  private static String joined(SortedSet<Part> parts) {
    return parts.stream().map(Part::toString).collect(Collectors.joining(", "));
  }

  private static String capability(Part part) {
    return "io.segue.generation.drops;effective:=generation;kind="
        + part.kind().id()
        + ";names:List<String>=\""
        + part.name()
        + "\"";
  }
}
