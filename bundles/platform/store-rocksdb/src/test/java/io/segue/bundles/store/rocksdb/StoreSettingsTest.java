package io.segue.bundles.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.segue.bundles.store.rocksdb.database.Pruning;
import io.segue.bundles.store.rocksdb.database.StoreOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreSettingsTest {
  @Test
  void haveDefaults() {
    assertThat(StoreSettings.read(Map.of()))
        .isEqualTo(new StoreOptions(new Pruning(362_880, 10), 64, 32));
  }

  @Test
  void areReadFromTextsAndNumbers() {
    assertThat(
            StoreSettings.read(
                Map.of(
                    "pruning", "custom ",
                    "pruning-keep-recent", " 7 ",
                    "pruning-interval", 12,
                    "blockCacheMb", 8,
                    "writeBufferMb", "4",
                    "other", "x")))
        .isEqualTo(new StoreOptions(new Pruning(7, 12), 8, 4));
  }

  @Test
  void areRefusedByNameWhenTheyAreNoNumbers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StoreSettings.read(Map.of("blockCacheMb", "64MB")))
        .withMessageContaining("blockCacheMb")
        .withMessageContaining("64MB");
  }

  @Test
  void areRefusedByNameOutOfTheirLimits() {
    for (Map<String, Integer> wrong :
        List.of(
            Map.of("blockCacheMb", -1),
            Map.of("blockCacheMb", StoreOptions.MAX_BLOCK_CACHE_MB + 1),
            Map.of("writeBufferMb", 0),
            Map.of("writeBufferMb", StoreOptions.MAX_WRITE_BUFFER_MB + 1))) {
      String name = wrong.keySet().iterator().next();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> StoreSettings.read(wrong))
          .withMessageContaining(name)
          .withMessageContaining("from 1 to");
    }
  }

  @Test
  void nameThePruningAsTheCosmosSdkDoes() {
    assertThat(pruning("default")).isEqualTo(new Pruning(362_880, 10));
    assertThat(pruning("nothing").keepRecent()).isEqualTo(Long.MAX_VALUE);
    assertThat(pruning("everything")).isEqualTo(new Pruning(2, 10));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pruning("all"))
        .withMessageContainingAll("pruning", "'all'", "everything");
  }

  @Test
  void refuseCustomPruningBelowItsLimits() {
    assertCustomRefused(Map.of("pruning", "custom"), "pruning-keep-recent is 0");
    assertCustomRefused(
        Map.of("pruning", "custom", "pruning-keep-recent", 1, "pruning-interval", 10),
        "pruning-keep-recent is 1; it must be at least 2");
    assertCustomRefused(
        Map.of("pruning", "custom", "pruning-keep-recent", 2, "pruning-interval", 9),
        "pruning-interval is 9; it must be at least 10");
  }

  @Test
  void nameWhatTookThePlaceOfKeepHeights() {
    assertCustomRefused(Map.of("keepHeights", 100), "set pruning = custom");
  }

  private static Pruning pruning(String name) {
    return StoreSettings.read(Map.of("pruning", name)).pruning();
  }

  private static void assertCustomRefused(Map<String, Object> settings, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StoreSettings.read(settings))
        .withMessageContaining(reason);
  }
}
