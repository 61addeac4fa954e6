package io.segue.kernel.api.node;

import io.segue.kernel.api.module.QueryException;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Queries that a bundle of the platform answers beside the modules: about the node, its blocks and
 * its transactions. Published as a service; it may come and go while the node runs. The kernel
 * calls it, from any thread, wherever a query arrives: over ABCI, gRPC or REST.
 *
 * @since 1.2
 */
@ConsumerType
public interface NodeQueries {
  /**
   * A serialized protobuf {@code FileDescriptorSet} as {@link
   * io.segue.kernel.api.module.Module#descriptors} gives it: the services with their imports.
   */
  byte[] descriptors();

  /**
   * The queries by path ({@code /cosmos.base.node.v1beta1.Service/Status}). Called for each query:
   * it returns the same map each time.
   */
  Map<String, NodeQuery> queries();

  /** Answers one query; called from any thread. */
  @ConsumerType
  @FunctionalInterface
  interface NodeQuery {
    /**
     * Answers.
     *
     * @param height that was asked for, and where none was the last one; committed, and perhaps no
     *     longer kept
     * @param request the request message's bytes
     * @return the response message's bytes
     * @throws QueryException with a gRPC status; a {@link
     *     io.segue.kernel.api.module.ModuleException} or {@link IllegalArgumentException} is
     *     answered as the SDK answers a registered or a plain error
     */
    byte[] answer(long height, byte[] request);
  }
}
