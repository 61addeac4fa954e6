package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CometBFT's own client in Go, as it is published, against a node as users run it. */
class CometClientIT {
  /** Address of the key that {@code tx.go} has. */
  private static final String ACCOUNT = "cosmos1l3e9pgs3mmwuwrh95fecme0s0qtn2880f2jmfe";

  @TempDir Path folder;

  @Test
  void everyCallOfCometBftsGoClientWorks() throws Exception {
    Path binary = folder.resolve("cometclient");
    ClientProgram client =
        ClientProgram.of("go/cometclient", "go")
            .prepare(Duration.ofMinutes(6), "go", "mod", "download");
    client.run(Duration.ofMinutes(6), "go", "build", "-o", binary.toString(), ".");
    try (TestedNode node =
        TestedNode.init(folder.resolve("home"), "--account", ACCOUNT + "=1000000stake")) {
      node.start().awaitHeight(3);
      List<String> lines = client.run(Duration.ofMinutes(3), binary.toString(), node.url());
      assertThat(lines)
          .hasSizeGreaterThan(50)
          .allSatisfy(line -> assertThat(line).startsWith("ok "));
    }
  }
}
