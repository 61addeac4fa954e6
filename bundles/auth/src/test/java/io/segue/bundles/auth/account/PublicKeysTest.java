package io.segue.bundles.auth.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.segue.bundles.auth.TestPlatform;
import io.segue.bundles.auth.Vectors;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.crypto.secp256k1.PubKey;
import io.segue.kernel.api.module.ModuleException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicKeysTest {
  private final PublicKeys keys = new PublicKeys(new TestPlatform().crypto());

  @Test
  void haveTheAddressesThatWalletsShow() throws Exception {
    for (Vectors.Vector vector : Vectors.object("keys.json").objects("keys")) {
      byte[] key = keys.bytes(Any.parseFrom(vector.hex("pubkey_any_hex")));
      assertThat(key).isEqualTo(vector.hex("pubkey_compressed_hex"));
      byte[] address = keys.address(key);
      assertThat(HexFormat.of().formatHex(address)).isEqualTo(vector.text("address_hex"));
      Vectors.Vector texts = vector.object("bech32");
      assertThat(new Addresses("cosmos").account(address)).isEqualTo(texts.text("cosmos"));
      assertThat(new Addresses("cosmos").operator(address)).isEqualTo(texts.text("cosmosvaloper"));
      assertThat(new Addresses("upg").account(address)).isEqualTo(texts.text("upg"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/cosmos.crypto.ed25519.PubKey, 8, ED25519 public keys are unsupported",
    "/cosmos.crypto.multisig.LegacyAminoPubKey, 8, multisig public keys are unsupported",
    "/cosmos.bank.v1beta1.MsgSend, 2, no concrete type registered",
    "/cosmos.crypto.secp256k1.PubKey, 8, a secp256k1 key has 33 bytes"
  })
  void ofOtherKindsAreRefused(String typeUrl, int code, String why) {
    Any key =
        Any.newBuilder()
            .setTypeUrl(typeUrl)
            .setValue(
                PubKey.newBuilder()
                    .setKey(ByteString.copyFrom(new byte[32]))
                    .build()
                    .toByteString())
            .build();
    assertThatThrownBy(() -> keys.bytes(key))
        .isInstanceOfSatisfying(ModuleException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(why);
  }
}
