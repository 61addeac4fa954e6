package io.segue.kernel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;

/**
 * Holds the API to what was released: {@code baseline.txt} beside the sources. A release records it
 * again: {@code mvn -pl kernel/api test -Dtest=ApiBaselineTest -Dapi.record=true}.
 */
class ApiBaselineTest {
  private static final Path BASELINE = Path.of("baseline.txt");

  @Test
  void onlyGrowsAfterARelease() throws Exception {
    SortedSet<String> now =
        new ApiListing(Path.of("target/classes"), Path.of("src/main/java")).lines();
    if (Boolean.getBoolean("api.record")) {
      Files.writeString(BASELINE, String.join("\n", now) + "\n");
    }

    assertThat(new ApiRules(Files.readAllLines(BASELINE), now).violations()).isEmpty();
  }

  @Test
  void seesWhatBundlesImplementAndWhatTheyCall() throws Exception {
    SortedSet<String> now =
        new ApiListing(Path.of("target/classes"), Path.of("src/main/java")).lines();

    assertThat(now)
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
