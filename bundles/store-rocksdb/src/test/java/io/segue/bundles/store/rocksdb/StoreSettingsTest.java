package io.segue.bundles.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreSettingsTest {
  @Test
  void haveDefaults() {
    assertThat(StoreSettings.read(Map.of())).isEqualTo(new StoreOptions(100, 64, 32));
  }

  @Test
  void areReadFromTextsAndNumbers() {
    assertThat(
            StoreSettings.read(
                Map.of(
                    "keepHeights", " 7 ", "blockCacheMb", 8, "writeBufferMb", "4", "other", "x")))
        .isEqualTo(new StoreOptions(7, 8, 4));
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
            Map.of("keepHeights", 0),
            Map.of("keepHeights", StoreOptions.MAX_KEEP_HEIGHTS + 1),
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
}
