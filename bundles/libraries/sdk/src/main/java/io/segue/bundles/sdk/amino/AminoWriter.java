package io.segue.bundles.sdk.amino;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.Type;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.amino.AminoType.Field;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * Writes messages in Amino JSON, as the Cosmos SDK 0.50 does: members sorted, numbers of 64 bits as
 * text, members without a value left out unless the type keeps them. What the form can't say is
 * refused with {@link IllegalArgumentException}. For one document; not thread-safe.
 */
final class AminoWriter {
  /** Deepest nesting of messages, counted from the document. */
  static final int MAX_DEPTH = 40;

  private final AminoTypes types;
  private final JsonText out;
  private int depth;

  AminoWriter(AminoTypes types, JsonText out) {
    this.types = types;
    this.out = out;
  }

  /** What an Any holds, as {@code {"type":name,"value":...}}. */
  void any(String typeUrl, ByteString value) {
    AminoType type = types.find(typeUrl);
    if (type == null) {
      throw new IllegalArgumentException("unable to resolve type URL " + typeUrl);
    }
    out.raw("{\"type\":").text(type.name()).raw(",\"value\":");
    message(type, parse(type.descriptor(), value));
    out.raw("}");
  }

  private static Message parse(Descriptor type, ByteString value) {
    try {
      return DynamicMessage.parseFrom(type, value);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(type.getFullName() + ": " + e.getMessage(), e);
    }
  }

  private void message(AminoType type, Message message) {
    if (++depth > MAX_DEPTH) {
      throw new IllegalArgumentException("messages are nested deeper than " + MAX_DEPTH);
    }
    switch (type.form()) {
      case FIELDS -> fields(type, message);
      case ANY -> any(text(message, Any.TYPE_URL_FIELD_NUMBER), bytes(message, 2));
      case TIMESTAMP -> out.raw(AminoTime.timestamp(number(message, 1), nanos(message)));
      case DURATION -> out.raw(AminoTime.duration(number(message, 1), nanos(message)));
      case KEY -> key(type, message);
      case MULTISIG_KEY -> multisigKey(type, message);
      case UNSUPPORTED ->
          throw new IllegalArgumentException(
              type.descriptor().getFullName() + " can't be written in Amino JSON");
    }
    depth--;
  }

  private void fields(AminoType type, Message message) {
    out.raw("{");
    String separator = "";
    String empty = "";
    for (Field field : type.fields()) {
      if (field.oneof().isEmpty()) {
        if (has(message, field.descriptor()) || kept(field)) {
          out.raw(separator).text(field.name()).raw(":");
          value(field, message);
          separator = ",";
        }
      } else if (has(message, field.descriptor())) {
        out.raw(separator).text(field.oneof()).raw(":{\"type\":").text(choice(field));
        out.raw(",\"value\":{").text(field.name()).raw(":");
        value(field, message);
        out.raw("}}");
        separator = ",";
      } else if (!message.hasOneof(field.descriptor().getContainingOneof())
          && !field.oneof().equals(empty)) {
        choice(field);
        out.raw(separator).text(field.oneof()).raw(":null");
        empty = field.oneof();
        separator = ",";
      }
    }
    out.raw("}");
  }

  private static boolean has(Message message, FieldDescriptor field) {
    return field.isRepeated()
        ? message.getRepeatedFieldCount(field) > 0
        : field.hasPresence() ? message.hasField(field) : message.getAllFields().containsKey(field);
  }

  private static boolean kept(Field field) {
    if (field.keepEmpty() && field.message() != null && !field.descriptor().isRepeated()) {
      throw new IllegalArgumentException(
          "not supported: dont_omit_empty=true on invalid (nil?) message field: " + field.name());
    }
    return field.keepEmpty();
  }

  private static String choice(Field field) {
    if (field.choice().isEmpty()) {
      throw new IllegalArgumentException(
          "field "
              + field.descriptor().getName()
              + " within a oneof must have the amino.oneof_name option set");
    }
    return field.choice();
  }

