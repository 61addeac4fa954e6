package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** grpcurl against a running node: it knows nothing but what reflection tells. */
final class Grpcurl {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path PROGRAM =
      ClientProgram.onPath("grpcurl").orElse(Path.of("target", "grpcurl").toAbsolutePath());

  private final String server;

  /** Of a node whose server is at a host and port. */
  Grpcurl(String server) {
    this.server = server;
  }

  /** Installs the program where it is missing; the test counts as skipped where that can't be. */
  static void assumeInstalled() throws InterruptedException {
    if (Files.isExecutable(PROGRAM)) {
      return;
    }
    try {
      ProcessBuilder install =
          new ProcessBuilder("go", "install", "github.com/fullstorydev/grpcurl/cmd/grpcurl@v1.9.3");
      install.environment().put("GOBIN", PROGRAM.getParent().toString());
      assertThat(install.inheritIO().start().waitFor(10, TimeUnit.MINUTES)).isTrue();
    } catch (IOException e) {
      Assumptions.abort("skipped: there is neither grpcurl nor go on PATH");
    }
    Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "skipped: grpcurl can't be installed");
  }

  /** The answer of a method that has to be answered. */
  JsonNode call(String method, String request) throws IOException {
    String answer = run("-d", request, "", method);
    assertThat(answer).doesNotStartWith("ERROR");
    return JSON.readTree(answer);
  }

  /** What grpcurl prints; the server comes where the empty word is, and first without one. */
  String run(String... words) throws IOException {
    List<String> line = new ArrayList<>(List.of(PROGRAM.toString(), "-plaintext"));
    if (!List.of(words).contains("")) {
      line.add(server);
    }
    for (String word : words) {
      line.add(word.isEmpty() ? server : word);
    }
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return output;
  }
}
