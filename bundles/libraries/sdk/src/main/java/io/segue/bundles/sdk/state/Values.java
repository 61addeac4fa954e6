package io.segue.bundles.sdk.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.segue.bundles.sdk.GenesisJson;
import io.segue.bundles.sdk.JsonParts;
import io.segue.bundles.sdk.JsonParts.Part;
import io.segue.bundles.sdk.Proto;
import java.math.BigInteger;
import java.time.Instant;

/** How values look. */
public final class Values {
  private static final ValueCodec<byte[]> BYTES = new Bytes();

  private Values() {}

  /**
   * A protobuf message; as JSON in the form of the genesis file.
   *
   * @param type the type's default instance
   * @param json knows the types of the message's Any fields
   */
  public static <M extends Message> ValueCodec<M> proto(M type, GenesisJson json) {
    return new Proto3<>(type, json);
  }

  /** As {@link #proto(Message, GenesisJson)}, for messages without an Any. */
  public static <M extends Message> ValueCodec<M> proto(M type) {
    return proto(type, GenesisJson.withTypes());
  }

  /** A number from 0 to 2^64 - 1, in 8 bytes, big endian. */
  public static ValueCodec<Long> u64() {
    return like(Keys.u64());
  }

  /** What keys of this codec are, such as two numbers. */
  public static <V> ValueCodec<V> like(KeyCodec<V> codec) {
    return new Like<>(codec);
  }

  /** A time in the years 0 to 9999, as {@link Keys#time} has it. */
  public static ValueCodec<Instant> time() {
    return like(Keys.time());
  }

  /** Yes or no, for an {@link Item}: the byte 01, or no entry. */
  public static ValueCodec<Boolean> flag() {
    return new Flag();
  }

  /** A number of any size, as its decimal digits. */
  public static ValueCodec<BigInteger> decimal() {
    return text().as(BigInteger::new, BigInteger::toString);
  }

  /** Text in UTF-8. */
  public static ValueCodec<String> text() {
    return new Text();
  }

  /** Bytes as they are; hexadecimal digits in JSON. */
  public static ValueCodec<byte[]> bytes() {
    return BYTES;
  }

  private record Proto3<M extends Message>(M type, GenesisJson form) implements ValueCodec<M> {
    @Override
    public byte[] write(M value) {
      return value.toByteArray();
    }

    @Override
    @SuppressWarnings("unchecked") // the parser of a message gives messages of its type
    public M read(byte[] bytes) {
      return Proto.stored((Parser<M>) type.getParserForType(), bytes);
    }

    @Override
    public String json(M value) {
      return form.print(value);
    }

    @Override
    @SuppressWarnings("unchecked") // the builder of a message builds messages of its type
    public M ofJson(Part json) {
      return (M)
          form.parse(
                  type.getDescriptorForType().getFullName(), json.json(), type.newBuilderForType())
              .build();
    }
  }

  private record Like<V>(KeyCodec<V> codec) implements ValueCodec<V> {
    @Override
    public byte[] write(V value) {
      return codec.bytes(value);
    }

    @Override
    public V read(byte[] bytes) {
      KeyReader in = new KeyReader(bytes, 0);
      V value = codec.read(in);
      in.requireEnd();
      return value;
    }

    @Override
    public String json(V value) {
      return codec.json(value);
    }

    @Override
    public V ofJson(Part json) {
      return codec.ofJson(json);
    }
  }

  private record Flag() implements ValueCodec<Boolean> {
    @Override
    public byte[] write(Boolean value) {
      return value ? new byte[] {1} : new byte[0];
    }

    @Override
    public Boolean read(byte[] bytes) {
      return true;
    }

    @Override
    public String json(Boolean value) {
      return value.toString();
    }

    @Override
    public Boolean ofJson(Part json) {
      return switch (json.json()) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new IllegalArgumentException(json.json() + " is neither true nor false");
      };
    }
  }

  private record Text() implements ValueCodec<String> {
    @Override
    public byte[] write(String value) {
      return value.getBytes(UTF_8);
    }

    @Override
    public String read(byte[] bytes) {
      return new String(bytes, UTF_8);
    }

    @Override
    public String json(String value) {
      return Json.string(value);
    }

    @Override
    public String ofJson(Part json) {
      return JsonParts.string(json);
    }
  }

  private record Bytes() implements ValueCodec<byte[]> {
    @Override
    public byte[] write(byte[] value) {
      return value;
    }

    @Override
    public byte[] read(byte[] bytes) {
      return bytes;
    }

    @Override
    public String json(byte[] value) {
      return Json.string(Json.hex(value));
    }

    @Override
    public byte[] ofJson(Part json) {
      return Json.unhex(json);
    }
  }
}
