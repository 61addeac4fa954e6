package io.segue.kernel.api.module;

import org.osgi.annotation.versioning.ConsumerType;

/** Answers one query; called from any thread, on a view of a committed height. */
@ConsumerType
@FunctionalInterface
public interface QueryHandler {
  /**
   * Answers.
   *
   * @param context its stores can be read, writes are lost
   * @param request the request message's bytes
   * @return the response message's bytes
   * @throws QueryException with a gRPC status; a {@link ModuleException} or {@link
   *     IllegalArgumentException} is answered as the SDK answers a registered or a plain error
   */
  byte[] query(Context context, byte[] request);

  /** Whether only modules may ask this. */
  default boolean internal() {
    return false;
  }
}
