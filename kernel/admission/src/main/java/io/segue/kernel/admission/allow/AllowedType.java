package io.segue.kernel.admission.allow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A class on the list.
 *
 * @param name with dots, and {@code $} before a nested class
 * @param parents what it descends from, of a class that is none of Java's: there Java knows
 * @param uses how it may be used as a type
 * @param members by the name that {@link AllowedMember} describes, in the order of the list
 */
public record AllowedType(
    String name, List<String> parents, Set<TypeUse> uses, Map<String, AllowedMember> members) {

  /**
   * A member of exactly this class; {@code <init>(..)} is found as {@code new} or {@code super}.
   */
  public Optional<AllowedMember> member(String name) {
    if (!name.startsWith("<init>(")) {
      return Optional.ofNullable(members.get(name));
    }
    String parameters = name.substring("<init>(".length());
    @Nullable AllowedMember made = members.get(AllowedMember.NEW + parameters);
    return Optional.ofNullable(made == null ? members.get(AllowedMember.SUPER + parameters) : made);
  }

  /** Whether it may be extended and not made: all its constructors are for subclasses. */
  public boolean isForSubclasses() {
    return members.keySet().stream().anyMatch(name -> name.startsWith(AllowedMember.SUPER))
        && members.keySet().stream().noneMatch(name -> name.startsWith(AllowedMember.NEW));
  }
}
