package io.segue.kernel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.baseline.RecordedApi;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds the testkit to what was released: {@code baseline.txt} beside the sources. A release
 * records it again: {@code mvn -pl kernel/testkit -am test -Dtest=ApiBaselineTest
 * -Dapi.record=true}.
 */
class ApiBaselineTest {
  private final RecordedApi api = new RecordedApi(Path.of(""));

  @Test
  void onlyGrowsAfterARelease() throws Exception {
    assertThat(api.violations()).isEmpty();
  }

  /** Tests of builders would else change with the kernel, which promises nobody anything. */
  @Test
  void showsNoClassOfTheKernelAndNoneOfItsOwnInside() throws Exception {
    assertThat(api.now())
        .noneMatch(line -> line.contains("io.segue.kernel.core."))
        .noneMatch(line -> line.contains("io.segue.kernel.admission."))
        .noneMatch(line -> line.contains("io.segue.kernel.testkit.internal."));
  }

  @Test
  void seesWhatTestsOfBuildersCall() throws Exception {
    assertThat(api.now())
        .contains(
            "io.segue.kernel.testkit.modules.ModuleChain void close()",
            "consumer io.segue.kernel.testkit.determinism.Scenario abstract void"
                + " run(io.segue.kernel.testkit.determinism.Trace) throws java.lang.Exception");
  }
}
