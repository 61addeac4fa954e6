package io.segue.kernel.core.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.segue.kernel.admission.artifact.BundleFile;
import io.segue.kernel.admission.artifact.Content;
import io.segue.kernel.admission.artifact.Loading;
import io.segue.kernel.admission.artifact.RefusedException;
import io.segue.kernel.admission.artifact.Sha256;
import io.segue.kernel.admission.artifact.TestBundle;
import io.segue.kernel.api.module.ModuleFactory;
import io.segue.kernel.core.generation.BundleSpace.Installed;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.FrameworkWiring;

class OsgiBundleSpaceTest {
  @TempDir Path folder;
  private RealFramework framework;
  private BundleContext context;
  private OsgiBundleSpace space;

  @BeforeEach
  void start() throws Exception {
    framework = RealFramework.start(folder);
    context = framework.context();
    space = framework.space();
  }

  @AfterEach
  void stop() throws Exception {
    framework.close();
  }

  @Test
  void installsFromBytesAtALocationMadeOfTheirDigestAndMakesObjects() throws Exception {
    byte[] jar = TestBundle.module("bank", "1.0.0").jar();
    Installed bank = install(jar);

    assertThat(context.getBundle("segue:" + Sha256.of(jar) + ":1").getBundleId())
        .isEqualTo(bank.id());
    assertThat(bank.state()).isEqualTo("ACTIVE");
    assertThat(bank.newInstance("x.bank.Factory")).isInstanceOf(ModuleFactory.class);
  }

  @Test
  void versionsOfABundleStandSideBySideWithClassesOfTheirOwn() throws Exception {
    Installed one = install(TestBundle.module("bank", "1.0.0").jar());
    Installed two = install(TestBundle.module("bank", "2.0.0").jar());

    assertThat(one.newInstance("x.bank.Factory").getClass())
        .isNotSameAs(two.newInstance("x.bank.Factory").getClass());
  }

  @Test
  void otherBytesUnderTheSameNameAndVersionStandSideBySideToo() throws Exception {
    install(TestBundle.module("bank", "1.0.0").jar());
    Installed fixed = install(TestBundle.module("bank", "1.0.0", "return 7;").jar());

    assertThat(fixed.state()).isEqualTo("ACTIVE");
  }

  @Test
  void saysInTheResolversWordsWhatIsMissing() throws Exception {
    byte[] jar =
        TestBundle.of("x.lost", "1.0.0")
            .header("Import-Package", "io.segue.kernel.api.module;version=\"[9,10)\"")
            .jar();

    GenerationException refused =
        catchThrowableOfType(GenerationException.class, () -> install(jar));

    assertThat(refused.reason()).isEqualTo(HoldReason.UNRESOLVED);
    assertThat(refused.text())
        .contains("x.lost 1.0.0 does not resolve")
        .contains("io.segue.kernel.api.module")
        .contains("version>=9");
  }

  @Test
  void refusesABundleThatLacksAClassItsOwnClassesExtend() throws Exception {
    byte[] jar = TestBundle.of("x.hole", "1.0.0").file("x/Broken.class", new byte[] {1, 2}).jar();

    GenerationException refused =
        catchThrowableOfType(GenerationException.class, () -> install(jar));

    assertThat(refused.reason()).isEqualTo(HoldReason.UNRESOLVED);
    assertThat(refused.text()).contains("x.hole 1.0.0").contains("class x.Broken can't be loaded");
  }

  @Test
  void uninstallsAndLeavesNothingPending() throws Exception {
    Installed bank = install(TestBundle.module("bank", "1.0.0").jar());

    space.uninstall(List.of(bank));

    assertThat(context.getBundle(bank.id())).isNull();
    assertThat(wiring().getRemovalPendingBundles()).isEmpty();
  }

  @Test
  void theClosureOfABundleHoldsNothingButItself() throws Exception {
    Installed old = install(TestBundle.module("bank", "1.0.0").jar());
    install(TestBundle.module("bank", "2.0.0").jar());
    install(TestBundle.module("gov", "1.0.0").jar());
    Bundle bundle = context.getBundle(old.id());

    assertThat(wiring().getDependencyClosure(List.of(bundle))).containsExactly(bundle);
  }

  @Test
  void nobodyCanBeWiredToABundleOfAGeneration() throws Exception {
    install(TestBundle.module("bank", "1.0.0").jar());
    Bundle requires =
        put(TestBundle.of("x.parasite", "1.0.0").header("Require-Bundle", "x.bank"), "parasite");
    Bundle fragment =
        put(TestBundle.of("x.graft", "1.0.0").header("Fragment-Host", "x.bank"), "graft");

    assertThat(wiring().resolveBundles(List.of(requires, fragment))).isFalse();
    assertThat(requires.getState()).isEqualTo(Bundle.INSTALLED);
    assertThat(fragment.getState()).isEqualTo(Bundle.INSTALLED);
  }

