package io.segue.bundles.sidecar.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.upgrade.SidecarException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FetchRulesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org/v2.zip",
        "HTTPS://EXAMPLE.org/v2.zip",
        "http://127.0.0.1:8000/v2.zip",
        "http://127.9.9.9/v2.zip",
        "http://localhost:8000/v2.zip",
        "http://[::1]:8000/v2.zip"
      })
  void admitsHttpsAndHttpOnLoopback(String url) throws Exception {
    assertThat(rules().admit(url)).hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org/v2.zip",
        "http://127.0.0.1.example.org/v2.zip",
        "http://localhost.example.org/v2.zip",
        "http://10.0.0.1/v2.zip",
        "http://[::2]/v2.zip",
        "ftp://example.org/v2.zip",
        "file://localhost/etc/passwd",
        "jar://localhost/v2.zip"
      })
  void refusesEveryOtherScheme(String url) {
    assertThatThrownBy(() -> rules().admit(url))
        .isInstanceOf(SidecarException.class)
        .hasMessageContaining(url)
        .hasMessageContaining("schemes = https,http-loopback")
        .hasMessageContaining("Next: allow it in etc/io.segue.sidecar.fetch.cfg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v2.zip", "/tmp/v2.zip", "https:///v2.zip", "https://a b/", "::"})
  void refusesWhatIsNoAbsoluteUrl(String url) {
    assertThatThrownBy(() -> rules().admit(url))
        .isInstanceOf(SidecarException.class)
        .hasMessageContaining("is not fetched")
        .hasMessageContaining("Next: have the plan's info");
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.org/a, true",
    "https://EXAMPLE.ORG/a, true",
    "https://cdn.releases.org/a, true",
    "https://releases.org/a, false",
    "https://evilreleases.org/a, false",
    "https://example.org.evil.net/a, false"
  })
  void asksOnlyTheHostsThatAreListed(String url, boolean admitted) throws Exception {
    FetchRules rules = new FetchRules(TestSettings.of("hosts", " example.org, *.releases.org "));
    if (admitted) {
      assertThat(rules.admit(url)).hasToString(url);
    } else {
      assertThatThrownBy(() -> rules.admit(url)).hasMessageContaining("hosts = example.org");
    }
  }

  @Test
  void admitsHttpAnywhereWhereTheOperatorSaysSo() throws Exception {
    FetchRules rules = new FetchRules(TestSettings.of("schemes", "http"));

    assertThat(rules.admit("http://10.0.0.1/a")).hasToString("http://10.0.0.1/a");
    assertThatThrownBy(() -> rules.admit("https://example.org/a"))
        .hasMessageContaining("schemes = http)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "", "https,gopher"})
  void refusesASettingThatNamesAnUnknownScheme(String schemes) {
    assertThatThrownBy(() -> new FetchRules(TestSettings.of("schemes", schemes)))
        .hasMessageContaining("etc/io.segue.sidecar.fetch.cfg: schemes must be of");
  }

  @ParameterizedTest
  @CsvSource({"connectTimeoutMs", "readTimeoutMs"})
  void refusesATimeoutOfNothing(String key) {
    assertThatThrownBy(() -> new FetchRules(TestSettings.of(key, 0)))
        .hasMessageContaining(key + " must be 1 or more");
  }

  @Test
  void refusesALimitOfNothing() {
    assertThatThrownBy(() -> new FetchRules(TestSettings.of("maxBytes", 0L)))
        .hasMessageContaining("maxBytes must be 1 or more");
  }

  @Test
  void letsAnArtifactHave64MebibytesUnlessTold() {
    assertThat(rules().maxBytes).isEqualTo(67_108_864);
  }

  private static FetchRules rules() {
    return new FetchRules(TestSettings.of());
  }
}
