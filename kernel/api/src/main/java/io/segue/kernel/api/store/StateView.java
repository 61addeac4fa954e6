package io.segue.kernel.api.store;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** The state at one height. Any thread may read it; close it when done. */
@ConsumerType
public interface StateView extends AutoCloseable {
  /** The height. */
  long height();

  /** Names of the stores. */
  Set<String> stores();

  /**
   * One of the stores.
   *
   * @throws IllegalArgumentException where there is none of this name
   */
  StoreReader store(String name);

  @Override
  void close();
}
