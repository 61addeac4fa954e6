package io.segue.kernel.api.module;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes a module. A module's bundle names its factory in the manifest (capability {@code
 * io.segue.module}, attribute {@code factory}); the kernel makes the factory with its public
 * no-argument constructor, once for each generation that the bundle belongs to.
 */
@ConsumerType
public interface ModuleFactory {
  /**
   * Called once for each generation, off the block thread and before any other call.
   *
   * @return the module, which keeps no state between calls
   */
  Module create(Platform platform);
}
