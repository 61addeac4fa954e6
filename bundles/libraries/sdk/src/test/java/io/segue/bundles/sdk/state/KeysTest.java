package io.segue.bundles.sdk.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.sdk.JsonParts.Part;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final Comparator<String> BY_CODE_POINTS =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
  private static final Comparator<byte[]> BY_LENGTH =
      Comparator.<byte[]>comparingInt(a -> a.length).thenComparing(Arrays::compareUnsigned);
  private static final int KEYS = 200;

  @Test
  void numbersKeepTheirOrder() {
    check(Keys.u32(), random -> random.nextLong() & 0xffff_ffffL, Long::compare);
    check(Keys.u64(), Random::nextLong, Long::compareUnsigned);
    check(Keys.i64(), Random::nextLong, Long::compare);
  }

  @Test
  void textKeepsItsOrder() {
    check(Keys.text(), KeysTest::text, BY_CODE_POINTS);
    check(Keys.terminatedText(), KeysTest::text, BY_CODE_POINTS);
    check(
        Keys.shortText(),
        KeysTest::text,
        Comparator.<String>comparingInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
            .thenComparing(BY_CODE_POINTS));
  }

  @Test
  void bytesAndAddressesKeepTheirOrder() {
    check(Keys.bytes(), KeysTest::bytes, Arrays::compareUnsigned);
    check(Keys.address(), KeysTest::bytes, BY_LENGTH);
  }

  @Test
  void timesKeepTheirOrder() {
    check(
        Keys.time(),
        random -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
        Comparator.naturalOrder());
  }

  @Test
  void pairsAndTriplesAreOrderedPartByPart() {
    check(
        Keys.pair(Keys.terminatedText(), Keys.address()),
        random -> Pair.of(text(random), bytes(random)),
        Comparator.<Pair<String, byte[]>, String>comparing(Pair::first, BY_CODE_POINTS)
            .thenComparing(Pair::second, BY_LENGTH));
    check(
        Keys.triple(Keys.address(), Keys.i64(), Keys.text()),
        random -> Triple.of(bytes(random), (long) random.nextInt(3) - 1, text(random)),
        Comparator.<Triple<byte[], Long, String>, byte[]>comparing(Triple::first, BY_LENGTH)
            .thenComparing(Triple::second)
            .thenComparing(Triple::third, BY_CODE_POINTS));
  }

  @Test
  void aKeyThatEndsItselfBeginsNoOtherOne() {
    endsItself(Keys.u32(), random -> random.nextLong() & 0xffff_ffffL);
    endsItself(Keys.u64(), Random::nextLong);
    endsItself(Keys.i64(), Random::nextLong);
    endsItself(Keys.terminatedText(), KeysTest::text);
    endsItself(Keys.shortText(), KeysTest::text);
    endsItself(Keys.address(), KeysTest::bytes);
    endsItself(
        Keys.pair(Keys.terminatedText(), Keys.address()),
        random -> Pair.of(text(random), bytes(random)));
    assertThat(Keys.text().endsItself()).isFalse();
    assertThat(Keys.bytes().endsItself()).isFalse();
    assertThat(Keys.pair(Keys.u64(), Keys.text()).endsItself()).isFalse();
  }

  @Test
  void lookAsTheyAreDrawn() {
    assertThat(hex(Keys.u32(), 258L)).isEqualTo("00000102");
    assertThat(hex(Keys.u64(), 258L)).isEqualTo("0000000000000102");
    assertThat(hex(Keys.i64(), -1L)).isEqualTo("7fffffffffffffff");
    assertThat(hex(Keys.text(), "az")).isEqualTo("617a");
    assertThat(hex(Keys.terminatedText(), "aé")).isEqualTo("61c3a900");
    assertThat(hex(Keys.shortText(), "aé")).isEqualTo("0361c3a9");
    assertThat(hex(Keys.address(), new byte[] {7, 8})).isEqualTo("020708");
    assertThat(hex(Keys.pair(Keys.terminatedText(), Keys.address()), Pair.of("a", new byte[] {7})))
        .isEqualTo("61000107");
    assertThat(new String(Keys.time().bytes(Instant.EPOCH), StandardCharsets.US_ASCII))
        .isEqualTo("1970-01-01T00:00:00.000000000");
  }

  @Test
  void refuseWhatTheyCanNotSay() {
    refused(() -> Keys.u32().bytes(-1L), "-1 is no key of 4 bytes, those are from 0 to 4294967295");
    refused(() -> Keys.u32().bytes(1L << 32), "4294967296 is no key of 4 bytes");
    refused(() -> Keys.terminatedText().bytes("a\0b"), "a text with a character 0");
    refused(() -> Keys.shortText().bytes("é".repeat(128)), "a text of 256 bytes, at most 255");
    refused(() -> Keys.address().bytes(new byte[256]), "an address of 256 bytes, at most 255");
    refused(() -> Keys.pair(Keys.text(), Keys.u64()), "must show where it ends");
    refused(() -> Keys.triple(Keys.u64(), Keys.bytes(), Keys.u64()), "must show where it ends");
    refused(() -> Keys.u64().ofJson(part("\"x\"")), "x");
    refused(() -> Keys.time().ofJson(part("\"soon\"")), "\"soon\" is no time");
    refused(
        () -> Keys.pair(Keys.u64(), Keys.u64()).ofJson(part("[\"1\"]")),
        "a key has 1 parts instead of 2");
  }

  @Test
  void sayWhereAStoredKeyIsDamaged() {
    assertThatThrownBy(() -> Keys.u64().read(new KeyReader(new byte[7], 0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("00000000000000");
    assertThatThrownBy(() -> Keys.address().read(new KeyReader(new byte[] {3, 1}, 0)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Keys.terminatedText().read(new KeyReader(new byte[] {'a'}, 0)))
        .isInstanceOf(IllegalStateException.class);
  }

  /** Order of bytes is order of keys, and keys come back from bytes and from JSON. */
  private static <K> void check(KeyCodec<K> codec, Function<Random, K> make, Comparator<K> order) {
    List<K> keys = keys(make);
    for (K one : keys) {
      byte[] bytes = codec.bytes(one);
      KeyReader in = new KeyReader(bytes, 0);
      assertThat(codec.bytes(codec.read(in))).isEqualTo(bytes);
      assertThat(in.left()).isZero();
      assertThat(codec.bytes(codec.ofJson(part(codec.json(one))))).isEqualTo(bytes);
      for (K other : keys) {
        assertThat(Integer.signum(Arrays.compareUnsigned(bytes, codec.bytes(other))))
            .as("%s and %s", codec.json(one), codec.json(other))
            .isEqualTo(Integer.signum(order.compare(one, other)));
      }
    }
  }

  private static <K> void endsItself(KeyCodec<K> codec, Function<Random, K> make) {
    assertThat(codec.endsItself()).isTrue();
    List<byte[]> all = keys(make).stream().map(codec::bytes).toList();
    for (byte[] one : all) {
      for (byte[] other : all) {
        boolean begins =
            one.length < other.length && Arrays.equals(one, 0, one.length, other, 0, one.length);
        assertThat(begins).isFalse();
      }
    }
  }

  private static <K> List<K> keys(Function<Random, K> make) {
    Random random = new Random(7);
    List<K> keys = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      keys.add(make.apply(random));
    }
    return keys;
  }

  /** Few letters and short, so that one often begins with the other. */
  private static String text(Random random) {
    int[] letters = {'a', 'b', 0x7f, 'é', 0xffff, 0x1f600, 1};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }

  private static byte[] bytes(Random random) {
    byte[] letters = {0, 1, 2, 0x7f, (byte) 0x80, (byte) 0xff};
    byte[] bytes = new byte[random.nextInt(4)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = letters[random.nextInt(letters.length)];
    }
    return bytes;
  }

  private static <K> String hex(KeyCodec<K> codec, K key) {
    return HexFormat.of().formatHex(codec.bytes(key));
  }

  private static Part part(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return new Part(bytes, 0, bytes.length);
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable work, String reason) {
    assertThatThrownBy(work)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
