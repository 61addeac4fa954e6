package io.segue.kernel.core.generation;

import io.segue.kernel.admission.artifact.BundleEntries;
import io.segue.kernel.admission.artifact.BundleFile;
import io.segue.kernel.admission.artifact.Loading;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** A space of class loaders that tells what is installed. */
public final class MemorySpace implements BundleSpace {
  /** Digests of the bundles that are there, in order of installation. */
  public final List<String> installed = new ArrayList<>();

  /** A digest that can't be installed. */
  public String refused = "";

  private long ids;

  @Override
  public Installed install(BundleFile file, Loading loading) throws GenerationException {
    String sha256 = file.sha256();
    if (sha256.equals(refused)) {
      throw new GenerationException(HoldReason.INSTALL, "the framework refuses " + sha256);
    }
    installed.add(sha256);
    return new Loaded(++ids, sha256, new Loader(file.entries(), loading));
  }

  @Override
  public void resolve(Collection<? extends Installed> bundles) {}

  @Override
  public void loadClasses(Collection<? extends Installed> bundles) {}

  @Override
  public void uninstall(Collection<? extends Installed> bundles) {
    bundles.forEach(bundle -> installed.remove(((Loaded) bundle).sha256()));
  }

  @Override
  public Set<String> platformNames() {
    return Set.of("x.platform");
  }

  private record Loaded(long id, String sha256, Loader loader) implements Installed {
    @Override
    public String state() {
      return "ACTIVE";
    }

    @Override
    public Object newInstance(String className) throws ReflectiveOperationException {
      return loader.loadClass(className).getConstructor().newInstance();
    }
  }

  private static final class Loader extends ClassLoader {
    private final BundleEntries entries;
    private final Loading loading;

    Loader(BundleEntries entries, Loading loading) {
      super(MemorySpace.class.getClassLoader());
      this.entries = entries;
      this.loading = loading;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes =
          entries
              .read(name.replace('.', '/') + ".class", loading)
              .orElseThrow(() -> new ClassNotFoundException(name));
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
