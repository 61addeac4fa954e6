package io.segue.kernel.core.node;

import java.util.Set;

/**
 * The operator's settings of the kernel. They change readiness and service, never state.
 *
 * @param minimumGasPrices least fee for CheckTx, such as {@code 0.025stake}; empty asks for none
 * @param sidecars names of the sidecars that a plan may ask for
 * @param generationIdleMs how long the code of past heights stays loaded after the last query
 */
public record KernelSettings(String minimumGasPrices, Set<String> sidecars, long generationIdleMs) {
  /** Ten minutes. */
  public static final long GENERATION_IDLE_MS = 600_000;

  /** No least fee; the sidecar fetch alone. */
  public static final KernelSettings DEFAULT =
      new KernelSettings("", Set.of("fetch"), GENERATION_IDLE_MS);

  /** Checks them; what is refused is named with its file. */
  public KernelSettings {
    if (generationIdleMs < 0) {
      throw new IllegalArgumentException(
          "generationIdleMs = "
              + generationIdleMs
              + " in etc/io.segue.kernel.cfg is refused: legal is 0 and above");
    }
  }
}
