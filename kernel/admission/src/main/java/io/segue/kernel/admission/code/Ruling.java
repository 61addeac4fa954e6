package io.segue.kernel.admission.code;

import io.segue.kernel.admission.allow.Condition;
import java.util.Optional;
import java.util.Set;

/**
 * What the list says about a use.
 *
 * @param broken the rule that explains why it is refused; empty where it is allowed
 * @param conditions what must hold there, if it is allowed
 */
record Ruling(Optional<CodeRule> broken, Set<Condition> conditions) {
  static final Ruling ALLOWED = new Ruling(Optional.empty(), Set.of());

  static Ruling allowed(Set<Condition> conditions) {
    return conditions.isEmpty() ? ALLOWED : new Ruling(Optional.empty(), conditions);
  }

  /** Whether there is nothing to say. */
  boolean isFree() {
    return broken.isEmpty() && conditions.isEmpty();
  }

  static Ruling broken(CodeRule rule) {
    return new Ruling(Optional.of(rule), Set.of());
  }
}
