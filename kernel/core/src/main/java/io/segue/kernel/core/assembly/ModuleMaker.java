package io.segue.kernel.core.assembly;

import io.segue.kernel.admission.artifact.BundleFile;
import io.segue.kernel.admission.artifact.GenerationDeclaration.ModuleSource;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.ModuleFactory;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.api.module.Platform;
import io.segue.kernel.core.generation.BundleSpace;
import io.segue.kernel.core.generation.GenerationSpec;
import io.segue.kernel.core.generation.Instances;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import io.segue.kernel.core.module.ModuleSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Makes the modules of a generation and tries what can be tried without state. */
final class ModuleMaker {
  private ModuleMaker() {}

  /**
   * Makes the modules.
   *
   * @param installed the bundles by digest
   * @param platform lent to the modules
   * @throws GenerationException {@link HoldReason#FACTORY}, {@link HoldReason#MODULES} or {@link
   *     HoldReason#COMPOSITION}
   */
  static ModuleSet make(
      GenerationSpec spec, Map<String, BundleSpace.Installed> installed, Platform platform)
      throws GenerationException {
    Map<Phase, List<String>> orders = orders(spec);
    List<Module> modules = new ArrayList<>();
    for (Map.Entry<String, ModuleSource> entry : spec.composition().modules().entrySet()) {
      modules.add(make(entry.getKey(), entry.getValue(), spec, installed, platform));
    }
    return Instances.guarded(
        HoldReason.MODULES,
        "putting together the modules of generation " + spec.declaration().plan(),
        () -> ModuleSet.of(modules, orders));
  }

  private static Module make(
      String name,
      ModuleSource source,
      GenerationSpec spec,
      Map<String, BundleSpace.Installed> installed,
      Platform platform)
      throws GenerationException {
    BundleFile file = spec.file(source).orElseThrow(() -> missing(name, source));
    BundleSpace.Installed bundle = installed.get(file.sha256());
    String className = file.manifest().modules().get(name);
    if (bundle == null || className == null) {
      throw missing(name, source);
    }
    String what = "the factory of module " + name + " in " + file.manifest().bundle();
    ModuleFactory factory =
        Instances.make(ModuleFactory.class, bundle, className, HoldReason.FACTORY, what);
    Module module = Instances.guarded(HoldReason.FACTORY, what, () -> factory.create(platform));
    String actual =
        Instances.guarded(HoldReason.MODULES, "Module.name() of module " + name, module::name);
    if (!actual.equals(name)) {
      throw new GenerationException(
          HoldReason.MODULES,
          "module "
              + name
              + " of "
              + file.manifest().bundle()
              + " calls itself "
              + actual
              + "; its capability and its name() must agree");
    }
    tryOut(name, module);
    return module;
  }

  /** Reads what the node reads later, when a failure would come too late. */
  private static void tryOut(String name, Module module) throws GenerationException {
    String what = " of module " + name;
    Instances.guarded(HoldReason.MODULES, "stores()" + what, module::stores);
    Instances.guarded(HoldReason.MODULES, "descriptors()" + what, module::descriptors);
    Instances.guarded(HoldReason.MODULES, "messages()" + what, module::messages);
    Instances.guarded(HoldReason.MODULES, "queries()" + what, module::queries);
    Instances.guarded(HoldReason.MODULES, "anteSteps()" + what, module::anteSteps);
    Instances.guarded(HoldReason.MODULES, "defaultGenesis()" + what, module::defaultGenesis);
    Instances.guarded(HoldReason.MODULES, "migrations()" + what, module::migrations);
    Instances.guarded(HoldReason.MODULES, "invariants()" + what, module::invariants);
  }

  /**
   * The orders of a generation's phases.
   *
   * @throws GenerationException {@link HoldReason#COMPOSITION} where it orders one there is not
   */
  static Map<Phase, List<String>> orders(GenerationSpec spec) throws GenerationException {
    Map<Phase, List<String>> orders = new EnumMap<>(Phase.class);
    for (Map.Entry<String, List<String>> order : spec.composition().orders().entrySet()) {
      Phase phase = Phase.of(order.getKey()).orElseThrow(() -> unknown(spec, order.getKey()));
      orders.put(phase, order.getValue());
    }
    return orders;
  }

  private static GenerationException unknown(GenerationSpec spec, String phase) {
    return new GenerationException(
        HoldReason.COMPOSITION,
        "generation "
            + spec.declaration().plan()
            + " orders phase '"
            + phase
            + "'; phases are "
            + Arrays.stream(Phase.values()).map(Phase::id).toList());
  }

  private static GenerationException missing(String module, ModuleSource source) {
    return new GenerationException(
        HoldReason.COMPOSITION, "module " + module + " is not in bundle " + source);
  }
}
