package io.segue.bundles.shell.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TypedLineTest {
  @Test
  void startsEmpty() {
    assertThat(TypedLine.of("")).isEqualTo(new TypedLine(List.of(), "", 0));
  }

  @Test
  void isInTheMiddleOfAWordOrBehindOne() {
    assertThat(TypedLine.of("upgrade:dep")).isEqualTo(new TypedLine(List.of(), "upgrade:dep", 0));
    assertThat(TypedLine.of("store:get  ba"))
        .isEqualTo(new TypedLine(List.of("store:get"), "ba", 11));
    assertThat(TypedLine.of("store:get bank "))
        .isEqualTo(new TypedLine(List.of("store:get", "bank"), "", 15));
  }

  @Test
  void knowsTheCommandBehindAPipeOrASemicolonAlone() {
    assertThat(TypedLine.of("node:status | gr")).isEqualTo(new TypedLine(List.of(), "gr", 14));
    assertThat(TypedLine.of("x=1;store:get a").words()).containsExactly("store:get");
  }

  @Test
  void keepsQuotedBlanksTogether() {
    assertThat(TypedLine.of("store:get 'a | b' c").words()).containsExactly("store:get", "a | b");
    assertThat(TypedLine.of("store:get \"a b").start()).isEqualTo("\"a b");
  }
}
