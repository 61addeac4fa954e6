package io.segue.kernel.core.module;

import io.segue.kernel.admission.artifact.GenerationDeclaration.Part;
import io.segue.kernel.admission.artifact.GenerationDeclaration.PartKind;
import io.segue.kernel.api.module.AnteStep;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.api.module.TxFormat;
import io.segue.kernel.core.module.MessageRouter.AnteRoute;
import io.segue.kernel.core.module.MessageRouter.ExtensionRoute;
import io.segue.kernel.core.module.MessageRouter.MessageRoute;
import io.segue.kernel.core.module.MessageRouter.QueryRoute;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads modules into the tables of a {@link ModuleSet} and collects what is in disorder. */
final class ModuleSetReader {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
  private static final String RESPONSE = "Response";

  final List<RegisteredModule> participants = new ArrayList<>();
  final SortedMap<String, MessageRoute> messages = new TreeMap<>();
  final SortedMap<String, QueryRoute> queries = new TreeMap<>();
  final SortedMap<String, String> storeOwners = new TreeMap<>();
  final List<AnteRoute> ante = new ArrayList<>();
  final Map<Phase, List<RegisteredModule>> orders = new EnumMap<>(Phase.class);
  final SortedMap<String, TxFormat> formats = new TreeMap<>();
  final SortedMap<String, ExtensionRoute> extensions = new TreeMap<>();

  private final SortedMap<String, AnteRoute> anteSteps = new TreeMap<>();
  private final List<String> disorder = new ArrayList<>();

  private ModuleSetReader() {}

  static ModuleSetReader read(
      Collection<? extends Module> modules, Map<Phase, List<String>> orders) {
    ModuleSetReader reader = new ModuleSetReader();
    List<Module> sorted = new ArrayList<>(modules);
    sorted.sort(Comparator.comparing(Module::name));
    for (Module module : sorted) {
      reader.add(module);
    }
    if (reader.formats.size() != 1) {
      reader.disorder.add(
          "exactly one module has the transaction format, but these have: "
              + reader.formats.keySet());
    }
    if (reader.extensions.size() > 1) {
      reader.disorder.add(
          "at most one module extends votes, but these do: " + reader.extensions.keySet());
    }
    for (Phase phase : Phase.values()) {
      reader.order(phase, orders.getOrDefault(phase, List.of()));
    }
    if (!reader.disorder.isEmpty()) {
      throw new IllegalArgumentException(
          "the modules do not make a generation: " + String.join("; ", reader.disorder));
    }
    return reader;
  }

  private void add(Module module) {
    String name = module.name();
    if (!NAME.matcher(name).matches()) {
      disorder.add("module name '" + name + "' is not made of a-z, 0-9 and -");
    }
    if (participants.stream().anyMatch(other -> other.name.equals(name))) {
      disorder.add("two modules are named " + name);
      return;
    }
    List<String> stores = List.copyOf(module.stores());
    RegisteredModule owner =
        new RegisteredModule(module, name, participants.size(), stores, storeOwners.size());
    participants.add(owner);
    addStores(owner);
    addMessages(owner);
    addQueries(owner);
    for (Map.Entry<String, AnteStep> step : new TreeMap<>(module.anteSteps()).entrySet()) {
      AnteRoute route = new AnteRoute(step.getKey(), owner, step.getValue());
      AnteRoute other = anteSteps.putIfAbsent(step.getKey(), route);
      refuseSecond("ante step", step.getKey(), other == null ? null : other.owner(), owner);
    }
    module.txFormat().ifPresent(format -> formats.put(name, format));
    module
        .voteExtension()
        .ifPresent(extension -> extensions.put(name, new ExtensionRoute(owner, extension)));
    if (module.consensusVersion() < 1) {
      disorder.add(
          "module " + name + " has consensus version " + module.consensusVersion() + ", below 1");
    }
    if (module.migrations().keySet().stream().anyMatch(from -> from < 1)) {
      disorder.add("module " + name + ": module migration versions should start at 1");
    }
  }

