package io.segue.kernel.api.module;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes a module. A module's bundle names its factory in the manifest (capability {@code
 * io.segue.module}, attribute {@code factory}); the kernel makes the factory with its public
 * no-argument constructor, once for each generation that the bundle belongs to.
 *
 * <p>Two more attributes keep upgrades from taking what a chain can't do without. {@code
 * signatures:List<String>} names the module's ante steps that verify signatures; an ante order
 * without any is refused where the one before had one. {@code route:List<String>}, of the module
 * {@code upgrade}, names the messages and queries by which a plan is scheduled; a generation that
 * lacks one of them is refused.
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
