package io.segue.kernel.api.node;

import io.segue.kernel.api.module.Descriptors;
import io.segue.kernel.api.module.QueryException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The messages and services that the node has at a height, as descriptors, so that servers and
 * clients need to know no module: one that arrives with an upgrade is in them from its first height
 * on. The kernel publishes it as a service; any thread.
 *
 * <p>A request that needs both, the descriptors and an answer, takes {@link #height} once and asks
 * {@link #at} and {@link GrpcQueries#query} for that height: an upgrade may come in between.
 *
 * @since 1.2
 */
@ProviderType
public interface Interfaces {
  /** The last committed height that is visible; 0 before the first block. */
  long height();

  /**
   * The descriptors of the generation that ran at a height, which is loaded where it is not: the
   * modules' in order of module names, then those of {@link NodeQueries}. They keep nothing of the
   * generation's code, so that it can be unloaded while they are in use.
   *
   * <p>As long as a generation is loaded, and the same {@link NodeQueries} are there, the answer is
   * the same object; what was derived from it is kept with it.
   *
   * @param height a committed height that is kept, or 0 for the last one
   * @throws QueryException as {@link GrpcQueries#query} for such a height
   */
  Descriptors at(long height);
}
