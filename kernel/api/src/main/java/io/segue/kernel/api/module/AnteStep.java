package io.segue.kernel.api.module;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One step that every transaction passes before its messages run: fees, sequences, signatures. The
 * same steps run in CheckTx, re-check, simulation and block; {@link Context#mode} tells which.
 */
@ConsumerType
@FunctionalInterface
public interface AnteStep {
  /**
   * Passes the transaction by returning. If every step passes, what the steps wrote persists even
   * if the messages fail.
   *
   * @throws ModuleException to refuse the transaction
   */
  void run(Context context, Tx tx);
}
