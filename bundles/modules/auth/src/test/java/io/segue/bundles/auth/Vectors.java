package io.segue.bundles.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Values recorded from CosmJS 0.39 and from chains of the Cosmos SDK 0.50. */
public final class Vectors {
  private Vectors() {}

  /** The objects of a file that holds a list. */
  public static Stream<Vector> list(String file) {
    return value(file).getListValue().getValuesList().stream()
        .map(value -> new Vector(value.getStructValue()));
  }

  /** The object of a file. */
  public static Vector object(String file) {
    return new Vector(value(file).getStructValue());
  }

  private static Value value(String file) {
    try (InputStream in = Vectors.class.getResourceAsStream(file)) {
      Value.Builder value = Value.newBuilder();
      String json = new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8);
      JsonFormat.parser().merge(json, value);
      return value.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One object of a file. */
  public record Vector(Struct members) {
    public String text(String name) {
      return members.getFieldsOrThrow(name).getStringValue();
    }

    public int number(String name) {
      return (int) members.getFieldsOrThrow(name).getNumberValue();
    }

    public long decimal(String name) {
      return Long.parseLong(text(name));
    }

    public byte[] hex(String name) {
      return HexFormat.of().parseHex(text(name));
    }

    public Vector object(String name) {
      return new Vector(members.getFieldsOrThrow(name).getStructValue());
    }

    public List<String> texts(String name) {
      return members.getFieldsOrThrow(name).getListValue().getValuesList().stream()
          .map(Value::getStringValue)
          .toList();
    }

    public List<Vector> objects(String name) {
      return members.getFieldsOrThrow(name).getListValue().getValuesList().stream()
          .map(value -> new Vector(value.getStructValue()))
          .toList();
    }

    @Override
    public String toString() {
      return members.getFieldsMap().containsKey("name") ? text("name") : text("case");
    }
  }
}