  /** See {@link ModuleSet#parts}. */
  SortedMap<Part, String> parts() {
    SortedMap<Part, String> parts = new TreeMap<>();
    ante.forEach(step -> parts.put(new Part(PartKind.ANTE_STEP, step.name()), step.owner().name));
    storeOwners.forEach((store, owner) -> parts.put(new Part(PartKind.STORE, store), owner));
    messages.values().stream()
        .filter(route -> !route.internal())
        .forEach(
            route -> parts.put(new Part(PartKind.MESSAGE, route.typeUrl()), route.owner().name));
    queries.forEach(
        (path, route) -> {
          if (!route.internal()) {
            parts.put(new Part(PartKind.QUERY, path), route.owner().name);
          }
        });
    extensions
        .keySet()
        .forEach(module -> parts.put(new Part(PartKind.VOTE_EXTENSION, module), module));
    for (RegisteredModule participant : participants) {
      for (String invariant : participant.module.invariants().keySet()) {
        parts.put(
            new Part(PartKind.INVARIANT, participant.name + "/" + invariant), participant.name);
      }
    }
    return parts;
  }

  private void addStores(RegisteredModule owner) {
    for (String store : owner.stores) {
      if (store.isEmpty()) {
        disorder.add("module " + owner.name + " names a store without a name");
      } else if (store.equals(ModuleSet.UPGRADE)) {
        disorder.add("store upgrade, claimed by module " + owner.name + ", is the kernel's");
      }
      String other = storeOwners.putIfAbsent(store, owner.name);
      if (other != null) {
        disorder.add("store " + store + " has two owners, " + other + " and " + owner.name);
      }
    }
  }

  private void addMessages(RegisteredModule owner) {
    new TreeMap<>(owner.module.messages())
        .forEach(
            (typeUrl, handler) -> {
              if (!typeUrl.startsWith("/") || typeUrl.lastIndexOf('/') != 0) {
                disorder.add(
                    "message type " + typeUrl + " of module " + owner.name + " needs one slash");
              }
              MessageRoute other =
                  messages.putIfAbsent(
                      typeUrl,
                      new MessageRoute(
                          typeUrl, typeUrl + RESPONSE, owner, handler, handler.internal()));
              refuseSecond("message type", typeUrl, other == null ? null : other.owner(), owner);
            });
  }

  private void addQueries(RegisteredModule owner) {
    new TreeMap<>(owner.module.queries())
        .forEach(
            (path, handler) -> {
              if (path.equals(ModuleSet.SIMULATE_PATH)) {
                disorder.add("query " + path + " of module " + owner.name + " is the kernel's");
              }
              QueryRoute other =
                  queries.putIfAbsent(path, new QueryRoute(owner, handler, handler.internal()));
              refuseSecond("query", path, other == null ? null : other.owner(), owner);
            });
  }

  private void refuseSecond(
      String what, String name, @Nullable RegisteredModule first, RegisteredModule second) {
    if (first != null) {
      disorder.add(what + " " + name + " has two owners, " + first.name + " and " + second.name);
    }
  }

  private void order(Phase phase, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        disorder.add("order " + phase.id() + " names " + name + " twice");
      }
    }
    if (phase == Phase.ANTE) {
      orderAnte(names);
    } else {
      orders.put(phase, orderModules(phase, names, seen));
    }
  }

  private void orderAnte(List<String> names) {
    for (String name : names) {
      AnteRoute route = anteSteps.get(name);
      if (route == null) {
        disorder.add("order ante names " + name + ", but the steps are " + anteSteps.keySet());
      } else {
        ante.add(route);
      }
    }
  }

  private List<RegisteredModule> orderModules(Phase phase, List<String> names, Set<String> named) {
    Map<String, RegisteredModule> byName = new HashMap<>();
    participants.forEach(participant -> byName.put(participant.name, participant));
    List<RegisteredModule> ordered = new ArrayList<>();
    for (String name : names) {
      RegisteredModule participant = byName.get(name);
      if (participant == null) {
        disorder.add("order " + phase.id() + " names " + name + ", but no module has this name");
      } else {
        ordered.add(participant);
      }
    }
    participants.stream()
        .filter(participant -> !named.contains(participant.name))
        .forEach(ordered::add);
    return List.copyOf(ordered);
  }
}
