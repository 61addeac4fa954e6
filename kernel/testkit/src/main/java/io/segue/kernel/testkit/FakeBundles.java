package io.segue.kernel.testkit;

import io.segue.kernel.admission.artifact.BundleFile;
import io.segue.kernel.admission.artifact.Loading;
import io.segue.kernel.admission.artifact.Sha256;
import io.segue.kernel.core.generation.BundleSpace;
import io.segue.kernel.testkit.internal.Jars;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Bundles made of objects that a test has at hand: their jars hold a manifest and nothing else, so
 * that generations are declared, admitted, kept and put together as real ones are, without a
 * compiler or a framework.
 *
 * <pre>{@code
 * FakeBundles bundles = new FakeBundles();
 * byte[] genesis = bundles.generation("genesis").module(new Auth()).module(new Bank()).artifact();
 * byte[] v2 =
 *     bundles.generation("v2").handler(V2Handler::new).module("2.0.0", new Bank2()).artifact();
 * }</pre>
 *
 * <p>Several nodes may share one object of this class; a node that is started again needs the same
 * one. Thread safety: any thread.
 */
public final class FakeBundles {
  private final Map<String, Supplier<?>> classes = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicLong ids = new AtomicLong();
  private final BundleSpace space = new Space();

  /** Starts the declaration of a generation; {@code genesis} for the first. */
  public FakeGeneration generation(String plan) {
    return new FakeGeneration(this, plan);
  }

  /**
   * A bundle with one class.
   *
   * @param headers of its manifest
   * @param instances gives what the class's constructor gives; may throw
   */
  byte[] bundle(Map<String, String> headers, String className, Supplier<?> instances) {
    return bundle(headers, className, instances, Map.of());
  }

  /**
   * As {@link #bundle(Map, String, Supplier)}, with files that admission looks at and nobody loads.
   */
  byte[] bundle(
      Map<String, String> headers,
      String className,
      Supplier<?> instances,
      Map<String, byte[]> files) {
    Map<String, String> numbered = new LinkedHashMap<>(headers);
    numbered.put("Fake-Number", String.valueOf(numbers.incrementAndGet()));
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("META-INF/MANIFEST.MF", Jars.manifest(numbered));
    entries.putAll(files);
    byte[] jar = Jars.zip(entries);
    classes.put(key(Sha256.of(jar), className), instances);
    return jar;
  }

  /** Where they become objects. */
  BundleSpace space() {
    return space;
  }

  private final class Space implements BundleSpace {
    @Override
    public Installed install(BundleFile file, Loading loading) {
      long id = ids.incrementAndGet();
      return new Installed() {
        @Override
        public long id() {
          return id;
        }

        @Override
        public String state() {
          return "ACTIVE";
        }

        @Override
        public Object newInstance(String className) throws ClassNotFoundException {
          Supplier<?> instances = classes.get(key(file.sha256(), className));
          if (instances == null) {
            throw new ClassNotFoundException(className);
          }
          return instances.get();
        }
      };
    }

    @Override
    public void resolve(Collection<? extends Installed> bundles) {}

    @Override
    public void loadClasses(Collection<? extends Installed> bundles) {}

    @Override
    public void uninstall(Collection<? extends Installed> bundles) {}

    @Override
    public Set<String> platformNames() {
      return Set.of();
    }
  }

  private static String key(String sha256, String className) {
    return sha256 + " " + className;
  }
}
