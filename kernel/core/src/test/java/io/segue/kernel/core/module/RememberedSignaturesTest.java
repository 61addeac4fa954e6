package io.segue.kernel.core.module;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.module.Crypto;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RememberedSignaturesTest {
  private int verifications;
  private final Crypto crypto =
      new Crypto() {
        @Override
        public boolean verifySecp256k1(byte[] digest, byte[] signature, byte[] publicKey) {
          verifications++;
          return signature[0] == 1;
        }

        @Override
        public byte[] ripemd160(byte[] data) {
          return data;
        }
      };
  private final RememberedSignatures remembered = new RememberedSignatures(crypto, 10);

  @Test
  void verifiesARightSignatureOnce() {
    assertThat(verify(1, 1, 1)).isTrue();
    assertThat(verify(1, 1, 1)).isTrue();
    assertThat(verifications).isEqualTo(1);
  }

  @Test
  void verifiesAWrongSignatureEachTime() {
    assertThat(verify(1, 2, 1)).isFalse();
    assertThat(verify(1, 2, 1)).isFalse();
    assertThat(verifications).isEqualTo(2);
  }

  @Test
  void everyPartCounts() {
    verify(1, 1, 1);
    verify(2, 1, 1);
    verify(1, 1, 2);
    assertThat(verifications).isEqualTo(3);
    byte[] digest = new byte[32];
    remembered.verifySecp256k1(digest, new byte[] {1, 2}, new byte[] {3});
    remembered.verifySecp256k1(digest, new byte[] {1}, new byte[] {2, 3});
    assertThat(verifications).isEqualTo(5);
  }

  @Test
  void leavesMalformedInputToTheCrypto() {
    remembered.verifySecp256k1(new byte[3], new byte[] {1}, new byte[1]);
    remembered.verifySecp256k1(new byte[3], new byte[] {1}, new byte[1]);
    assertThat(verifications).isEqualTo(2);
  }

  @Test
  void keepsTheLatestSignaturesAndForgetsTheOldest() {
    for (int i = 0; i < 1000; i++) {
      verify(i, 1, 1);
    }
    verifications = 0;
    for (int i = 990; i < 1000; i++) {
      verify(i, 1, 1);
    }
    assertThat(verifications).isZero();
    verify(0, 1, 1);
    assertThat(verifications).isEqualTo(1);
  }

  @Test
  void hashesAsTheCryptoDoes() {
    assertThat(remembered.ripemd160(new byte[] {7})).containsExactly(7);
  }

  private boolean verify(int digest, int signature, int key) {
    byte[] bytes = ByteBuffer.allocate(32).putInt(28, digest).array();
    byte[] signed = new byte[64];
    Arrays.fill(signed, (byte) signature);
    byte[] publicKey = new byte[33];
    Arrays.fill(publicKey, (byte) key);
    return remembered.verifySecp256k1(bytes, signed, publicKey);
  }
}
