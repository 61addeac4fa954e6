package io.segue.bundles.store.rocksdb.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PruningTest {
  @Test
  void prunesWhenAnIntervalHasGathered() {
    Pruning pruning = new Pruning(100, 10);
    assertThat(pruning.oldest(1, 100)).isEqualTo(1);
    assertThat(pruning.oldest(1, 109)).isEqualTo(1);
    assertThat(pruning.oldest(1, 110)).isEqualTo(11);
    assertThat(pruning.oldest(11, 111)).isEqualTo(11);
    assertThat(pruning.oldest(11, 120)).isEqualTo(21);
  }

  @Test
  void neverPrunesMuchAtOnce() {
    Pruning pruning = new Pruning(100, 10);
    long oldest = 1;
    for (long height = 1_000_000; oldest < height - 200; height++) {
      long next = pruning.oldest(oldest, height);
      assertThat(next - oldest).isBetween(1L, Pruning.MAX_AT_ONCE);
      oldest = next;
    }
    Pruning rare = new Pruning(100, 100_000);
    assertThat(rare.oldest(1, 100_099)).isEqualTo(1);
    assertThat(rare.oldest(1, 100_100)).isEqualTo(1 + Pruning.MAX_AT_ONCE);
  }

  @Test
  void neverPrunesNothing() {
    assertThat(Pruning.NOTHING.oldest(1, Long.MAX_VALUE)).isEqualTo(1);
    assertThat(Pruning.NOTHING.oldest(1, 5)).isEqualTo(1);
  }

  @Test
  void keepsWhatARollbackNeeds() {
    long oldest = 1;
    for (long height = 2; height < 100; height++) {
      oldest = Pruning.EVERYTHING.oldest(oldest, height);
      assertThat(oldest).isBetween(1L, height - 1);
    }
    assertThat(oldest).isGreaterThan(80);
  }
}
