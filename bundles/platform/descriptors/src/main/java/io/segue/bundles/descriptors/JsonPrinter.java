package io.segue.bundles.descriptors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import io.segue.bundles.descriptors.FieldForm.Number;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Writes one message as JSON. */
final class JsonPrinter {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int TYPE_URL = 1;
  private static final int VALUE = 2;

  private final CosmosJson json;

  JsonPrinter(CosmosJson json) {
    this.json = json;
  }

  byte[] print(MessageOrBuilder message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      message(message, out, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void message(MessageOrBuilder message, JsonGenerator out, int depth) throws IOException {
    Descriptor type = message.getDescriptorForType();
    if (type.getFullName().equals(WellKnown.ANY)) {
      any(message, out, depth);
      return;
    }
    Optional<String> text = WellKnown.isText(type) ? WellKnown.text(message) : Optional.empty();
    if (text.isPresent()) {
      out.writeString(text.get());
      return;
    }
    out.writeStartObject();
    members(message, out, depth);
    out.writeEndObject();
  }

  private void members(MessageOrBuilder message, JsonGenerator out, int depth) throws IOException {
    for (FieldForm form : json.forms(message.getDescriptorForType())) {
      FieldDescriptor field = form.field();
      if (form.choice() && !message.hasField(field)) {
        continue;
      }
      out.writeFieldName(field.getName());
      if (field.isMapField()) {
        map(message, field, out, depth);
      } else if (field.isRepeated()) {
        out.writeStartArray();
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
          value(form, message.getRepeatedField(field, i), out, depth);
        }
        out.writeEndArray();
      } else if (field.hasPresence() && !message.hasField(field)) {
        out.writeNull();
      } else {
        single(form, message.getField(field), out, depth);
      }
    }
  }

  /** As a value, but no bytes are null, which is how Go has them. */
  private void single(FieldForm form, Object value, JsonGenerator out, int depth)
      throws IOException {
    if (form.number() == Number.NONE
        && !form.choice()
        && value instanceof ByteString bytes
        && bytes.isEmpty()) {
      out.writeNull();
    } else {
      value(form, value, out, depth);
    }
  }

  private void map(MessageOrBuilder message, FieldDescriptor field, JsonGenerator out, int depth)
      throws IOException {
    out.writeStartObject();
    List<FieldForm> entry = json.forms(field.getMessageType());
    for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
      MessageOrBuilder pair = (MessageOrBuilder) message.getRepeatedField(field, i);
      out.writeFieldName(String.valueOf(pair.getField(entry.get(0).field())));
      value(entry.get(1), pair.getField(entry.get(1).field()), out, depth);
    }
    out.writeEndObject();
  }

  private void value(FieldForm form, Object value, JsonGenerator out, int depth)
      throws IOException {
    switch (form.field().getType()) {
      case INT32, SINT32, SFIXED32 -> out.writeNumber((Integer) value);
      case UINT32, FIXED32 -> out.writeNumber(Integer.toUnsignedLong((Integer) value));
      case INT64, SINT64, SFIXED64 -> out.writeString(Long.toString((Long) value));
      case UINT64, FIXED64 -> out.writeString(Long.toUnsignedString((Long) value));
      case BOOL -> out.writeBoolean((Boolean) value);
      case FLOAT -> out.writeNumber((Float) value);
      case DOUBLE -> out.writeNumber((Double) value);
      case ENUM -> enumValue((EnumValueDescriptor) value, out);
      case STRING -> out.writeString(text(form, (String) value));
      case BYTES -> bytes(form, (ByteString) value, out);
      case MESSAGE, GROUP -> message((MessageOrBuilder) value, out, depth + 1);
    }
  }

  private static void enumValue(EnumValueDescriptor value, JsonGenerator out) throws IOException {
    if (value.getIndex() < 0) {
      out.writeNumber(value.getNumber());
    } else {
      out.writeString(value.getName());
    }
  }

  private static String text(FieldForm form, String value) {
    return switch (form.number()) {
      case NONE -> value;
      case DECIMAL -> DecimalText.pointed(value);
      case INTEGER -> value.isEmpty() ? "0" : value;
    };
  }

  private static void bytes(FieldForm form, ByteString value, JsonGenerator out)
      throws IOException {
    out.writeString(
        form.number() == Number.NONE ? base64(value) : text(form, value.toStringUtf8()));
  }

  private void any(MessageOrBuilder any, JsonGenerator out, int depth) throws IOException {
    Descriptor type = any.getDescriptorForType();
    String typeUrl = (String) any.getField(type.findFieldByNumber(TYPE_URL));
    ByteString value = (ByteString) any.getField(type.findFieldByNumber(VALUE));
    Optional<MessageOrBuilder> content =
        depth >= CosmosJson.MAX_DEPTH ? Optional.empty() : content(typeUrl, value);
    out.writeStartObject();
    out.writeStringField("@type", typeUrl);
    if (content.isEmpty()) {
      if (!typeUrl.isEmpty() || !value.isEmpty()) {
        out.writeStringField("@value", base64(value));
      }
    } else if (standsAlone(content.get().getDescriptorForType())) {
      out.writeFieldName("value");
      message(content.get(), out, depth + 1);
    } else {
      members(content.get(), out, depth + 1);
    }
    out.writeEndObject();
  }

  /** Whether a message has no members that could stand beside a type. */
  static boolean standsAlone(Descriptor type) {
    return WellKnown.isText(type) || type.getFullName().equals(WellKnown.ANY);
  }

  private Optional<MessageOrBuilder> content(String typeUrl, ByteString value) {
    Optional<Descriptor> type = json.types().message(typeUrl);
    try {
      return type.isEmpty()
          ? Optional.empty()
          : Optional.of(DynamicMessage.parseFrom(type.get(), value));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  private static String base64(ByteString value) {
    return Base64.getEncoder().encodeToString(value.toByteArray());
  }
}
