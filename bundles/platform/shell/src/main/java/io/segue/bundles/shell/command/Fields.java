package io.segue.bundles.shell.command;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A protobuf message, read by field numbers: the platform has no class of a module's messages, and
 * the numbers are the ecosystem's. A field that is not there is 0 or empty; of several the last
 * counts.
 */
public final class Fields {
  private final UnknownFieldSet fields;

  private Fields(UnknownFieldSet fields) {
    this.fields = fields;
  }

  public static Fields of(byte[] message) throws InvalidProtocolBufferException {
    return new Fields(UnknownFieldSet.parseFrom(message));
  }

  /** A message with one field, a number. */
  public static byte[] withNumber(int field, long value) {
    return UnknownFieldSet.newBuilder()
        .addField(field, UnknownFieldSet.Field.newBuilder().addVarint(value).build())
        .build()
        .toByteArray();
  }

  /** A message with one field, a message or text. */
  public static byte[] withBytes(int field, byte[] value) {
    return UnknownFieldSet.newBuilder()
        .addField(
            field,
            UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFrom(value))
                .build())
        .build()
        .toByteArray();
  }

  boolean has(int field) {
    return fields.hasField(field);
  }

  public long number(int field) {
    List<Long> values = fields.getField(field).getVarintList();
    return values.isEmpty() ? 0 : values.get(values.size() - 1);
  }

  public String text(int field) {
    return last(field).toStringUtf8();
  }

  byte[] bytes(int field) {
    return last(field).toByteArray();
  }

  public Fields message(int field) throws InvalidProtocolBufferException {
    return new Fields(UnknownFieldSet.parseFrom(last(field)));
  }

  /** All values of a repeated message. */
  public List<Fields> messages(int field) throws InvalidProtocolBufferException {
    List<Fields> messages = new ArrayList<>();
    for (ByteString bytes : fields.getField(field).getLengthDelimitedList()) {
      messages.add(new Fields(UnknownFieldSet.parseFrom(bytes)));
    }
    return messages;
  }

  /** A {@code google.protobuf.Timestamp}; empty where there is none or it is out of range. */
  public String time(int field) throws InvalidProtocolBufferException {
    if (!has(field)) {
      return "";
    }
    Fields timestamp = message(field);
    try {
      return Instant.ofEpochSecond(timestamp.number(1), timestamp.number(2)).toString();
    } catch (DateTimeException | ArithmeticException e) {
      return "";
    }
  }

  private ByteString last(int field) {
    List<ByteString> values = fields.getField(field).getLengthDelimitedList();
    return values.isEmpty() ? ByteString.EMPTY : values.get(values.size() - 1);
  }
}
