package io.segue.bundles.gov;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What a Cosmos SDK 0.50.9 chain answered, as it was recorded. */
final class Vectors {
  private static final Struct ALL = read();

  private Vectors() {}

  /** The entries of a list. */
  static Stream<Struct> list(String name) {
    return ALL.getFieldsOrThrow(name).getListValue().getValuesList().stream()
        .map(Value::getStructValue);
  }

  /** The entry of a list whose field is {@code value}, or else the first that starts with it. */
  static Struct entry(String list, String field, String value) {
    return list(list)
        .filter(entry -> text(entry, field).equals(value))
        .findFirst()
        .or(() -> list(list).filter(entry -> text(entry, field).startsWith(value)).findFirst())
        .orElseThrow(() -> new AssertionError("no entry of " + list + " is " + value));
  }

  static String text(Struct entry, String field) {
    return entry.getFieldsOrThrow(field).getStringValue();
  }

  static int number(Struct entry, String field) {
    return (int) entry.getFieldsOrThrow(field).getNumberValue();
  }

  static byte[] hex(Struct entry, String field) {
    return HexFormat.of().parseHex(text(entry, field));
  }

  static boolean hasEvents(String recorded) {
    return ALL.getFieldsOrThrow("events").getStructValue().containsFields(recorded);
  }

  /** The events of a case, without those of fees and signatures. */
  static List<String> events(String recorded) {
    return ALL
        .getFieldsOrThrow("events")
        .getStructValue()
        .getFieldsOrThrow(recorded)
        .getListValue()
        .getValuesList()
        .stream()
        .map(Value::getStringValue)
        .toList();
  }

  private static Struct read() {
    try (InputStream in = Vectors.class.getResourceAsStream("/gov-vectors.json")) {
      Struct.Builder all = Struct.newBuilder();
      JsonFormat.parser().merge(new String(in.readAllBytes(), StandardCharsets.UTF_8), all);
      return all.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