  private void value(Field field, Message message) {
    FieldDescriptor descriptor = field.descriptor();
    Object value = message.getField(descriptor);
    boolean plain = field.coding() == AminoType.Coding.PLAIN;
    if (descriptor.isMapField()) {
      throw new IllegalArgumentException("maps are not supported");
    }
    if (descriptor.isRepeated() && (plain || field.coding() == AminoType.Coding.COINS)) {
      list(field, (List<?>) value);
    } else if (descriptor.isRepeated() || field.coding() == AminoType.Coding.COINS) {
      throw unsupported(field);
    } else if (plain) {
      single(field, value);
    } else {
      scalar(field, value);
    }
  }

  private void list(Field field, List<?> values) {
    if (values.isEmpty() && field.coding() == AminoType.Coding.PLAIN) {
      out.raw("null");
      return;
    }
    String separator = "[";
    for (Object value : values) {
      out.raw(separator);
      single(field, value);
      separator = ",";
    }
    out.raw(values.isEmpty() ? "[]" : "]");
  }

  private void scalar(Field field, Object value) {
    String text =
        switch (field.descriptor().getType()) {
          case STRING -> (String) value;
          case BYTES -> ((ByteString) value).toStringUtf8();
          default -> throw unsupported(field);
        };
    if (text.isEmpty()) {
      out.raw("\"0\"");
      return;
    }
    switch (field.coding()) {
      case INTEGER -> out.text(text);
      case DECIMAL -> out.text(Dec.parseScaled(text).pointed());
      default -> throw unsupported(field);
    }
  }

  private void single(Field field, Object value) {
    Type type = field.descriptor().getType();
    switch (type) {
      case MESSAGE -> message(Objects.requireNonNull(field.message()), (Message) value);
      case STRING -> out.text((String) value);
      case BYTES -> base64((ByteString) value, "\"\"");
      case BOOL -> out.raw(String.valueOf(value));
      case ENUM -> out.raw(String.valueOf(((EnumValueDescriptor) value).getNumber()));
      case INT32, SINT32, SFIXED32 -> out.raw(String.valueOf(value));
      case UINT32, FIXED32 -> out.raw(Integer.toUnsignedString((Integer) value));
      case INT64, SINT64, SFIXED64 -> out.raw("\"" + value + "\"");
      case UINT64, FIXED64 -> out.raw("\"" + Long.toUnsignedString((Long) value) + "\"");
      case FLOAT, DOUBLE, GROUP -> throw unsupported(field);
    }
  }

  private void key(AminoType type, Message message) {
    FieldDescriptor field = type.descriptor().findFieldByName("key");
    if (field == null || field.getType() != Type.BYTES || field.isRepeated()) {
      throw new IllegalArgumentException(
          "message encoder for key_field: no field named \"key\" found");
    }
    base64((ByteString) message.getField(field), "null");
  }

  private void multisigKey(AminoType type, Message message) {
    if (!type.descriptor().getFullName().equals("cosmos.crypto.multisig.LegacyAminoPubKey")) {
      throw new IllegalArgumentException("threshold_string: not a multisig.LegacyAminoPubKey");
    }
    String separator = "";
    out.raw("{\"pubkeys\":[");
    for (Object key : (List<?>) message.getField(type.descriptor().findFieldByNumber(2))) {
      out.raw(separator);
      any(text((Message) key, 1), bytes((Message) key, 2));
      separator = ",";
    }
    Integer threshold = (Integer) message.getField(type.descriptor().findFieldByNumber(1));
    out.raw("],\"threshold\":\"" + Integer.toUnsignedString(threshold) + "\"}");
  }

  private void base64(ByteString bytes, String empty) {
    out.raw(
        bytes.isEmpty()
            ? empty
            : "\"" + Base64.getEncoder().encodeToString(bytes.toByteArray()) + "\"");
  }

  private static IllegalArgumentException unsupported(Field field) {
    return new IllegalArgumentException(
        "field " + field.descriptor().getFullName() + " can't be written in Amino JSON");
  }

  private static Object get(Message message, int field) {
    return message.getField(message.getDescriptorForType().findFieldByNumber(field));
  }

  private static String text(Message message, int field) {
    return (String) get(message, field);
  }

  private static ByteString bytes(Message message, int field) {
    return (ByteString) get(message, field);
  }

  private static long number(Message message, int field) {
    return (Long) get(message, field);
  }

  private static int nanos(Message message) {
    return (Integer) get(message, 2);
  }
}
