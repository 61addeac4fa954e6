package io.segue.kernel.api.module;

import org.osgi.annotation.versioning.ProviderType;

/** Counts the work of a transaction, the same on every node. */
@ProviderType
public interface GasMeter {
  /**
   * Uses gas.
   *
   * @param amount at least 0
   * @param location what it is for; appears in the error
   * @throws ModuleException sdk/11 where the limit is passed
   */
  void consume(long amount, String location);

  /** Gas used so far. */
  long used();

  /** The limit; {@link Long#MAX_VALUE} where there is none. */
  long limit();
}
