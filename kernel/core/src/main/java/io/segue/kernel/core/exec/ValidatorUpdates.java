package io.segue.kernel.core.exec;

import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Collects changes of the validator set. What would stop the engine is refused here, whatever a
 * module gives: a key that comes twice, one of a type that the parameters do not allow, a power out
 * of range.
 */
final class ValidatorUpdates {
  /** Most voting power of a validator, and of all together. */
  static final long MAX_POWER = Long.MAX_VALUE / 8;

  private final List<String> keyTypes;
  private final List<ValidatorUpdate> all = new ArrayList<>();
  private final Map<String, String> modulesByKey = new HashMap<>();
  private String owner = "";

  /** None yet, of validators whose keys may have these types. */
  ValidatorUpdates(List<String> keyTypes) {
    this.keyTypes = keyTypes;
  }

  /** Adds a module's changes. */
  void add(String module, List<ValidatorUpdate> updates) {
    for (ValidatorUpdate update : updates) {
      String key = key(update);
      if (!keyTypes.contains(update.keyType())
          || update.power() < 0
          || update.power() > MAX_POWER) {
        throw new PhaseFailedException(
            "validator "
                + key
                + " of module "
                + module
                + " has power "
                + update.power()
                + "; allowed are powers from 0 to "
                + MAX_POWER
                + " and keys of the types "
                + keyTypes);
      }
      String other = modulesByKey.putIfAbsent(key, module);
      if (other != null) {
        throw new PhaseFailedException(
            "validator " + key + " is changed twice, by module " + other + " and by " + module);
      }
      all.add(update);
    }
  }

  /** Adds the whole set, which only one module may keep. */
  void addAllOfOne(String module, List<ValidatorUpdate> updates) {
    if (updates.isEmpty()) {
      return;
    }
    if (!owner.isEmpty()) {
      throw new PhaseFailedException(
          "two modules give the first validators, " + owner + " and " + module);
    }
    owner = module;
    add(module, updates);
  }

  /** Refuses a set of the engine's genesis that is another one than the modules'. */
  void requireSame(List<ValidatorUpdate> engine) {
    if (all.isEmpty() || engine.isEmpty()) {
      return;
    }
    Map<String, Long> powers = powers(all);
    if (!powers.equals(powers(engine))) {
      throw new PhaseFailedException(
          "the genesis names "
              + engine.size()
              + " validators and module "
              + owner
              + " gives "
              + all.size()
              + " with other keys or powers: make the two lists the same");
    }
  }

  List<ValidatorUpdate> all() {
    return List.copyOf(all);
  }

  private static Map<String, Long> powers(List<ValidatorUpdate> updates) {
    Map<String, Long> powers = new HashMap<>();
    updates.forEach(update -> powers.put(key(update), update.power()));
    return powers;
  }

  private static String key(ValidatorUpdate update) {
    return update.keyType() + ":" + HexFormat.of().formatHex(update.publicKey());
  }
}
