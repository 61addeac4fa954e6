package io.segue.kernel.core.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.segue.kernel.admission.artifact.ArtifactSource;
import io.segue.kernel.admission.artifact.TestBundle;
import io.segue.kernel.admission.artifact.TestSources;
import io.segue.kernel.core.assembly.GenerationAssembler;
import io.segue.kernel.core.content.ContentStore;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.generation.Generations;
import io.segue.kernel.core.generation.Lease;
import io.segue.kernel.core.generation.NoCrypto;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** Generations that follow each other in a real framework. */
class SwitchesTest {
  @TempDir Path folder;
  private RealFramework framework;
  private OsgiBundleSpace space;
  private ContentStore store;
  private GenerationAssembler assembler;
  private Generations generations;

  @BeforeEach
  void start() throws Exception {
    framework = RealFramework.start(folder.resolve("felix"));
    space = framework.space();
    store = ContentStore.open(folder.resolve("artifacts"));
    assembler = new GenerationAssembler(space, store, new NoCrypto());
    generations = new Generations(assembler, Runnable::run, System::nanoTime);
    generations.publish(assembler.assemble(Optional.empty(), genesis()), 1);
  }

  @AfterEach
  void stop() throws Exception {
    generations.close();
    framework.close();
  }

  @Test
  void aCarriedOverBundleIsInstalledOnceAndHasAModuleObjectInEachGeneration() throws Exception {
    long gov = idOf("x.gov");

    upgrade("v2", 10, "bank", "2.0.0");

    assertThat(idOf("x.gov")).isEqualTo(gov);
    assertThat(segueBundles()).hasSize(6);
    try (Lease before = generations.at(9);
        Lease after = generations.at(10)) {
      assertThat(after.generation().carriedOver()).containsExactly("x.auth", "x.gov");
      assertThat(before.generation().modules().modules().get(2))
          .isNotSameAs(after.generation().modules().modules().get(2));
    }
  }

  @Test
  void aCarriedOverBundleIsLoadedAgainUnderOtherKernelRules() throws Exception {
    TestBundle declared =
        TestBundle.of("x.gen.v2", "1.0.0")
            .provides(
                "io.segue.generation;effective:=generation;plan=v2;handler=x.gen.Handler;rules:Long=2")
            .source("x.gen.Handler", TestSources.HANDLER);
    try (Lease lease = generations.current()) {
      Generation next =
          assembler.assemble(
              Optional.of(lease.generation()),
              ArtifactSource.archive(TestBundle.archive(declared)));
      generations.stage(next);
      generations.publish(next, 10);
    }

    assertThat(segueBundles())
        .filteredOn(bundle -> bundle.getSymbolicName().equals("x.bank"))
        .extracting(bundle -> bundle.getLocation().replaceFirst(".*:", "rules "))
        .containsExactly("rules 1", "rules 2");
    try (Lease before = generations.at(9);
        Lease after = generations.at(10)) {
      assertThat(after.generation().rules()).isEqualTo(2);
      assertThat(after.generation().carriedOver()).containsExactly("x.auth", "x.bank", "x.gov");
      assertThat(before.generation().modules().modules().get(1).getClass())
          .isNotSameAs(after.generation().modules().modules().get(1).getClass());
    }
    generations.retain(50);
    assertThat(segueBundles())
        .filteredOn(bundle -> bundle.getSymbolicName().equals("x.bank"))
        .hasSize(1);
  }

  @Test
  void classLoadersOfRetiredGenerationsAreCollectedAfterTenSwitches() throws Exception {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int i = 2; i <= 11; i++) {
      loaders.add(upgrade("v" + i, 10L * i, "bank", i + ".0.0"));
    }

    generations.retain(115);

