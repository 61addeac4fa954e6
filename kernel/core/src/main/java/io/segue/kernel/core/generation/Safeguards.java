package io.segue.kernel.core.generation;

import io.segue.kernel.admission.artifact.BundleFile;
import io.segue.kernel.admission.artifact.BundleManifest;
import io.segue.kernel.admission.artifact.Capability;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import io.segue.kernel.core.module.ModuleSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What no upgrade may take from a chain: a signature is verified on every transaction, and another
 * plan can be scheduled. A module's bundle declares both in its capability {@code io.segue.module},
 * since the kernel knows neither keys nor governance:
 *
 * <pre>
 * io.segue.module;...;name=auth;signatures:List&lt;String&gt;="auth.signature"
 * io.segue.module;...;name=upgrade;route:List&lt;String&gt;="/x.MsgSchedule,/y.MsgPropose"
 * </pre>
 *
 * <p>A generation keeps what the one before had. A chain that begins without either, as those of
 * tests do, has nothing to lose.
 *
 * @param signatureSteps the steps in the ante order that verify signatures
 * @param route messages and queries by which a plan comes to be scheduled
 */
public record Safeguards(SortedSet<String> signatureSteps, SortedSet<String> route) {
  private static final String SIGNATURES = "signatures";
  private static final String ROUTE = "route";

  /** Those that a generation declares. */
  public static Safeguards of(GenerationSpec spec) {
    List<String> ante = spec.composition().orders().getOrDefault(Phase.ANTE.id(), List.of());
    SortedSet<String> steps = new TreeSet<>();
    SortedSet<String> route = new TreeSet<>();
    for (var module : spec.composition().modules().entrySet()) {
      Optional<BundleFile> file = spec.file(module.getValue());
      if (file.isEmpty()) {
        continue;
      }
      for (Capability capability : file.get().manifest().capabilities()) {
        if (capability.name().equals(BundleManifest.MODULE)
            && capability.attribute("name").filter(module.getKey()::equals).isPresent()) {
          capability.list(SIGNATURES).stream().filter(ante::contains).forEach(steps::add);
          if (module.getKey().equals(ModuleSet.UPGRADE)) {
            route.addAll(capability.list(ROUTE));
          }
        }
      }
    }
    return new Safeguards(
        Collections.unmodifiableSortedSet(steps), Collections.unmodifiableSortedSet(route));
  }

  /**
   * Refuses a generation that loses what the one before has.
   *
   * @throws GenerationException {@link HoldReason#COMPOSITION}
   */
  public void keeping(Safeguards before, String plan) throws GenerationException {
    if (signatureSteps.isEmpty() && !before.signatureSteps.isEmpty()) {
      throw refused(
          plan,
          "has no step in its ante order that verifies signatures (now "
              + String.join(", ", before.signatureSteps)
              + "), so anybody could send in anybody's name; name one that the bundle of its"
              + " module declares as '"
              + SIGNATURES
              + "'");
    }
    if (route.isEmpty() && !before.route.isEmpty()) {
      throw refused(
          plan,
          "has no module '"
              + ModuleSet.UPGRADE
              + "' that declares its '"
              + ROUTE
              + "', so no plan could be scheduled after it; keep the module, or declare the"
              + " messages of the new one");
    }
  }

  /**
   * Refuses modules that lack what a plan is scheduled by.
   *
   * @throws GenerationException {@link HoldReason#COMPOSITION}
   */
  public void foundIn(ModuleSet modules, String plan) throws GenerationException {
    List<String> missing = route.stream().filter(name -> !modules.serves(name)).toList();
    if (!missing.isEmpty()) {
      throw refused(
          plan,
          "has no module for "
              + String.join(", ", missing)
              + ", so no plan could be scheduled after it; keep the module that has it");
    }
  }

  private static GenerationException refused(String plan, String why) {
    return new GenerationException(
        HoldReason.COMPOSITION, "generation " + plan + " is refused: it " + why);
  }
}
