package io.segue.bundles.cli.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.cli.Vectors;
import io.segue.bundles.cli.keyring.Key;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.tx.TxBody;
import io.segue.bundles.sdk.proto.tx.TxRaw;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TxBuilderTest {
  static Stream<JsonNode> transactions() {
    return Vectors.of("tx_direct.json").stream();
  }

  @ParameterizedTest
  @MethodSource("transactions")
  void signsTheSameBytesAsCosmJs(JsonNode vector) throws InvalidProtocolBufferException {
    TxBody body = TxBody.parseFrom(HexFormat.of().parseHex(vector.path("body_bytes_hex").asText()));
    TxBuilder tx =
        new TxBuilder(
            body.getMessagesList(),
            vector.path("memo").asText(),
            vector.path("timeout_height").asLong(),
            coins(vector.path("fee").path("amount")),
            vector.path("fee").path("gas").asLong());
    byte[] signed =
        tx.sign(
            Vectors.key(vector.path("signer").asText()),
            vector.path("chain_id").asText(),
            vector.path("account_number").asLong(),
            vector.path("sequence").asLong());
    assertThat(HexFormat.of().formatHex(TxRaw.parseFrom(signed).getSignatures(0).toByteArray()))
        .isEqualTo(vector.path("signature_hex").asText());
    assertThat(HexFormat.of().formatHex(signed)).isEqualTo(vector.path("tx_raw_hex").asText());
  }

  @Test
  void namesATypeWithOneSlash() {
    assertThat(TxBuilder.any(MsgSend.getDefaultInstance()).getTypeUrl())
        .isEqualTo("/cosmos.bank.v1beta1.MsgSend");
  }

  @Test
  void leavesTheSignatureOfASimulationEmpty() throws InvalidProtocolBufferException {
    Key key = Vectors.key("cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4");
    TxRaw raw = TxRaw.parseFrom(TxBuilder.of(MsgSend.getDefaultInstance()).unsigned(key, 3));
    assertThat(raw.getSignaturesList()).singleElement().matches(signature -> signature.isEmpty());
  }

  private static Coins coins(JsonNode list) {
    List<Coins.Amount> amounts = new ArrayList<>();
    list.forEach(
        coin ->
            amounts.add(
                Coins.parseOne(coin.path("amount").asText() + coin.path("denom").asText())));
    return Coins.of(amounts);
  }
}
