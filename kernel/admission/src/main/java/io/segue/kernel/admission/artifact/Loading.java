package io.segue.kernel.admission.artifact;

import io.segue.kernel.admission.load.LoadRules;

/**
 * How the classes of a bundle are loaded.
 *
 * @param rules number of the kernel rules
 * @param trusted whether a class of the shape that protobuf's compiler gives to its own is taken
 *     for one, whose loops end, and is loaded as it is: in bundles of a chain's first generation,
 *     whose code is not looked at. No result depends on it
 */
public record Loading(long rules, boolean trusted) {
  /** Nothing is trusted. */
  public Loading(long rules) {
    this(rules, false);
  }

  /**
   * The class that is loaded; see {@link LoadRules#apply}.
   *
   * @param admitted a class file that admission read
   */
  public byte[] apply(byte[] admitted) {
    return trusted && LoadRules.hasShapeOfGenerated(admitted)
        ? admitted
        : LoadRules.apply(rules, admitted);
  }
}
