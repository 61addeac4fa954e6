package io.segue.kernel.admission.allow;

import java.util.Set;

/**
 * A member on the list.
 *
 * @param name {@code name(types of parameters)} of a method, {@code new(..)} of a constructor,
 *     {@code super(..)} of one that only subclasses call, {@code NAME} of a field
 * @param allowed false where it is taken off again, though a supertype has it
 * @param conditions what must hold where it is used
 */
public record AllowedMember(String name, boolean allowed, Set<Condition> conditions) {
  static final String NEW = "new(";
  static final String SUPER = "super(";

  public AllowedMember {
    conditions = Set.copyOf(conditions);
  }
}
