package io.segue.kernel.core.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.node.Node.GenerationStatus;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationsTest {
  @TempDir Path folder;
  private final List<String> disposed = new ArrayList<>();
  private final Deque<Runnable> retirements = new ArrayDeque<>();
  private final Generations generations =
      new Generations(generation -> disposed.add(generation.name()), retirements::add);
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
            Artifact.read(
                TestBundle.archive(
                    TestBundle.generation("genesis").takes("auth", "1.0.0"),
                    TestBundle.module("auth", "1.0.0"))));
    v2 = next(genesis, "v2");
    v3 = next(v2, "v3");
  }

  @Test
  void beforeTheFirstIsPublishedThereIsNone() {
    assertThatThrownBy(generations::current)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no generation is published");
  }

  @Test
  void eachHeightIsServedByTheGenerationThatExecutedIt() {
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
        .hasMessageContaining("no generation serves height 9");
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
  void aLeaseHoldsARetiredGenerationUntilItIsBack() {
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
    Generations contended =
        new Generations(
            generation -> {
              if (generation == genesis && inUse.get() != 0) {
                wrong.incrementAndGet();
              }
            },
            Runnable::run);
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
        .containsExactly("RETIRED", "CURRENT");
  }

  private Generation next(Generation before, String plan) throws GenerationException {
    return assembler.assemble(
        Optional.of(before), Artifact.read(TestBundle.archive(TestBundle.generation(plan))));
  }

  private String nameAt(long height) {
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
    while (!retirements.isEmpty()) {
      retirements.remove().run();
    }
  }
}
