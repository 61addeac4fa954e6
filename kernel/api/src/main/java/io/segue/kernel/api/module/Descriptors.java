package io.segue.kernel.api.module;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** The descriptors of all modules of one generation. */
@ProviderType
public interface Descriptors {
  /** The serialized FileDescriptorSet of each module, in order of module names. */
  List<byte[]> all();

  /**
   * The serialized FileDescriptorSet of one module: what it knows a message type to be, whatever
   * other modules have of the same name.
   *
   * @return empty where the module has none or is not in the generation
   */
  default byte[] of(String module) {
    return new byte[0];
  }

  /** Whether some module handles messages of this type URL. */
  boolean routable(String typeUrl);

  /**
   * Paths of the queries that may be asked from outside ({@code
   * /cosmos.bank.v1beta1.Query/Balance}): those that only modules may ask are not among them.
   *
   * @since 1.2
   */
  default Set<String> queries() {
    return Set.of();
  }

  /**
   * Name of the module that answers a query, whose descriptors therefore tell its form.
   *
   * @param path as in {@link #queries}
   * @return empty where no module does
   * @since 1.2
   */
  default Optional<String> queryOwner(String path) {
    return Optional.empty();
  }

  /**
   * A place for what the caller derives from the descriptors; computed once for each generation and
   * kept as long as the generation is.
   */
  <T> T derive(Class<T> type, java.util.function.Supplier<T> compute);

  /** Name of the module that owns a message type. */
  Optional<String> owner(String typeUrl);
}
