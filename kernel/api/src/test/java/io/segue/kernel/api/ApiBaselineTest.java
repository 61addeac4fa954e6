package io.segue.kernel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.baseline.RecordedApi;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds the API to what was released: {@code baseline.txt} beside the sources. A release records it
 * again: {@code mvn -pl kernel/api -am test -Dtest=ApiBaselineTest -Dapi.record=true}.
 */
class ApiBaselineTest {
  private final RecordedApi api = new RecordedApi(Path.of(""));

  @Test
  void onlyGrowsAfterARelease() throws Exception {
    assertThat(api.violations()).isEmpty();
  }

  @Test
  void seesWhatBundlesImplementAndWhatTheyCall() throws Exception {
    assertThat(api.now())
        .contains(
            "consumer io.segue.kernel.api.module.Module abstract long consensusVersion()",
            "consumer io.segue.kernel.api.module.Module$Migration abstract void"
                + " migrate(io.segue.kernel.api.module.Context)",
            "io.segue.kernel.api.module.KVStore abstract byte[] get(byte[])",
            "io.segue.kernel.api.abci.Abci$CommitResponse new(long)")
        .anyMatch(line -> line.startsWith("package io.segue.kernel.api.module 1."))
        .noneMatch(line -> line.contains("CommitInfo$"));
  }
}
