package io.segue.kernel.core.exec;

import io.segue.kernel.api.module.Module.Migration;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.core.module.ModuleSet;
import io.segue.kernel.core.module.RegisteredModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What brings the modules of a state to the consensus versions of a generation, in the order of the
 * phase {@link Phase#MIGRATIONS}. Made from versions alone, so it can be asked before the height.
 */
public final class MigrationSteps {
  private final List<Step> steps;
  private final SortedSet<String> removed;

  private MigrationSteps(List<Step> steps, SortedSet<String> removed) {
    this.steps = List.copyOf(steps);
    this.removed = removed;
  }

  /**
   * Plans the steps.
   *
   * @param versions of the state before, by module
   * @throws PhaseFailedException where a migration is missing or a version goes down
   */
  public static MigrationSteps of(ModuleSet modules, SortedMap<String, Long> versions) {
    List<Step> steps = new ArrayList<>();
    for (RegisteredModule participant : modules.inOrder(Phase.MIGRATIONS)) {
      Long from = versions.get(participant.name);
      if (from == null) {
        steps.add(new Genesis(participant));
      } else {
        addMigrations(steps, participant, from);
      }
    }
    SortedSet<String> removed = new TreeSet<>(versions.keySet());
    removed.removeAll(modules.versions().keySet());
    return new MigrationSteps(steps, removed);
  }

  /** The steps in words, in order. */
  public List<String> describe() {
    List<String> words = new ArrayList<>(steps.stream().map(Step::describe).toList());
    removed.forEach(module -> words.add(module + " removed"));
    return List.copyOf(words);
  }

  List<Step> steps() {
    return steps;
  }

  private static void addMigrations(List<Step> steps, RegisteredModule participant, long from) {
    long to = participant.module.consensusVersion();
    String name = participant.name;
    if (from > to) {
      throw new PhaseFailedException(
          "module "
              + name
              + " has consensus version "
              + from
              + " in state and the new code has the lower version "
              + to
              + ": deploy a version of it from "
              + from
              + " up");
    }
    if (from == to) {
      return;
    }
    Map<Long, Migration> migrations = participant.module.migrations();
    if (migrations.isEmpty()) {
      throw new PhaseFailedException("no migrations found for module " + name + ": not found");
    }
    for (long version = from; version < to; version++) {
      Migration migration = migrations.get(version);
      if (migration == null) {
        throw new PhaseFailedException(
            "no migration found for module "
                + name
                + " from version "
                + version
                + " to version "
                + (version + 1)
                + ": not found");
      }
      steps.add(new Migrate(participant, version, migration));
    }
  }

  /** One step. */
  sealed interface Step {
    RegisteredModule participant();

    String describe();
  }

  /** A module that is new gets its genesis. */
  record Genesis(RegisteredModule participant) implements Step {
    @Override
    public String describe() {
      return participant.name + " genesis";
    }
  }

  /** A module goes from one version to the next. */
  record Migrate(RegisteredModule participant, long from, Migration migration) implements Step {
    @Override
    public String describe() {
      return participant.name + " " + from + " -> " + (from + 1);
    }
  }
}
