package io.segue.kernel.core.node;

import java.util.Set;

/**
 * The operator's settings of the kernel. They change readiness and service, never state.
 *
 * @param minimumGasPrices least fee for CheckTx, such as {@code 0.025stake}; empty asks for none
 * @param sidecars names of the sidecars that a plan may ask for
 */
public record KernelSettings(String minimumGasPrices, Set<String> sidecars) {
  /** No least fee; the sidecar fetch alone. */
  public static final KernelSettings DEFAULT = new KernelSettings("", Set.of("fetch"));
}