    WeakReference<ClassLoader> current = loaders.remove(loaders.size() - 1);
    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .until(
            () -> {
              System.gc();
              return loaders.stream().allMatch(loader -> loader.get() == null);
            });
    assertThat(current.get()).isNotNull();
    assertThat(segueBundles())
        .extracting(Bundle::getSymbolicName)
        .containsExactlyInAnyOrder("x.auth", "x.gov", "x.bank", "x.gen.v11");
  }

  @Test
  void aGenerationIsNotRetiredBeforeItsLastLeaseIsBack() throws Exception {
    upgrade("v2", 10, "bank", "2.0.0");
    Lease lease = generations.at(5);

    generations.retain(50);

    assertThat(segueBundles()).extracting(Bundle::getSymbolicName).contains("x.gen.genesis");
    lease.close();
    assertThat(segueBundles()).extracting(Bundle::getSymbolicName).doesNotContain("x.gen.genesis");
  }

  @Test
  void aBundleRefusedByAdmissionIsNeverInstalled() throws Exception {
    refuses(
        HoldReason.ADMISSION,
        "Bundle-Activator",
        TestBundle.generation("v2").takes("bank", "2.0.0"),
        TestBundle.module("bank", "2.0.0").header("Bundle-Activator", "x.bank.Activator"));
  }

  @Test
  void aBundleThatDoesNotResolveIsRemovedAgain() throws Exception {
    refuses(
        HoldReason.UNRESOLVED,
        "com.google.protobuf",
        TestBundle.generation("v2").takes("bank", "2.0.0"),
        TestBundle.module("bank", "2.0.0")
            .header("Import-Package", "io.segue.kernel.api.module,com.google.protobuf"));
  }

  @Test
  void aFactoryThatThrowsAnErrorHarmsNothing() throws Exception {
    refuses(
        HoldReason.FACTORY,
        "java.lang.AssertionError: deep",
        TestBundle.generation("v2").takes("bank", "2.0.0"),
        throwing("throw new AssertionError(\"deep\");"));
  }

  @Test
  void aFactoryThatThrowsWhatIsNoExceptionOfOursHarmsNothing() throws Exception {
    refuses(
        HoldReason.FACTORY,
        "its message can't be read",
        TestBundle.generation("v2").takes("bank", "2.0.0"),
        throwing(
            "throw new RuntimeException() { public String getMessage() { throw new RuntimeException(); } };"));
  }

  @Test
  void aHandlerThatCannotBeMadeIsFoundBeforeTheHeight() throws Exception {
    refuses(
        HoldReason.HANDLER,
        "x.gen.Handler",
        TestBundle.generation("v2")
            .source("x.gen.Handler", "package x.gen; public class Handler {}"));
  }

  @Test
  void aModuleWhoseTablesCannotBeReadIsRefused() throws Exception {
    refuses(
        HoldReason.MODULES,
        "java.lang.IllegalStateException: unreadable",
        TestBundle.generation("v2").takes("bank", "2.0.0"),
        TestBundle.module("bank", "2.0.0", "throw new IllegalStateException(\"unreadable\");"));
  }

  @Test
  void aGenerationOfNewerKernelRulesAsksForANewerDistribution() throws Exception {
    refuses(
        HoldReason.NEWER_KERNEL,
        "kernel rules 99",
        TestBundle.of("x.gen.v2", "1.0.0")
            .provides(
                "io.segue.generation;effective:=generation;plan=v2;handler=x.gen.H;rules:Long=99"));
  }

  @Test
  void aRestartFindsTheSameGenerationInTheContentStore() throws Exception {
    upgrade("v2", 10, "bank", "2.0.0");
    String digest = currentDigest();
    generations.close();

    Generation restored = assembler.restore(digest);

    assertThat(restored.name()).isEqualTo("v2");
    assertThat(restored.digest()).isEqualTo(digest);
    assertThat(restored.carriedOver()).containsExactly("x.auth", "x.gov");
    assertThat(restored.hasHandler()).isTrue();
  }

  private void refuses(HoldReason reason, String text, TestBundle... bundles) throws Exception {
    List<Bundle> before = segueBundles();
    byte[] archive = TestBundle.archive(bundles);
    try (Lease lease = generations.current()) {
      GenerationException refused =
          catchThrowableOfType(
              GenerationException.class,
              () ->
                  assembler.assemble(
                      Optional.of(lease.generation()), ArtifactSource.archive(archive)));
      assertThat(refused).isNotNull();
      assertThat(refused.reason()).isEqualTo(reason);
      assertThat(refused.text()).contains(text);
      assertThat(refused.getCause()).isNull();
      assertThat(lease.generation().modules().versions()).containsEntry("bank", 1L);
    }
    assertThat(segueBundles()).containsExactlyElementsOf(before);
    assertThat(before).allMatch(bundle -> bundle.getState() == Bundle.ACTIVE);
  }

  private static TestBundle throwing(String statement) {
    return TestBundle.module("bank", "2.0.0")
        .source(
            "x.bank.Factory",
            """
            package x.bank;
            import io.segue.kernel.api.module.*;
            public class Factory implements ModuleFactory {
              public io.segue.kernel.api.module.Module create(Platform platform) { %s }
            }
            """
                .formatted(statement));
  }

  private WeakReference<ClassLoader> upgrade(
      String plan, long height, String module, String version) throws Exception {
    byte[] archive =
        TestBundle.archive(
            TestBundle.generation(plan).takes(module, version), TestBundle.module(module, version));
    try (Lease lease = generations.current()) {
      Generation next =
          assembler.assemble(Optional.of(lease.generation()), ArtifactSource.archive(archive));
      generations.stage(next);
      generations.publish(next, height);
      return new WeakReference<>(next.newHandler().getClass().getClassLoader());
    }
  }

  private static ArtifactSource genesis() throws GenerationException {
    return ArtifactSource.archive(
        TestBundle.archive(
            TestBundle.generation("genesis")
                .takes("auth", "1.0.0")
                .takes("bank", "1.0.0")
                .takes("gov", "1.0.0"),
            TestBundle.module("auth", "1.0.0"),
            TestBundle.module("bank", "1.0.0"),
            TestBundle.module("gov", "1.0.0")));
  }

  private String currentDigest() {
    try (Lease lease = generations.current()) {
      return lease.generation().digest();
    }
  }

  private long idOf(String symbolicName) {
    return segueBundles().stream()
        .filter(bundle -> bundle.getSymbolicName().equals(symbolicName))
        .findFirst()
        .orElseThrow()
        .getBundleId();
  }

  private List<Bundle> segueBundles() {
    return Stream.of(framework.context().getBundles())
        .filter(OsgiBundleSpace::isOfGeneration)
        .toList();
  }
}
