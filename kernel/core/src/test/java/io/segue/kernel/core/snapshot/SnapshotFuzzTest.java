package io.segue.kernel.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.segue.kernel.api.abci.Abci.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** What peers offer, and what they send. */
class SnapshotFuzzTest {
  private static final SnapshotLimits LIMITS = new SnapshotLimits(64, 100, 64, 64, 64, 8, 1);

  @FuzzTest
  void readsMetadata(byte[] bytes) {
    try {
      SnapshotMetadata metadata = SnapshotMetadata.read(1, bytes, LIMITS);
      Snapshot again = metadata.snapshot();
      assertThat(metadata.length(metadata.chunks() - 1)).isBetween(1, LIMITS.chunkBytes());
      assertThat(SnapshotMetadata.read(again, LIMITS).hash()).isEqualTo(again.hash());
    } catch (SnapshotException refused) {
      assertThat(refused).hasMessageMatching("(?s).+");
    }
  }

  @FuzzTest
  void readsTheBeginning(byte[] bytes) throws IOException {
    SnapshotReader reader = new SnapshotReader(new ByteArrayInputStream(bytes), LIMITS);
    try {
      reader.begin(1);
      for (int left = reader.stores(); left > 0; left--) {
        assertThat(reader.store()).isNotNull();
      }
    } catch (SnapshotException refused) {
      assertThat(refused).hasMessageMatching("(?s).+");
    }
  }
}
