package io.segue.bundles.sidecar.build;

import static io.segue.bundles.sidecar.build.TestBuild.aBuild;
import static io.segue.bundles.sidecar.build.TestBuild.task;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildRulesTest {
  @TempDir Path data;

  @ParameterizedTest
  @CsvSource({
    "https, file:///srv/chain.git, its scheme is not among those allowed here (schemes = https)",
    "https, http://127.0.0.1/chain.git, its scheme is not among those allowed here",
    "https, ssh://host/chain.git, its scheme is not among those allowed here",
    "http-loopback, http://example.org/chain.git, its scheme is not among those allowed here",
    "https, https://token@host/chain.git, it carries a password or token",
    "https, 'https://ho st/chain.git', it is no URL",
  })
  void refusesARepositoryThatTheOperatorDoesNotAllow(String schemes, String url, String refusal) {
    assertThatThrownBy(() -> rules(schemes, "").admit(url))
        .hasMessageContaining(refusal)
        .hasMessageContaining("Next: ");
  }

  @Test
  void neverRepeatsAPassword() {
    assertThatThrownBy(() -> rules("https", "").admit("https://me:secret@host/chain.git"))
        .message()
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "https, https://example.org/chain.git",
    "http-loopback, http://127.0.0.1:8080/chain.git",
    "http-loopback, http://localhost/chain.git",
    "file, file:///srv/chain.git",
  })
  void asksARepositoryThatTheOperatorAllows(String schemes, String url) {
    assertThatCode(() -> rules(schemes, "").admit(url)).doesNotThrowAnyException();
  }

  @Test
  void keepsToTheHostsThatAreNamed() {
    BuildRules rules = rules("https", "git.example.org, *.example.com");

    assertThatCode(() -> rules.admit("https://git.example.org/c.git")).doesNotThrowAnyException();
    assertThatCode(() -> rules.admit("https://a.example.com/c.git")).doesNotThrowAnyException();
    assertThatThrownBy(() -> rules.admit("https://example.org/c.git"))
        .hasMessageContaining("host example.org is not among those allowed here")
        .hasMessageContaining("allow it in etc/io.segue.sidecar.build.cfg");
  }

  @ParameterizedTest
  @CsvSource({
    "commit, main, parameter commit (\"main\") is not a full hash of 40 lower-case digits",
    "commit, 1234567, parameter commit (\"1234567\") is not a full hash",
    "path, ../up, parameter path (\"../up\") is no relative folder",
    "path, /etc, parameter path (\"/etc\") is no relative folder",
    "branch, main, it has the parameters [branch]",
  })
  void refusesAPlanWhoseParametersAreWrong(String name, String value, String refusal) {
    String commit = name.equals("commit") ? value : "b".repeat(40);
    assertThatThrownBy(
            () ->
                aBuild()
                    .sidecar()
                    .run(
                        task(data, "file:///x", "a".repeat(64), "commit", commit, name, value),
                        (done, all) -> {}))
        .hasMessageContaining("plan v9 is not built: " + refusal)
        .hasMessageContaining("have governance cancel the plan");
  }

  @ParameterizedTest
  @CsvSource({
    "schemes, ssh",
    "schemes, ''",
    "timeoutMs, 999",
    "readTimeoutMs, 0",
    "maxFiles, 0",
    "maxLogBytes, 1023",
    "maxSourceBytes, 0",
    "maxArtifactBytes, 0",
    "maxRepositoryBytes, -1",
  })
  void namesASettingThatIsOutOfItsRange(String key, String value) {
    Object setting =
        key.equals("schemes")
            ? value
            : key.endsWith("Bytes") && !key.equals("maxLogBytes")
                ? (Object) Long.valueOf(value)
                : (Object) Integer.valueOf(value);
    assertThatThrownBy(() -> aBuild().with(key, setting).sidecar())
        .hasMessageContaining("etc/io.segue.sidecar.build.cfg: " + key + " must be ");
  }

  private static BuildRules rules(String schemes, String hosts) {
    return new BuildRules(aBuild().with("schemes", schemes).with("hosts", hosts).settings());
  }
}
