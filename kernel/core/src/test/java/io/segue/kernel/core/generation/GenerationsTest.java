package io.segue.kernel.core.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.admission.artifact.ArtifactSource;
import io.segue.kernel.admission.artifact.GenerationManifest;
import io.segue.kernel.admission.artifact.TestBundle;
import io.segue.kernel.api.node.GenerationState;
import io.segue.kernel.api.node.Node.BundleStatus;
import io.segue.kernel.api.node.Node.GenerationStatus;
import io.segue.kernel.api.store.HeightUnavailableException;
import io.segue.kernel.core.assembly.GenerationAssembler;
import io.segue.kernel.core.content.ContentStore;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationsTest {
  @TempDir Path folder;
  private final List<String> disposed = new ArrayList<>();
  private final Deque<Runnable> retirements = new ConcurrentLinkedDeque<>();
  private final ExecutorService elsewhere = Executors.newCachedThreadPool();
  private final FakeSource source = new FakeSource();
  private final AtomicLong nowNs = new AtomicLong();
  private final Generations generations = new Generations(source, retirements::add, nowNs::get);
  private GenerationAssembler assembler;
  private Generation genesis;
  private Generation v2;
  private Generation v3;

  @BeforeEach
  void assemble() throws Exception {
    assembler =
        new GenerationAssembler(new MemorySpace(), ContentStore.open(folder), new NoCrypto());
    genesis =
        assembler.assemble(
            Optional.empty(),
            ArtifactSource.archive(
                TestBundle.archive(
                    TestBundle.generation("genesis").takes("auth", "1.0.0"),
                    TestBundle.module("auth", "1.0.0"))));
    v2 = next(genesis, "v2");
    v3 = next(v2, "v3");
  }

  @AfterEach
  void stop() {
    elsewhere.shutdownNow();
  }

  @Test
  void beforeTheFirstIsPublishedThereIsNone() {
    assertThatThrownBy(generations::current)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no generation is published");
  }

  @Test
  void eachHeightIsServedByTheGenerationThatExecutedIt() throws Exception {
    generations.publish(genesis, 1);
    generations.publish(v2, 10);

    assertThat(nameAt(1)).isEqualTo("genesis");
    assertThat(nameAt(9)).isEqualTo("genesis");
    assertThat(nameAt(10)).isEqualTo("v2");
    assertThat(nameAt(99)).isEqualTo("v2");
    assertThat(currentName()).isEqualTo("v2");
  }

  @Test
  void aStagedGenerationServesNothingUntilItIsPublished() {
    generations.publish(genesis, 1);
    generations.stage(v2);

    assertThat(currentName()).isEqualTo("genesis");
    assertThat(states()).containsExactly("genesis CURRENT 1-0", "v2 READY 0-0");
  }

  @Test
  void aDiscardedGenerationIsDisposedOfAndThePublishedOneIsNot() {
    generations.publish(genesis, 1);
    generations.stage(v2);

    generations.discard(v2);
    generations.discard(v2);
    generations.discard(genesis);
    runRetirements();

    assertThat(disposed).containsExactly("v2");
    assertThat(states()).containsExactly("genesis CURRENT 1-0");
  }

  @Test
  void heightsOfGenerationsAscend() {
    generations.publish(genesis, 5);

    assertThatThrownBy(() -> generations.publish(v2, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("generation v2 can't start at height 5: genesis started at 5");
  }

  @Test
  void aGenerationRetiresWhenItsLastHeightIsNoLongerReadable() {
    generations.publish(genesis, 1);
    generations.publish(v2, 10);
    generations.publish(v3, 20);

    generations.retain(9);
    assertThat(retirements).isEmpty();

    generations.retain(10);
    assertThat(disposed).isEmpty();
    runRetirements();
    assertThat(disposed).containsExactly("genesis");
    assertThat(states())
        .containsExactly("genesis RETIRED 1-9", "v2 SERVING 10-19", "v3 CURRENT 20-0");
    assertThatThrownBy(() -> generations.at(9))
        .isInstanceOf(HeightUnavailableException.class)
        .hasMessage("height 9 is pruned; the oldest height that can be read is 10");
  }

  @Test
  void theCurrentGenerationNeverRetires() {
    generations.publish(genesis, 1);
    generations.publish(v2, 10);

    generations.retain(1_000);
    runRetirements();

    assertThat(disposed).containsExactly("genesis");
    assertThat(currentName()).isEqualTo("v2");
  }

  @Test
  void aLeaseHoldsARetiredGenerationUntilItIsBack() throws Exception {
    generations.publish(genesis, 1);
    generations.publish(v2, 10);
    Lease one = generations.at(1);
    Lease two = generations.at(2);

    generations.retain(50);
    one.close();
    one.close();
    assertThat(retirements).isEmpty();

    two.close();
    runRetirements();
    assertThat(disposed).containsExactly("genesis");
  }

  @Test
  void closingEndsAllOfThemAsTheirLeasesComeBack() {
    generations.publish(genesis, 1);
    generations.publish(v2, 10);
    generations.stage(v3);
    Lease lease = generations.current();

    generations.close();
    runRetirements();
    assertThat(disposed).containsExactly("v3", "genesis");

    lease.close();
    runRetirements();
    assertThat(disposed).containsExactly("v3", "genesis", "v2");
  }

  @Test
  void onlySoManyRetiredGenerationsAreTold() {
    for (int i = 0; i < Generations.RETIRED_TOLD + 10; i++) {
      generations.publish(i % 2 == 0 ? genesis : v2, 1 + i);
      generations.retain(1 + i);
    }
    assertThat(generations.status()).hasSize(Generations.RETIRED_TOLD + 1);
  }

  @Test
  void noLeaseIsEverGivenOnADisposedGeneration() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong given = new AtomicLong();
    AtomicLong inUse = new AtomicLong();
    AtomicLong wrong = new AtomicLong();
    source.onDispose =
        generation -> {
          if (generation == genesis && inUse.get() != 0) {
            wrong.incrementAndGet();
          }
        };
    Generations contended = new Generations(source, Runnable::run, System::nanoTime);
    contended.publish(genesis, 1);
    Thread[] users = new Thread[4];
    for (int i = 0; i < users.length; i++) {
      users[i] =
          new Thread(
              () -> {
                while (!stop.get()) {
                  try (Lease lease = contended.current()) {
                    boolean counted = lease.generation() == genesis;
                    if (counted) {
                      inUse.incrementAndGet();
                      Thread.onSpinWait();
                      inUse.decrementAndGet();
                    }
                    given.incrementAndGet();
                  }
                }
              });
      users[i].start();
    }
    while (given.get() < 10_000) {
      Thread.onSpinWait();
    }
    contended.publish(v2, 2);
    contended.retain(2);
    long afterwards = given.get();
    while (given.get() < afterwards + 10_000) {
      Thread.onSpinWait();
    }
    stop.set(true);
    for (Thread user : users) {
      user.join();
    }
    assertThat(wrong).hasValue(0);
    assertThat(contended.status())
        .extracting(GenerationStatus::state)
        .containsExactly(GenerationState.RETIRED, GenerationState.CURRENT);
  }

  @Test
  void aPastGenerationIsLoadedWhenOneOfItsHeightsIsAsked() throws Exception {
    generations.expect("genesis", genesis.digest(), 1);
    generations.publish(v2, 10);
    assertThat(states()).containsExactly("genesis UNLOADED 1-9", "v2 CURRENT 10-0");
    assertThat(generations.status().get(0).bundles())
        .extracting(BundleStatus::state)
        .containsOnly("UNINSTALLED");

    try (Lease lease = askedElsewhere(3)) {
      assertThat(lease.generation()).isSameAs(genesis);
    }
    assertThat(states()).containsExactly("genesis SERVING 1-9", "v2 CURRENT 10-0");
    assertThat(nameAt(4)).isEqualTo("genesis");
    assertThat(source.restored).containsExactly(genesis.digest());
  }

  @Test
  void whoAsksWhileItIsLoadedWaitsForTheSameLoad() throws Exception {
    generations.expect("genesis", genesis.digest(), 1);
    generations.publish(v2, 10);
    List<Future<Lease>> asking = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      asking.add(elsewhere.submit(() -> generations.at(5)));
    }
    runRetirementsUntil(() -> asking.stream().allMatch(Future::isDone));

    for (Future<Lease> asked : asking) {
      try (Lease lease = asked.get()) {
        assertThat(lease.generation()).isSameAs(genesis);
      }
    }
    assertThat(source.restored).containsExactly(genesis.digest());
  }

  @Test
  void whatNobodyAsksForIsUnloadedAfterTheLimitAndLoadedAgain() throws Exception {
    generations.publish(genesis, 1);
    generations.publish(v2, 10);
    nowNs.set(100);
    nameAt(5);
    nowNs.set(149);
    generations.unloadIdle(50);
    runRetirements();
    assertThat(disposed).isEmpty();

    nowNs.set(150);
    generations.unloadIdle(50);
    runRetirements();
    assertThat(disposed).containsExactly("genesis");
    assertThat(states()).containsExactly("genesis UNLOADED 1-9", "v2 CURRENT 10-0");

    askedElsewhere(5).close();
    assertThat(states()).containsExactly("genesis SERVING 1-9", "v2 CURRENT 10-0");
  }

  @Test
  void neitherTheCurrentGenerationNorOneWithALeaseIsUnloaded() throws Exception {
    generations.publish(genesis, 1);
    generations.publish(v2, 10);
    Lease lease = generations.at(5);
    nowNs.set(1_000);

    generations.unloadIdle(50);
    runRetirements();
    assertThat(disposed).isEmpty();

    lease.close();
    generations.unloadIdle(50);
    assertThat(disposed).as("idle since the lease came back").isEmpty();
    nowNs.set(2_000);
    generations.unloadIdle(50);
    runRetirements();
    assertThat(disposed).containsExactly("genesis");
    assertThat(currentName()).isEqualTo("v2");
  }

  @Test
  void oneThatCannotBeLoadedIsNamedAndTriedAgainWhenAskedAgain() throws Exception {
    generations.expect("genesis", genesis.digest(), 1);
    generations.publish(v2, 10);
    source.missing = true;

    assertThatThrownBy(() -> askedElsewhere(3))
        .isInstanceOf(GenerationException.class)
        .hasMessageContaining("generation genesis " + genesis.digest())
        .hasMessageContaining("height 3")
        .hasMessageContaining("the bundle is gone")
        .hasMessageContaining("upgrade:deploy");

    source.missing = false;
    askedElsewhere(3).close();
    assertThat(states()).containsExactly("genesis SERVING 1-9", "v2 CURRENT 10-0");
  }

  @Test
  void oneThatRetiresWhileItIsLoadedIsDisposedOf() throws Exception {
    generations.expect("genesis", genesis.digest(), 1);
    generations.publish(v2, 10);
    source.onRestore = () -> generations.retain(10);

    assertThatThrownBy(() -> askedElsewhere(3)).isInstanceOf(HeightUnavailableException.class);
    runRetirements();
    assertThat(disposed).containsExactly("genesis");
    assertThat(states()).containsExactly("genesis RETIRED 1-9", "v2 CURRENT 10-0");
  }

  /** A lease asked for on another thread, while this one runs what the executor is given. */
  private Lease askedElsewhere(long height) throws Exception {
    Future<Lease> asked = elsewhere.submit(() -> generations.at(height));
    runRetirementsUntil(asked::isDone);
    try {
      return asked.get();
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }

  private void runRetirementsUntil(BooleanSupplier done) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              runRetirements();
              return done.getAsBoolean();
            });
  }

  /** Gives the test's generations by their digest. */
  private final class FakeSource implements GenerationSource {
    final List<String> restored = new ArrayList<>();
    Consumer<Generation> onDispose = generation -> {};
    Runnable onRestore = () -> {};
    boolean missing;

    @Override
    public Generation restore(String digest) throws GenerationException {
      restored.add(digest);
      onRestore.run();
      if (missing) {
        throw new GenerationException(HoldReason.MISSING, "the bundle is gone");
      }
      return List.of(genesis, v2, v3).stream()
          .filter(generation -> generation.digest().equals(digest))
          .findFirst()
          .orElseThrow();
    }

    @Override
    public void dispose(Generation generation) {
      disposed.add(generation.name());
      onDispose.accept(generation);
    }

    @Override
    public List<GenerationManifest.Line> lines(String digest) {
      return genesis.manifest().lines();
    }
  }

  private Generation next(Generation before, String plan) throws GenerationException {
    return assembler.assemble(
        Optional.of(before),
        ArtifactSource.archive(TestBundle.archive(TestBundle.generation(plan))));
  }

  private String nameAt(long height) throws GenerationException {
    try (Lease lease = generations.at(height)) {
      return lease.generation().name();
    }
  }

  private String currentName() {
    try (Lease lease = generations.current()) {
      return lease.generation().name();
    }
  }

  private List<String> states() {
    return generations.status().stream()
        .map(s -> s.name() + " " + s.state() + " " + s.firstHeight() + "-" + s.lastHeight())
        .toList();
  }

  private void runRetirements() {
    for (Runnable work = retirements.poll(); work != null; work = retirements.poll()) {
      work.run();
    }
  }
}
