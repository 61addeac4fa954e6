package io.segue.bundles.upgrade;

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

  static String text(Struct entry, String field) {
    return entry.getFieldsOrThrow(field).getStringValue();
  }

  static byte[] hex(Struct entry, String field) {
    return HexFormat.of().parseHex(text(entry, field));
  }

  /** The address of gov under a prefix. */
  static String govAddress(String prefix) {
    Struct addresses = ALL.getFieldsOrThrow("module_addresses").getStructValue();
    return text(addresses.getFieldsOrThrow("gov").getStructValue(), prefix);
  }

  /** The one entry of a list whose field is {@code value}. */
  static Struct entry(String list, String field, String value) {
    List<Struct> found = list(list).filter(e -> text(e, field).startsWith(value)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " entries of " + list + " are " + value);
    }
    return found.get(0);
  }

  private static Struct read() {
    try (InputStream in = Vectors.class.getResourceAsStream("/upgrade-vectors.json")) {
      Struct.Builder all = Struct.newBuilder();
      JsonFormat.parser().merge(new String(in.readAllBytes(), StandardCharsets.UTF_8), all);
      return all.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