  @Test
  void whatSomebodyUsesAllTheSameIsUninstalledAndNotRefreshed() throws Exception {
    Installed bank = install(TestBundle.module("bank", "1.0.0").jar());
    space.close();
    Bundle parasite =
        put(TestBundle.of("x.parasite", "1.0.0").header("Require-Bundle", "x.bank"), "parasite");
    parasite.start();

    space.uninstall(List.of(bank));

    assertThat(context.getBundle(bank.id())).isNull();
    assertThat(parasite.getState()).isEqualTo(Bundle.ACTIVE);
    assertThat(wiring().getRemovalPendingBundles()).hasSize(1);
  }

  @Test
  void nothingIsRemovedAfterTheFrameworkStopped() throws Exception {
    Installed bank = install(TestBundle.module("bank", "1.0.0").jar());
    framework.close();

    space.uninstall(List.of(bank));

    assertThat(bank.state()).isEqualTo("RESOLVED");
  }

  @Test
  void theFrameworkSeesNothingOfABundleButWhatWasChecked() throws Exception {
    Installed bank =
        install(
            TestBundle.module("bank", "1.0.0")
                .header("Bundle-Name", "Bank")
                .header("DynamicImport-Package", "*")
                .file("META-INF/services/x.Y", new byte[] {1})
                .file("x/bank/table.txt", new byte[] {2})
                .jar());
    Bundle bundle = context.getBundle(bank.id());

    assertThat(Collections.list(bundle.getHeaders().keys()))
        .containsExactlyInAnyOrder(
            "Bundle-ManifestVersion",
            "Bundle-Name",
            "Bundle-SymbolicName",
            "Bundle-Version",
            "Import-Package");
    assertThat(bundle.getEntry("META-INF/MANIFEST.MF")).isNull();
    assertThat(bundle.getEntry("META-INF/services/x.Y")).isNull();
    assertThat(bundle.getEntry("x/bank/table.txt")).isNotNull();
  }

  @Test
  void refusesWhatSomebodyPutAtItsLocationBefore() throws Exception {
    byte[] jar = TestBundle.module("bank", "1.0.0").jar();
    Bundle other = put(TestBundle.of("x.other", "1.0.0"), "segue:" + Sha256.of(jar) + ":1");

    GenerationException refused =
        catchThrowableOfType(GenerationException.class, () -> install(jar));

    assertThat(refused.reason()).isEqualTo(HoldReason.INSTALL);
    assertThat(refused.text()).contains("another bundle at segue:");
    assertThat(other.getState()).isEqualTo(Bundle.UNINSTALLED);
    assertThat(install(jar).state()).isEqualTo("ACTIVE");
  }

  @Test
  void aLocationThatTheKernelDoesNotKnowIsNoAddressOfAJar() {
    BundleException refused =
        catchThrowableOfType(BundleException.class, () -> context.installBundle("segue:00"));

    assertThat(refused).hasMessageContaining("segue:00");
  }

  @Test
  void removesWhatARunBeforeLeft() throws Exception {
    Installed bank = install(TestBundle.module("bank", "1.0.0").jar());
    space.close();

    space = framework.space();

    assertThat(context.getBundle(bank.id())).isNull();
  }

  @Test
  void platformNamesAreThoseOfBundlesThatBelongToNoGeneration() throws Exception {
    install(TestBundle.module("bank", "1.0.0").jar());
    put(TestBundle.of("x.library", "1.0.0"), "library");
    put(TestBundle.module("stray", "1.0.0"), "stray");

    assertThat(space.platformNames())
        .contains("x.library", "org.apache.felix.framework", "system.bundle")
        .doesNotContain("x.bank", "x.stray");
  }

  private Installed install(byte[] jar) throws GenerationException {
    Installed installed = space.install(file(jar), new Loading(1));
    space.resolve(List.of(installed));
    space.loadClasses(List.of(installed));
    return installed;
  }

  private static BundleFile file(byte[] jar) {
    try {
      return BundleFile.kept("the jar", Content.of(jar));
    } catch (RefusedException e) {
      throw new AssertionError(e);
    }
  }

  private Bundle put(TestBundle bundle, String location) throws BundleException {
    return context.installBundle(location, new ByteArrayInputStream(bundle.jar()));
  }

  private FrameworkWiring wiring() {
    return context.getBundle(0).adapt(FrameworkWiring.class);
  }
}
