package io.segue.kernel.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.upgrade.PlanInfo;
import io.segue.kernel.api.upgrade.PlanInfo.Kind;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanInfosTest {
  private static final String HEX = "0123456789abcdef".repeat(4);
  private static final String URL = "https://example.com/v2.zip?checksum=sha256:" + HEX;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "{}",
        "some info",
        "see https://example.com/notes for more",
        "[v2] notes",
        "{\"other\":{\"deep\":[1,2,{\"a\":null}]}}"
      })
  void bindsNothingWhereNothingIsNamed(String info) {
    PlanInfo read = PlanInfos.parse(info);
    assertThat(read.kind()).isEqualTo(Kind.NOT_BOUND);
    assertThat(read.url()).isEmpty();
    assertThat(read.sha256()).isEmpty();
    assertThat(read.sidecar()).isEqualTo("fetch");
    assertThat(read.parameters()).isEmpty();
  }

  @Test
  void readsTheArtifactOfAnyPlatform() {
    PlanInfo read =
        PlanInfos.parse(
            " {\"binaries\":{\"linux/amd64\":\"nonsense\",\"any\":\"" + URL + "\"},\"x\":1} ");
    assertThat(read.kind()).isEqualTo(Kind.ARTIFACT);
    assertThat(read.url()).contains("https://example.com/v2.zip");
    assertThat(read.sha256()).contains(HEX);
    assertThat(read.sidecar()).isEqualTo("fetch");
  }

  @Test
  void readsAUrlOfSuchJson() {
    PlanInfo read = PlanInfos.parse("https://example.com/v2.json?checksum=sha256:" + HEX);
    assertThat(read.kind()).isEqualTo(Kind.INDIRECT);
    assertThat(read.url()).contains("https://example.com/v2.json");
  }

  @Test
  void keepsTheOtherParametersOfAUrlAndLowersTheDigest() {
    PlanInfo read =
        PlanInfos.parse(
            "http://127.0.0.1:8080/a?b=1&checksum=sha256:" + HEX.toUpperCase(Locale.ROOT) + "&c=2");
    assertThat(read.url()).contains("http://127.0.0.1:8080/a?b=1&c=2");
    assertThat(read.sha256()).contains(HEX);
  }

  @Test
  void readsTheSidecarAndItsParameters() {
    PlanInfo read =
        PlanInfos.parse(
            "{\"binaries\":{\"any\":\""
                + URL
                + "\"},"
                + "\"sidecar\":{\"name\":\"exec\",\"z\":\"1\",\"command\":\"build\"}}");
    assertThat(read.sidecar()).isEqualTo("exec");
    assertThat(read.parameters().toString()).isEqualTo("{command=build, z=1}");
    assertThatThrownBy(() -> read.parameters().put("a", "b"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"binaries\":",
        "{\"binaries\":{}",
        "{'binaries':{}}",
        "{\"binaries\":{},}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":[[[[[[[[[[1]]]]]]]]]]}",
        "{\"a\":nul}"
      })
  void refusesBrokenJson(String info) {
    assertThatThrownBy(() -> PlanInfos.parse(info))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "what starts with { must be JSON, with every member once and at most 8 levels deep");
  }

  @Test
  void refusesWhatCarriesNoChecksum() {
    refuses(
        "https://example.com/v2.json",
        "'https://example.com/v2.json' has no checksum; add ?checksum=sha256:<64 hex digits>");
    refuses("{\"binaries\":{\"any\":\"https://example.com/v2.zip?a=b\"}}", "has no checksum");
  }

  @Test
  void refusesOtherChecksumsAndTwo() {
    refuses(
        "https://example.com/a?checksum=md5:00112233445566778899aabbccddeeff",
        "is not sha256: and 64 hex digits");
    refuses("https://example.com/a?checksum=sha256:abc", "is not sha256: and 64 hex digits");
    refuses(
        "https://example.com/a?checksum=sha256:" + HEX + "&checksum=sha256:" + HEX,
        "has two checksums");
  }

  @Test
  void refusesMembersOfAnotherForm() {
    refuses("{\"binaries\":[]}", "member binaries must be an object");
    refuses("{\"binaries\":{\"any\":7}}", "member any of binaries must be a text in quotes");
    refuses("{\"binaries\":{\"any\":\"v2.zip\"}}", "'v2.zip' is no URL");
    refuses("{\"sidecar\":{}}", "member sidecar needs a member name");
    refuses("{\"sidecar\":{\"name\":\"a\",\"b\":{}}}", "member b of sidecar must be a text");
    refuses("{} and more", "must be JSON");
    refuses("{}{}", "something follows the JSON object");
  }

  @Test
  void refusesWhatBindsNothingThoughItLooksAsIfItDid() {
    refuses("{\"binaries\":{}}", "member binaries lacks \"any\"");
    refuses("{\"binaries\":{\"linux/amd64\":\"" + URL + "\"}}", "member binaries lacks \"any\"");
    refuses("{\"binaries\":{\"Any\":\"" + URL + "\"}}", "member binaries lacks \"any\"");
    refuses("\uFEFF{\"binaries\":{\"any\":\"" + URL + "\"}}", "remove the mark");
    refuses(" \uFEFF" + URL, "remove the mark");
  }

  private static void refuses(String info, String reason) {
    assertThatThrownBy(() -> PlanInfos.parse(info))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
