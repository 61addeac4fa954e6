package io.segue.bundles.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;

/** Every request has an answer with a status, and no failure of the code. */
class RestApiFuzzTest {
  private static final FakeChain CHAIN = new FakeChain();
  private static final RestApi API = new RestApi(CHAIN, CHAIN);

  /** Lines: method, target, height, and the body. */
  @FuzzTest
  void answersWhatIsAsked(byte[] input) {
    String[] lines = new String(input, UTF_8).split("\n", 4);
    if (lines.length < 4) {
      return;
    }
    String[] target = lines[1].split("\\?", 2);
    RestAnswer answer =
        API.answer(
            new RestRequest(
                lines[0],
                target[0],
                target.length == 1 ? "" : target[1],
                Optional.of(lines[2]).filter(height -> !height.isEmpty()),
                lines[3].getBytes(UTF_8)));
    assertThat(answer.status()).isBetween(200, 503);
    assertThat(answer.body()).isNotEmpty();
  }
}
