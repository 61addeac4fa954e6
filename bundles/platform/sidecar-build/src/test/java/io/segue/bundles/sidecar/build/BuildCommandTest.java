package io.segue.bundles.sidecar.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildCommandTest {
  @TempDir Path home;
  private SourceRepository repository;
  private BuildCommand command;

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectories(home.resolve("data/artifacts"));
    repository = SourceRepository.in(home.resolve("repository.git"));
    command = new BuildCommand(TestBuild.aBuild().build(), home);
  }

  @Test
  void tellsTheDigestThatTheSidecarWillAskFor() throws Exception {
    String commit =
        repository.commit(Map.of("v9/bnd.bnd", "Bundle-SymbolicName: a\nBundle-Version: 1.0.0\n"));
    String digest = TestBuild.digest(home.resolve("data"), repository.url(), commit, "v9");

    assertThat(command.build(repository.url(), commit, "v9"))
        .contains("sha256  " + digest)
        .contains(
            "info    {\"sidecar\":{\"name\":\"build\",\"commit\":\""
                + commit
                + "\",\"path\":\"v9\"},\"binaries\":{\"any\":\""
                + repository.url()
                + "?checksum=sha256:"
                + digest
                + "\"}}");
    assertThat(command.build(repository.url(), commit, "v9", "--output", "json"))
        .startsWith("{\"sha256\":\"" + digest + "\",\"bytes\":")
        .endsWith("}}}");
    assertThat(home.resolve("data/artifacts")).isEmptyDirectory();
  }

  @Test
  void explainsItselfAndRefusesAnotherForm() throws Exception {
    assertThat(command.build("--help"))
        .startsWith("Usage: sidecar:build [-h] [-o=text|json] <repository> <commit> [path]\n")
        .isEqualTo(command.build("-h"));
    assertThatThrownBy(() -> command.build("only-one"))
        .hasMessageContaining("see sidecar:build --help");
    assertThatThrownBy(() -> command.build("a", "b", "-o", "xml"))
        .hasMessageContaining("knows --output text and --output json, not xml");
    assertThatThrownBy(() -> command.build(repository.url(), "main"))
        .hasMessageContaining("(\"main\") is not a full hash");
  }
}
