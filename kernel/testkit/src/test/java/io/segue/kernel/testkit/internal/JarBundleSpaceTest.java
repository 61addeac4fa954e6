package io.segue.kernel.testkit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.admission.artifact.BundleFile;
import io.segue.kernel.admission.artifact.Content;
import io.segue.kernel.admission.artifact.Loading;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.core.generation.BundleSpace.Installed;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.testkit.InMemoryStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class JarBundleSpaceTest {
  private static final String HANDLER = Handler.class.getName();
  private static final String PEEKING = Peeking.class.getName();

  private final JarBundleSpace space = new JarBundleSpace();

  /** A handler that does nothing. */
  public static final class Handler implements UpgradeHandler {}

  /** A handler that uses a class which no bundle may import. */
  public static final class Peeking implements UpgradeHandler {
    public Peeking() {
      Objects.requireNonNull(InMemoryStore.class);
    }
  }

  @Test
  void eachJarHasClassesOfItsOwn() throws Exception {
    Installed one = install(Handler.class);
    Installed two = install(Handler.class);

    Object first = one.newInstance(HANDLER);

    assertThat(first).isInstanceOf(UpgradeHandler.class).isNotInstanceOf(Handler.class);
    assertThat(first.getClass()).isNotSameAs(two.newInstance(HANDLER).getClass());
  }

  @Test
  void classesThatABundleCannotImportAreNotSeen() throws Exception {
    Installed peeking = install(Peeking.class);

    assertThatThrownBy(() -> peeking.newInstance(PEEKING))
        .hasRootCauseInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void aJarThatIsNotCompleteIsRefused() throws Exception {
    Installed broken = space.install(file("x/Broken.class", new byte[] {1}), new Loading(1));

    assertThatThrownBy(() -> space.loadClasses(List.of(broken)))
        .isInstanceOf(GenerationException.class)
        .hasMessageContaining("x.Broken");
  }

  private Installed install(Class<?> type) throws Exception {
    String entry = type.getName().replace('.', '/') + ".class";
    Installed installed = space.install(file(entry, bytes(type)), new Loading(1));
    space.loadClasses(List.of(installed));
    return installed;
  }

  private static BundleFile file(String entry, byte[] bytes) throws Exception {
    byte[] manifest = Jars.manifest(Map.of("Bundle-SymbolicName", "x", "Bundle-Version", "1.0.0"));
    return BundleFile.kept(
        "the jar", Content.of(Jars.zip(Map.of("META-INF/MANIFEST.MF", manifest, entry, bytes))));
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
    try (InputStream in = Objects.requireNonNull(type.getResourceAsStream(file))) {
      return in.readAllBytes();
    }
  }
}
