package io.segue.kernel.testkit.internal;

import io.segue.kernel.admission.artifact.BundleFile;
import io.segue.kernel.admission.artifact.Loading;
import io.segue.kernel.core.generation.BundleSpace;
import io.segue.kernel.core.hold.GenerationException;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Real bundles without a framework: each jar has a class loader of its own, which sees the kernel's
 * API, protobuf, slf4j and its own classes, and nothing else. For tests that run the shipped
 * bundles in a plain JUnit test.
 *
 * <p>Thread safety: as {@link BundleSpace} asks.
 */
public final class JarBundleSpace implements BundleSpace {
  private final AtomicLong ids = new AtomicLong();

  @Override
  public Installed install(BundleFile file, Loading loading) {
    return new JarBundle(ids.incrementAndGet(), new JarLoader(file.entries(), loading));
  }

  /** Nothing to do: what a class loader does not see shows when a class is loaded. */
  @Override
  public void resolve(Collection<? extends Installed> bundles) {}

  @Override
  public void loadClasses(Collection<? extends Installed> bundles) throws GenerationException {
    for (Installed bundle : bundles) {
      ((JarBundle) bundle).loader().loadAll();
    }
  }

  /** Nothing to do: a class loader goes with the last reference to it. */
  @Override
  public void uninstall(Collection<? extends Installed> bundles) {}

  @Override
  public Set<String> platformNames() {
    return Set.of();
  }

  private record JarBundle(long id, JarLoader loader) implements Installed {
    @Override
    public String state() {
      return "ACTIVE";
    }

    @Override
    public Object newInstance(String className) throws ReflectiveOperationException {
      return loader.loadClass(className).getConstructor().newInstance();
    }
  }
}
