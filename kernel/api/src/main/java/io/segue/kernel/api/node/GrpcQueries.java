package io.segue.kernel.api.node;

import io.segue.kernel.api.module.QueryException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Answers the queries of modules and of {@link NodeQueries} as the Cosmos SDK's gRPC server does:
 * with its statuses and texts, which differ from the codes and logs of ABCI. The kernel publishes
 * it as a service; servers call it, from any thread.
 *
 * @since 1.2
 */
@ProviderType
public interface GrpcQueries {
  /**
   * Answers on the code and the state of a height.
   *
   * @param path such as {@code /cosmos.bank.v1beta1.Query/Balance}
   * @param request the request message's bytes
   * @param height a committed height, or 0 for the last one
   * @throws QueryException in every case but an answer; {@code Unimplemented} where there is no
   *     such query
   */
  Answer query(String path, byte[] request, long height);

  /**
   * An answer.
   *
   * @param value the response message's bytes
   * @param height that was read
   */
  record Answer(byte[] value, long height) {}
}
