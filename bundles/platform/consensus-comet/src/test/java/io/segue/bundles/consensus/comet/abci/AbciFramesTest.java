package io.segue.bundles.consensus.comet.abci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.segue.bundles.consensus.comet.proto.Request;
import io.segue.bundles.consensus.comet.proto.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames that CometBFT v0.38.25 and v1.0.1 exchanged with an application. */
class AbciFramesTest {
  private static final int MAX = 1 << 20;

  /** A recorded frame; its fields as CometBFT has them. */
  record Recorded(String name, boolean request, byte[] payload, byte[] frame, JsonNode fields) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Recorded> frames() throws IOException {
    try (InputStream in = AbciFramesTest.class.getResourceAsStream("/abci_frames.json")) {
      return StreamSupport.stream(new ObjectMapper().readTree(in).spliterator(), false)
          .map(AbciFramesTest::recorded)
          .toList()
          .stream();
    }
  }

  private static Recorded recorded(JsonNode frame) {
    return new Recorded(
        frame.path("line").asText() + " " + frame.path("type").asText(),
        frame.path("direction").asText().equals("request"),
        HexFormat.of().parseHex(frame.path("payload_hex").asText()),
        HexFormat.of().parseHex(frame.path("frame_hex").asText()),
        frame.path("decoded"));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void everyFieldIsRead(Recorded frame) throws IOException {
    Message message =
        frame.request() ? Request.parseFrom(frame.payload()) : Response.parseFrom(frame.payload());
    assertFields(message, frame.fields());
  }

  @ParameterizedTest
  @MethodSource("frames")
  void aFrameIsReadHoweverItIsCut(Recorded frame) throws IOException {
    if (!frame.request()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Frames.write(out, Response.parseFrom(frame.payload()));
      assertThat(out.toByteArray()).isEqualTo(frame.frame());
      return;
    }
    Request whole = Request.parseFrom(frame.payload());
    for (int cut = 0; cut <= frame.frame().length; cut++) {
      InputStream in =
          new java.io.SequenceInputStream(
              new ByteArrayInputStream(frame.frame(), 0, cut),
              new ByteArrayInputStream(frame.frame(), cut, frame.frame().length - cut));
      assertThat(Frames.read(in, MAX)).isEqualTo(whole);
      assertThat(Frames.read(in, MAX)).isNull();
    }
  }

  @Test
  void aFrameThatEndsEarlyIsNoFrame() throws IOException {
    byte[] frame = frames().filter(Recorded::request).findFirst().orElseThrow().frame();
    for (int end = 1; end < frame.length; end++) {
      InputStream in = new ByteArrayInputStream(Arrays.copyOf(frame, end));
      assertThatThrownBy(() -> Frames.read(in, MAX)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void aMessageBeyondTheLimitIsRefusedBeforeItIsRead() {
    byte[] length = HexFormat.of().parseHex("ffffffff07");
    assertThatThrownBy(() -> Frames.read(new ByteArrayInputStream(length), MAX))
        .hasMessageContaining("2147483647 bytes; maxMessageBytes allows 1048576");
    byte[] beyondAll = HexFormat.of().parseHex("ffffffff0f");
    assertThatThrownBy(() -> Frames.read(new ByteArrayInputStream(beyondAll), MAX))
        .hasMessageContaining("4294967295 bytes");
  }

  private static void assertFields(Message message, JsonNode expected) {
    for (Map.Entry<String, JsonNode> field : expected.properties()) {
      Optional<FieldDescriptor> known =
          message.getDescriptorForType().getFields().stream()
              .filter(one -> one.getJsonName().equals(field.getKey()))
              .findFirst();
      if (known.isEmpty()) {
        assertThat(PASSED_OVER).contains(field.getKey());
      } else if (known.get().isRepeated()) {
        List<?> values = (List<?>) message.getField(known.get());
        assertThat(values).hasSize(field.getValue().size());
        for (int i = 0; i < values.size(); i++) {
          assertValue(values.get(i), field.getValue().get(i));
        }
      } else {
        assertValue(message.getField(known.get()), field.getValue());
      }
    }
  }

  private static void assertValue(Object value, JsonNode expected) {
    if (value instanceof Message message) {
      assertFields(message, expected);
    } else if (value instanceof ByteString bytes) {
      assertThat("hex:" + HexFormat.of().formatHex(bytes.toByteArray()))
          .isEqualTo(expected.asText());
    } else {
      assertThat(value.toString()).isEqualTo(expected.asText());
    }
  }

  /** What v1.0 sends and the kernel has no use for. */
  private static final List<String> PASSED_OVER = List.of("syncingToHeight", "synchrony");
}
