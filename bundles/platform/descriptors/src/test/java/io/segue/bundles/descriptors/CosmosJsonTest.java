package io.segue.bundles.descriptors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.segue.bundles.descriptors.FieldForm.Number;
import io.segue.bundles.sdk.proto.auth.BaseAccount;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.base.PageResponse;
import io.segue.bundles.sdk.proto.crypto.secp256k1.PubKey;
import io.segue.bundles.sdk.proto.govv1beta1.TallyParams;
import io.segue.bundles.sdk.proto.staking.CommissionRates;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.kernel.testkit.modules.RandomMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CosmosJsonTest {
  private final Types types = SdkTypes.types();
  private final CosmosJson json = types.json();

  @Test
  void passesOverWhatTheMessageLacksInTheBodyOfARequest() {
    byte[] body = "{\"nope\":{\"a\":[1]},\"to_address\":\"x\"}".getBytes(UTF_8);
    assertThat(json.parseKnown(MsgSend.getDescriptor(), body).toByteString())
        .isEqualTo(MsgSend.newBuilder().setToAddress("x").build().toByteString());
  }

  @Test
  void readsWhatItWritesOfEveryType() {
    List<FileDescriptor> files = new ArrayList<>(SdkTypes.FILES);
    SdkTypes.FILES.forEach(file -> files.addAll(file.getDependencies()));
    List<String> held = List.of("/cosmos.bank.v1beta1.MsgSend", "/cosmos.crypto.secp256k1.PubKey");
    for (long seed = 0; seed < 20; seed++) {
      RandomMessages messages =
          new RandomMessages(files, Map.of(".", List.of("a", "b")), seed).holding(".", held);
      for (FileDescriptor file : SdkTypes.FILES) {
        for (Descriptor type : file.getMessageTypes()) {
          Message message = plain(messages.next("/" + type.getFullName()));
          byte[] printed = json.print(message);
          Descriptor known = types.message("/" + type.getFullName()).orElseThrow();
          assertThat(json.parse(known, printed).toByteString())
              .as(new String(printed, UTF_8))
              .isEqualTo(message.toByteString());
        }
      }
    }
  }

  @Test
  void writesEveryFieldAsTheCosmosSdkDoes() {
    assertThat(print(PageResponse.getDefaultInstance()))
        .isEqualTo("{\"next_key\":null,\"total\":\"0\"}");
    assertThat(
            print(
                BaseAccount.newBuilder()
                    .setPubKey(any("/cosmos.crypto.secp256k1.PubKey", PubKey.getDefaultInstance()))
                    .setSequence(-1)
                    .build()))
        .isEqualTo(
            "{\"address\":\"\",\"pub_key\":{\"@type\":\"/cosmos.crypto.secp256k1.PubKey\","
                + "\"key\":null},\"account_number\":\"0\",\"sequence\":\"18446744073709551615\"}");
    assertThat(print(Validator.newBuilder().setTokens("5").setStatusValue(3).build()))
        .contains("\"status\":\"BOND_STATUS_BONDED\"", "\"unbonding_time\":null")
        .contains("\"delegator_shares\":\"0.000000000000000000\"", "\"unbonding_ids\":[]");
    assertThat(print(CommissionRates.newBuilder().setRate("100000000000000000").build()))
        .contains("\"rate\":\"0.100000000000000000\"");
    assertThat(print(TallyParams.newBuilder().setQuorum(ByteString.copyFromUtf8("-334")).build()))
        .contains("\"quorum\":\"-0.000000000000000334\"", "\"threshold\":\"0.0000");
  }

  @Test
  void writesTheBytesOfWhatNobodyDescribes() {
    Any unknown = any("/a.B", MsgSend.newBuilder().setToAddress("x").build());
    assertThat(print(unknown)).isEqualTo("{\"@type\":\"/a.B\",\"@value\":\"EgF4\"}");
    assertThat(json.parse(type("/google.protobuf.Any"), json.print(unknown)).toByteString())
        .isEqualTo(unknown.toByteString());
    Any malformed =
        Any.newBuilder()
            .setTypeUrl("/cosmos.bank.v1beta1.MsgSend")
            .setValue(ByteString.copyFrom(new byte[] {(byte) 0xff}))
            .build();
    assertThat(print(malformed)).endsWith("\"@value\":\"/w==\"}");
  }

  @Test
  void goesNoDeeperThanItsLimit() {
    Any deep = Any.getDefaultInstance();
    for (int i = 0; i < 3 * CosmosJson.MAX_DEPTH; i++) {
      deep = any("/google.protobuf.Any", deep);
    }
    assertThat(print(deep)).contains("@value");
    String arrays = "{\"x\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}";
    assertThatThrownBy(() -> json.parse(type("/cosmos.bank.v1beta1.MsgSend"), bytes(arrays)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("depth");
  }

  @Test
  void saysTimesThatHaveNoTextAsTheirNumbers() {
    assertThat(print(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE).build()))
        .isEqualTo("{\"seconds\":\"9223372036854775807\",\"nanos\":0}");
    assertThat(print(Timestamp.newBuilder().setSeconds(-62_135_596_800L).build()))
        .isEqualTo("\"0001-01-01T00:00:00Z\"");
    assertThat(print(Timestamp.newBuilder().setSeconds(1).setNanos(985_466_390).build()))
        .isEqualTo("\"1970-01-01T00:00:01.985466390Z\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"nope\":1}|unknown field \"nope\" in cosmos.bank.v1beta1.MsgSend",
        "[]|expected an object",
        "{\"amount\":{}}|amount: expected an array",
        "{\"amount\":[{\"denom\":1}]}|amount[0].denom: expected a string",
        "{\"amount\":[|invalid JSON",
        "{} {}|invalid JSON",
        "{\"amount\":[],\"amount\":[]}|invalid JSON: Duplicate field",
        "{\"to_address\":\"a\",\"toAddress\":\"b\"}|toAddress: stands twice",
      })
  void refusesWhatDoesNotFit(String text, String why) {
    assertThatThrownBy(() -> json.parse(type("/cosmos.bank.v1beta1.MsgSend"), bytes(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e2147483647", "1e400", "1.5", "-1", "1e-2147483646"})
  void spellsOutNoNumberThatFitsNowhere(String number) {
    assertThatThrownBy(
            () ->
                json.parse(
                    type("/cosmos.gov.v1.MsgVote"), bytes("{\"proposal_id\":" + number + "}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("proposal_id: strconv.ParseUint");
    assertThat(json.parse(type("/cosmos.gov.v1.MsgVote"), bytes("{\"proposal_id\":3.0e1}")))
        .hasToString("proposal_id: 30\n");
  }

  @Test
  void refusesWhatIsNoUtf8() {
    assertThatThrownBy(
            () ->
                json.parse(
                    type("/cosmos.bank.v1beta1.MsgSend"), new byte[] {'{', (byte) 0xff, '}'}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the JSON is not UTF-8");
  }

  /** Numbers that are texts hold numbers, and what nobody knows is left out. */
  private Message plain(Message message) {
    Message.Builder builder = message.toBuilder();
    builder.setUnknownFields(com.google.protobuf.UnknownFieldSet.getDefaultInstance());
    if (message.getDescriptorForType().getFullName().equals("google.protobuf.Any")) {
      return plainAny(message);
    }
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        if (field.isRepeated()) {
          List<Message> parts = new ArrayList<>();
          ((List<?>) message.getField(field)).forEach(part -> parts.add(plain((Message) part)));
          builder.setField(field, parts);
        } else if (message.hasField(field)) {
          builder.setField(field, plain((Message) message.getField(field)));
        }
      } else if (FieldForm.of(field).number() != Number.NONE) {
        builder.setField(
            field,
            field.getType() == FieldDescriptor.Type.BYTES
                ? ByteString.copyFromUtf8("70")
                : "123456789012345678901");
      }
    }
    return builder.build();
  }

  private Message plainAny(Message any) {
    Descriptor type = any.getDescriptorForType();
    String typeUrl = (String) any.getField(type.findFieldByNumber(1));
    if (typeUrl.isEmpty()) {
      return any.getDefaultInstanceForType();
    }
    try {
      Message content =
          DynamicMessage.parseFrom(
              type(typeUrl), (ByteString) any.getField(type.findFieldByNumber(2)));
      return any.toBuilder()
          .setUnknownFields(com.google.protobuf.UnknownFieldSet.getDefaultInstance())
          .setField(type.findFieldByNumber(2), plain(content).toByteString())
          .build();
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private Descriptor type(String typeUrl) {
    return types.message(typeUrl).orElseThrow();
  }

  private String print(Message message) {
    return new String(json.print(message), UTF_8);
  }

  private static Any any(String typeUrl, Message content) {
    return Any.newBuilder().setTypeUrl(typeUrl).setValue(content.toByteString()).build();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
