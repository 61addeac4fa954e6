package io.segue.bundles.consensus.solo.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ProtoReaderTest {
  @Test
  void writesNumbersAsProtobufDoes() {
    assertThat(hex(new ProtoWriter(0).number(1, 300))).isEqualTo("08ac02");
    assertThat(hex(new ProtoWriter(0).number(2, -1))).isEqualTo("10ffffffffffffffffff01");
    assertThat(hex(new ProtoWriter(0).number(1, 0))).isEmpty();
    assertThat(hex(new ProtoWriter(0).fixed64(2, 1))).isEqualTo("110100000000000000");
  }

  @Test
  void writesNestedMessagesOfAnyLength() {
    for (int length : new int[] {0, 1, 127, 128, 16383, 16384, 70000}) {
      ProtoWriter out = new ProtoWriter(4);
      int mark = out.begin(3);
      out.bytes(1, new byte[length]);
      out.end(mark).number(4, 7);
      ProtoReader in = new ProtoReader(out.toBytes());
      assertThat(in.next()).isEqualTo(3);
      ProtoReader nested = in.message();
      if (length > 0) {
        assertThat(nested.next()).isEqualTo(1);
        assertThat(nested.bytes()).hasSize(length);
      }
      assertThat(nested.next()).isZero();
      assertThat(in.next()).isEqualTo(4);
      assertThat(in.number()).isEqualTo(7);
    }
  }

  @Test
  void writesTextOfAnyScript() {
    String text = "Grüße, 世界 \uD83D\uDE80";
    ProtoReader in = new ProtoReader(new ProtoWriter(0).text(1, text).toBytes());
    assertThat(in.next()).isEqualTo(1);
    assertThat(in.text()).isEqualTo(text);
  }

  @Test
  void knowsGosZeroTime() {
    Instant zero = Instant.parse("0001-01-01T00:00:00Z");
    byte[] bytes = new ProtoWriter(0).timestamp(1, zero).toBytes();
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("0a0b088092b8c398feffffff01");
    ProtoReader in = new ProtoReader(bytes);
    assertThat(in.next()).isEqualTo(1);
    assertThat(in.timestamp()).isEqualTo(zero);
  }

  @Test
  void passesOverFieldsItDoesNotKnow() {
    ProtoWriter out = new ProtoWriter(0).number(9, 1).fixed64(10, 2).bytes(11, new byte[3]);
    ProtoReader in = new ProtoReader(out.number(1, 5).toBytes());
    for (int field = in.next(); field != 1; field = in.next()) {
      in.skip();
    }
    assertThat(in.number()).isEqualTo(5);
  }

  @Test
  void refusesFieldsThatPassTheEnd() {
    byte[] cut = {0x0a, 0x7f, 0x01};
    ProtoReader in = new ProtoReader(cut);
    in.next();
    assertThatThrownBy(in::bytes)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("127");
  }

  private static String hex(ProtoWriter out) {
    return HexFormat.of().formatHex(out.toBytes());
  }
}
