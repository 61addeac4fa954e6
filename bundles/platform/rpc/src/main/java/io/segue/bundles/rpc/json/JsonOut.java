package io.segue.bundles.rpc.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Writes JSON by CometBFT's conventions: 64-bit numbers as texts, hashes in upper case hex, other
 * bytes in base64 or null where there are none. Not thread safe.
 */
public final class JsonOut {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final int USUAL_BYTES = 1024;

  private final Bytes bytes = new Bytes();
  private final JsonGenerator json;

  /** Writes a value. */
  @FunctionalInterface
  public interface Value {
    void write() throws IOException;
  }

  /** Writes a value that has one argument. */
  @FunctionalInterface
  public interface Element<T> {
    void write(T element) throws IOException;
  }

  public JsonOut() {
    try {
      json = FACTORY.createGenerator(bytes);
    } catch (IOException e) {
      throw inMemory(e);
    }
  }

  /** What {@code value} writes. */
  public static JsonOut of(Element<JsonOut> value) {
    JsonOut out = new JsonOut();
    try {
      value.write(out);
    } catch (IOException e) {
      throw inMemory(e);
    }
    return out;
  }

  /** An object; {@code members} writes what is in it. */
  public void object(Value members) throws IOException {
    json.writeStartObject();
    members.write();
    json.writeEndObject();
  }

  /** A member that is an object. */
  public void object(String name, Value members) throws IOException {
    json.writeFieldName(name);
    object(members);
  }

  /** A member that is an array. */
  public <T> void array(String name, Iterable<T> elements, Element<T> element) throws IOException {
    json.writeFieldName(name);
    array(elements, element);
  }

  /** An array. */
  public <T> void array(Iterable<T> elements, Element<T> element) throws IOException {
    json.writeStartArray();
    for (T next : elements) {
      element.write(next);
    }
    json.writeEndArray();
  }

  /** The name of a member; its value is written next. */
  public void name(String name) throws IOException {
    json.writeFieldName(name);
  }

  public void text(String name, String value) throws IOException {
    json.writeStringField(name, value);
  }

  /** A 64-bit number, as a text. */
  public void int64(String name, long value) throws IOException {
    json.writeStringField(name, Long.toString(value));
  }

  /** A number of up to 32 bits. */
  public void int32(String name, int value) throws IOException {
    json.writeNumberField(name, value);
  }

  public void flag(String name, boolean value) throws IOException {
    json.writeBooleanField(name, value);
  }

  public void none(String name) throws IOException {
    json.writeNullField(name);
  }

  /** A hash or address. */
  public void hex(String name, byte[] value) throws IOException {
    json.writeStringField(name, HEX.formatHex(value));
  }

  /** Bytes; null where there are none. */
  public void base64(String name, byte[] value) throws IOException {
    json.writeFieldName(name);
    if (value.length == 0) {
      json.writeNull();
    } else {
      base64(value);
    }
  }

  /** Bytes; an empty text where there are none. */
  public void base64(byte[] value) throws IOException {
    json.writeString(Base64.getEncoder().encodeToString(value));
  }

  public void string(String value) throws IOException {
    json.writeString(value);
  }

  /** A time in RFC 3339, without trailing zeros. */
  public void time(String name, Instant value) throws IOException {
    json.writeStringField(name, rfc3339(value));
  }

  /** A member whose value is JSON already. */
  public void raw(String name, String value) throws IOException {
    json.writeFieldName(name);
    json.writeRawValue(value);
  }

  /** An element of an array that is JSON already. */
  public void raw(JsonOut value) throws IOException {
    json.writeRawValue(new String(value.buffer(), 0, value.size(), StandardCharsets.UTF_8));
  }

  /** The JSON written so far, as the beginning of an array. */
  public byte[] buffer() {
    flush();
    return bytes.array();
  }

  /** Number of bytes written so far. */
  public int size() {
    flush();
    return bytes.size();
  }

  private void flush() {
    try {
      json.flush();
    } catch (IOException e) {
      throw inMemory(e);
    }
  }

  private static UncheckedIOException inMemory(IOException e) {
    return new UncheckedIOException("JSON can't be written into memory", e);
  }

  public static String rfc3339(Instant value) {
    String seconds = value.truncatedTo(ChronoUnit.SECONDS).toString();
    if (value.getNano() == 0) {
      return seconds;
    }
    String fraction = String.format(Locale.ROOT, "%09d", value.getNano()).replaceFirst("0+$", "");
    return seconds.substring(0, seconds.length() - 1) + "." + fraction + "Z";
  }

  private static final class Bytes extends ByteArrayOutputStream {
    Bytes() {
      super(USUAL_BYTES);
    }

    byte[] array() {
      return buf;
    }
  }
}
