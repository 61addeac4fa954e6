package io.segue.kernel.core.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.upgrade.Plan;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpgradeInfoFileTest {
  @TempDir Path folder;

  @Test
  void writesWhatCosmovisorReads() throws IOException {
    new UpgradeInfoFile(folder).write(new Plan("v2", 24, "some \"info\""));
    assertThat(folder.resolve("upgrade-info.json"))
        .hasContent(
            "{\"name\":\"v2\",\"time\":\"0001-01-01T00:00:00Z\",\"height\":24,"
                + "\"info\":\"some \\\"info\\\"\"}");
  }

  @Test
  void leavesNothingBehindWhenAPlanIsCancelled() throws IOException {
    UpgradeInfoFile file = new UpgradeInfoFile(folder);
    file.write(new Plan("v2", 24, ""));
    file.remove();
    file.remove();
    assertThat(folder).isEmptyDirectory();
  }
}
