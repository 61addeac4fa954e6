package io.segue.bundles.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.sdk.JsonParts.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPartsTest {
  @Test
  void cutsAnObjectIntoItsMembers() {
    Map<String, Part> members =
        members(" { \"a\" : [1, {\"b\":\"}\"}] , \"c\":\"x\\\"y\", \"d\":null,\"e\":-1.5E+3}");
    assertThat(members.keySet()).containsExactly("a", "c", "d", "e");
    assertThat(json(members, "a")).isEqualTo("[1, {\"b\":\"}\"}]");
    assertThat(json(members, "c")).isEqualTo("\"x\\\"y\"");
    assertThat(json(members, "d")).isEqualTo("null");
    assertThat(json(members, "e")).isEqualTo("-1.5E+3");
    assertThat(members("{}")).isEmpty();
  }

  @Test
  void visitsTheElementsOfAnArrayInOrder() {
    List<String> elements = new ArrayList<>();
    JsonParts.elements(part(" [ 1,\"two\" , [3] ,{\"four\":4}]"), e -> elements.add(e.json()));
    assertThat(elements).containsExactly("1", "\"two\"", "[3]", "{\"four\":4}");
    JsonParts.elements(part("[ ]"), e -> elements.add("never"));
    assertThat(elements).hasSize(4);
  }

  @Test
  void readsStringsAndNumbers() {
    assertThat(JsonParts.string(part("\"\\\"a\\\\\\/\\n\\t\\u00e4ö\""))).isEqualTo("\"a\\/\n\täö");
    assertThat(JsonParts.unsigned(part("\"18446744073709551615\""))).isEqualTo(-1);
    assertThat(JsonParts.unsigned(part("7"))).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"-1\"", "\"abc\"", "1.5", "\"18446744073709551616\"", "null"})
  void refusesWhatIsNoNumber(String json) {
    assertThatThrownBy(() -> JsonParts.unsigned(part(json)))
        .hasMessageContaining("expected a number from 0 to 2^64-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "[]",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "{a:1}",
        "{\"a\":\"}",
        "{\"a\":[1}",
        "{\"a\":1,\"a\":2}"
      })
  void refusesWhatIsNoObjectAndNamesThePlace(String json) {
    assertThatThrownBy(() -> members(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("JSON at byte ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "7"})
  void refusesWhatIsNoString(String json) {
    assertThatThrownBy(() -> JsonParts.string(part(json)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void limitsTheNesting() {
    String deep = "[".repeat(JsonParts.MAX_DEPTH + 1) + "]".repeat(JsonParts.MAX_DEPTH + 1);
    assertThatThrownBy(() -> members("{\"a\":" + deep + "}"))
        .hasMessageContaining("nested deeper than " + JsonParts.MAX_DEPTH);
  }

  private static Map<String, Part> members(String json) {
    return JsonParts.members(json.getBytes(UTF_8));
  }

  private static String json(Map<String, Part> members, String name) {
    return java.util.Objects.requireNonNull(members.get(name)).json();
  }

  private static Part part(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    return new Part(bytes, 0, bytes.length);
  }
}
