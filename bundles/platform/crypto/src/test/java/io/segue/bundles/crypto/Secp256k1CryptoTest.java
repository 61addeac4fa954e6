package io.segue.bundles.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class Secp256k1CryptoTest {
  private static final byte[] KEY =
      hex("024f4e2ad99c34d60b9ba6283c9431a8418af8673212961f97a77b6377fcd05b62");
  private static final byte[] DIGEST =
      hex("25c6ee6778321e43452ced262067664bfd4387c6e8fb3b00599f316ea8e0866e");
  private static final String R =
      "bbd23ad29ed73bace822a86a79182307f42a24b4e61e29396363ac569a70c334";
  private static final String S =
      "76fb2232bea539c150d9f7f919547ea203df97ce3592e56a0273f0e4772c657e";
  private static final String HIGH_S =
      "8904ddcd415ac63eaf260806e6ab815cb6cf451879b5bad1bd5e6da85909dbc3";
  private static final String ORDER =
      "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
  private static final byte[] SIGNATURE = hex(R + S);

  private final Secp256k1Crypto crypto = new Secp256k1Crypto();

  @Test
  void acceptsASignatureThatCosmJsMade() {
    assertThat(crypto.verifySecp256k1(DIGEST, SIGNATURE, KEY)).isTrue();
  }

  @Test
  void refusesTheSameSignatureWithHighS() {
    assertThat(crypto.verifySecp256k1(DIGEST, hex(R + HIGH_S), KEY)).isFalse();
  }

  @Test
  void refusesEveryChangeOfOneByte() {
    for (int i = 0; i < SIGNATURE.length; i++) {
      assertThat(crypto.verifySecp256k1(DIGEST, flipped(SIGNATURE, i), KEY)).isFalse();
    }
    for (int i = 0; i < DIGEST.length; i++) {
      assertThat(crypto.verifySecp256k1(flipped(DIGEST, i), SIGNATURE, KEY)).isFalse();
    }
    for (int i = 0; i < KEY.length; i++) {
      assertThat(crypto.verifySecp256k1(DIGEST, SIGNATURE, flipped(KEY, i))).isFalse();
    }
  }

  @Test
  void answersFalseForMalformedInput() {
    String zero = "00".repeat(32);
    Stream.of(
            new byte[0],
            new byte[63],
            new byte[64],
            new byte[65],
            hex(zero + S),
            hex(R + zero),
            hex(ORDER + S),
            hex(R + ORDER),
            hex("ff".repeat(64)))
        .forEach(s -> assertThat(crypto.verifySecp256k1(DIGEST, s, KEY)).isFalse());
    Stream.of(
            new byte[0],
            new byte[32],
            new byte[33],
            new byte[65],
            hex("02" + "ff".repeat(32)),
            hex("04" + "11".repeat(32)))
        .forEach(k -> assertThat(crypto.verifySecp256k1(DIGEST, SIGNATURE, k)).isFalse());
    Stream.of(new byte[0], new byte[31], new byte[33])
        .forEach(d -> assertThat(crypto.verifySecp256k1(d, SIGNATURE, KEY)).isFalse());
  }

  @Test
  void refusesADerSignatureAndAnUncompressedKey() {
    byte[] der = hex("3045022100" + R + "0220" + S);
    assertThat(crypto.verifySecp256k1(DIGEST, der, KEY)).isFalse();
  }

  @Test
  void servesSeveralThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Boolean> work =
          () -> {
            boolean all = true;
            for (int i = 0; i < 200; i++) {
              all &= crypto.verifySecp256k1(DIGEST, SIGNATURE, KEY);
              all &= !crypto.verifySecp256k1(DIGEST, flipped(SIGNATURE, i % 64), KEY);
            }
            return all;
          };
      for (var result : threads.invokeAll(java.util.List.of(work, work, work, work))) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static byte[] flipped(byte[] bytes, int index) {
    byte[] changed = bytes.clone();
    changed[index] ^= 1;
    return changed;
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
