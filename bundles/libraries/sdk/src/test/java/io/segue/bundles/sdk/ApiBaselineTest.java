package io.segue.bundles.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.baseline.RecordedApi;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds the sdk to what was released: {@code baseline.txt} beside the sources. A release records it
 * again: {@code mvn -pl bundles/libraries/sdk -am test -Dtest=ApiBaselineTest -Dapi.record=true}.
 */
class ApiBaselineTest {
  private final RecordedApi api = new RecordedApi(Path.of(""));

  @Test
  void onlyGrowsAfterARelease() throws Exception {
    assertThat(api.violations()).isEmpty();
  }

  @Test
  void seesWhatModulesExtendCallAndSend() throws Exception {
    assertThat(api.now())
        .contains(
            "consumer io.segue.bundles.sdk.module.AppModule abstract"
                + " io.segue.bundles.sdk.service.Services services()",
            "io.segue.bundles.sdk.state.Sequence long next(io.segue.kernel.api.module.KVStore)",
            "io.segue.bundles.sdk.proto.base.CoinOrBuilder abstract java.lang.String getDenom()")
        .noneMatch(line -> line.contains(".proto.") && line.contains("$Builder "));
  }
}
