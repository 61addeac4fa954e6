package io.segue.kernel.core.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.admission.artifact.ArtifactSource;
import io.segue.kernel.admission.artifact.TestBundle;
import io.segue.kernel.core.assembly.GenerationAssembler;
import io.segue.kernel.core.content.ContentStore;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.generation.Generations;
import io.segue.kernel.core.generation.Lease;
import io.segue.kernel.core.generation.NoCrypto;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/**
 * What many upgrades leave behind in a real framework: nothing. {@code -Dsegue.switches=1000} makes
 * a thousand of them.
 */
class ManySwitchesTest {
  private static final int SWITCHES = Integer.getInteger("segue.switches", 50);
  private static final long HEIGHTS = 10;

  /** Classes that the virtual machine and the framework may load meanwhile for themselves. */
  private static final int OTHER_CLASSES = 40;

  @TempDir Path folder;
  private final AtomicLong nowNs = new AtomicLong();
  private final List<WeakReference<Object>> gone = new ArrayList<>();
  private RealFramework framework;
  private GenerationAssembler assembler;
  private Generations generations;

  @BeforeEach
  void start() throws Exception {
    framework = RealFramework.start(folder.resolve("felix"));
    OsgiBundleSpace space = framework.space();
    assembler =
        new GenerationAssembler(
            space, ContentStore.open(folder.resolve("artifacts")), new NoCrypto());
    generations = new Generations(assembler, Runnable::run, nowNs::get);
    generations.publish(
        assembler.assemble(
            Optional.empty(),
            ArtifactSource.archive(
                TestBundle.archive(
                    TestBundle.generation("genesis").takes("auth", "1.0.0").takes("bank", "1.0.0"),
                    TestBundle.module("auth", "1.0.0"),
                    TestBundle.module("bank", "1.0.0")))),
        1);
  }

  @AfterEach
  void stop() throws Exception {
    generations.close();
    framework.close();
  }

  @Test
  void afterManyUpgradesThereIsAsMuchAsAfterFive() throws Exception {
    upgradeTo(5);
    awaitCollected();
    int classes = loadedClasses();
    int bundles = framework.context().getBundles().length;

    upgradeTo(SWITCHES);
    awaitCollected();
    assertThat(framework.context().getBundles()).hasSize(bundles);
    assertThat(gone).hasSizeGreaterThan(2 * SWITCHES);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(loadedClasses()).isLessThan(classes + OTHER_CLASSES);
            });
    System.out.printf(
        "loaded classes after 5 upgrades: %d, after %d: %d%n", classes, SWITCHES, loadedClasses());
  }

  /** Upgrades one after the other; each past generation is asked again, unloaded, and retired. */
  private void upgradeTo(int last) throws Exception {
    int first = Math.toIntExact(generations.status().stream().filter(this::ran).count()) + 1;
    for (int i = first; i <= last; i++) {
      long height = HEIGHTS * i;
      upgrade("v" + i, height, i + ".0.0");
      nowNs.addAndGet(1_000);
      generations.unloadIdle(1_000);
      try (Lease lease = generations.at(height - 1)) {
        remember(lease.generation());
      }
      if (i > 2) {
        generations.retain(height - HEIGHTS);
      }
    }
  }

  private boolean ran(io.segue.kernel.api.node.Node.GenerationStatus status) {
    return status.firstHeight() >= HEIGHTS;
  }

  private void upgrade(String plan, long height, String version) throws Exception {
    byte[] archive =
        TestBundle.archive(
            TestBundle.generation(plan).takes("bank", version), TestBundle.module("bank", version));
    try (Lease lease = generations.current()) {
      remember(lease.generation());
      Generation next =
          assembler.assemble(Optional.of(lease.generation()), ArtifactSource.archive(archive));
      generations.stage(next);
      generations.publish(next, height);
    }
  }

  /** Notes what must be collectable once the generation is unloaded: its code, and its bundles. */
  private void remember(Generation generation) throws Exception {
    if (generation.hasHandler()) {
      gone.add(new WeakReference<>(generation.newHandler().getClass().getClassLoader()));
    }
    gone.add(new WeakReference<>(generation.modules()));
    for (Bundle bundle : framework.context().getBundles()) {
      if (bundle.getSymbolicName().equals("x.gen." + generation.name())) {
        gone.add(new WeakReference<>(bundle));
      }
    }
  }

  /** Unloads what is past and waits until nothing of it is left but of the current generation. */
  private void awaitCollected() {
    nowNs.addAndGet(1_000);
    generations.unloadIdle(1_000);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(gone.stream().map(WeakReference::get).filter(o -> o != null).toList())
                  .isEmpty();
            });
  }

  private static int loadedClasses() {
    return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
  }
}
