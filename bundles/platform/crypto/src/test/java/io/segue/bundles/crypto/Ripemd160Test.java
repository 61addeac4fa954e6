package io.segue.bundles.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ripemd160Test {
  @ParameterizedTest
  @CsvSource({
    "'', 9c1185a5c5e9fc54612808977ee8f548b2258d31",
    "a, 0bdc9d2d256b3ee9daae347be6f4dc835a467ffe",
    "abc, 8eb208f7e05d987a9b044a8e98c6b087f15a0bfc",
    "message digest, 5d0689ef49d2fae572b881b123a85ffa21595f36",
    "abcdefghijklmnopqrstuvwxyz, f71c27109c692c1b56bbdceb5b9d2865b3708dbc",
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq,"
        + "12a053384a9c0c88e405a06c27dcf49ada62eb2b",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789,"
        + "b0e20b6e3116640286ed3a87a5713079b21f5189",
  })
  void givesTheHashesThatItsAuthorsPublished(String message, String hash) {
    assertThat(hex(Ripemd160.hash(message.getBytes(US_ASCII)))).isEqualTo(hash);
  }

  @Test
  void givesThePublishedHashOfAMillionLetters() {
    byte[] message = "a".repeat(1_000_000).getBytes(US_ASCII);
    assertThat(hex(Ripemd160.hash(message))).isEqualTo("52783243c1697bdbe16d37f97f68f08325dc1528");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
