package io.segue.bundles.auth.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.segue.bundles.auth.TestPlatform;
import io.segue.bundles.auth.TestSigner;
import io.segue.bundles.auth.Vectors;
import io.segue.bundles.sdk.AccountKey;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.crypto.multisig.LegacyAminoPubKey;
import io.segue.bundles.sdk.proto.crypto.secp256k1.PubKey;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.module.ModuleException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountKeysTest {
  private final Crypto crypto = new TestPlatform().crypto();

  @Test
  void haveTheAddressesThatWalletsShow() throws Exception {
    for (Vectors.Vector vector : Vectors.object("keys.json").objects("keys")) {
      AccountKey key = AccountKey.parse(Any.parseFrom(vector.hex("pubkey_any_hex")));
      byte[] address = key.address(crypto::ripemd160);
      assertThat(HexFormat.of().formatHex(address)).isEqualTo(vector.text("address_hex"));
      Vectors.Vector texts = vector.object("bech32");
      assertThat(new Addresses("cosmos").account(address)).isEqualTo(texts.text("cosmos"));
      assertThat(new Addresses("cosmos").operator(address)).isEqualTo(texts.text("cosmosvaloper"));
      assertThat(new Addresses("upg").account(address)).isEqualTo(texts.text("upg"));
    }
  }

  @Test
  void ofSeveralHoldersHaveTheAddressesOfCosmJs() throws Exception {
    for (Vectors.Vector vector : Vectors.object("cosmjs.json").objects("multisig")) {
      Any any = Any.parseFrom(vector.hex("pubkey_any_hex"));
      AccountKey key = AccountKey.parse(any);
      assertThat(new Addresses("cosmos").account(key.address(crypto::ripemd160)))
          .as(vector.toString())
          .isEqualTo(vector.text("address"));
      assertThat(key.toAny()).isEqualTo(any);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/cosmos.crypto.ed25519.PubKey, 8, ED25519 public keys are unsupported",
    "/cosmos.bank.v1beta1.MsgSend, 2, no concrete type registered",
    "/cosmos.crypto.secp256k1.PubKey, 8, a secp256k1 key has 33 bytes"
  })
  void ofOtherKindsAreRefused(String typeUrl, int code, String why) {
    refuses(any(typeUrl, 32), code, why);
  }

  @Test
  void ofSeveralHoldersHaveLimits() {
    refuses(multisig(0, TestSigner.A.key()), 8, "k <= 0");
    refuses(multisig(2, TestSigner.A.key()), 8, "len(pubKeys) < k");
    refuses(multisig(-1, TestSigner.A.key()), 8, "k <= 0");
    Any[] many = new Any[AccountKey.MAX_KEYS + 1];
    Arrays.fill(many, TestSigner.A.key());
    refuses(multisig(1, many), 14, "at most 100 keys");
    Any half = multisig(1, Arrays.copyOf(many, 51));
    refuses(multisig(1, half, half), 14, "at most 100 keys");
    Any deep = TestSigner.A.key();
    for (int i = 0; i < AccountKey.MAX_NESTING; i++) {
      deep = multisig(1, deep);
    }
    assertThat(AccountKey.parse(deep).count()).isOne();
    refuses(multisig(1, deep), 14, "nested at most 8");
  }

  private static void refuses(Any key, int code, String why) {
    assertThatThrownBy(() -> AccountKey.parse(key))
        .isInstanceOfSatisfying(ModuleException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(why);
  }

  private static Any multisig(int threshold, Any... keys) {
    LegacyAminoPubKey key =
        LegacyAminoPubKey.newBuilder()
            .setThreshold(threshold)
            .addAllPublicKeys(List.of(keys))
            .build();
    return Any.newBuilder()
        .setTypeUrl(AccountKey.Multisig.TYPE_URL)
        .setValue(key.toByteString())
        .build();
  }

  private static Any any(String typeUrl, int length) {
    return Any.newBuilder()
        .setTypeUrl(typeUrl)
        .setValue(
            PubKey.newBuilder()
                .setKey(ByteString.copyFrom(new byte[length]))
                .build()
                .toByteString())
        .build();
  }
}
