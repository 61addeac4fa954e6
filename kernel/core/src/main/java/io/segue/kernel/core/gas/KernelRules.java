package io.segue.kernel.core.gas;

import io.segue.kernel.core.plan.PlanRules;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the kernel itself decides that enters a root, a result or a refusal, as numbered sets. A
 * generation's manifest names its set; a kernel keeps every set it ever had, so that it executes
 * old blocks as they were executed. What code of generations is turned into when it is loaded
 * belongs to the number, too ({@code LoadRules}): under 2 it is held to {@code GuardLimits}.
 *
 * @param number the set's number
 * @param gas what an access to a store costs
 * @param limits what is refused before any work
 */
public record KernelRules(int number, GasCosts gas, Limits limits) {
  private static final List<KernelRules> SETS =
      List.of(
          new KernelRules(1, GasCosts.COSMOS, Limits.DEFAULT),
          new KernelRules(2, GasCosts.COSMOS, Limits.DEFAULT));

  /**
   * A set by its number.
   *
   * @throws IllegalArgumentException where this kernel does not have it
   */
  public static KernelRules of(long number) {
    return SETS.stream()
        .filter(set -> set.number == number)
        .findFirst()
        .orElseThrow(() -> unknown(number));
  }

  /** Whether this kernel has the set of this number. */
  public static boolean has(long number) {
    return SETS.stream().anyMatch(set -> set.number == number);
  }

  /** How plans are checked. */
  public PlanRules plans() {
    return new PlanRules(limits.planNameBytes(), limits.planInfoBytes());
  }

  private static IllegalArgumentException unknown(long number) {
    String known =
        SETS.stream().map(set -> String.valueOf(set.number)).collect(Collectors.joining(", "));
    return new IllegalArgumentException(
        "kernel rules "
            + number
            + " are not in this kernel, which has "
            + known
            + ": restart the node with a newer distribution");
  }

  /**
   * Gas of each access to a store, named as the Cosmos SDK names them in errors.
   *
   * @param has whether a key is present
   * @param delete removing a key
   * @param readFlat a read, whatever its size
   * @param readPerByte each byte of key and value read
   * @param writeFlat a write, whatever its size
   * @param writePerByte each byte of key and value written
   * @param iterNextFlat each step of an iterator, the last one that finds nothing included
   */
  public record GasCosts(
      long has,
      long delete,
      long readFlat,
      long readPerByte,
      long writeFlat,
      long writePerByte,
      long iterNextFlat) {
    /** The costs of the Cosmos SDK 0.50. */
    public static final GasCosts COSMOS = new GasCosts(1000, 1000, 1000, 3, 2000, 30, 30);
  }
}
