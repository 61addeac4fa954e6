package io.segue.bundles.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** OpenAPI's schemas of messages; those that are referred to are written at the end. */
final class Schemas {
  private static final String ANY = "google.protobuf.Any";
  private static final String TIMESTAMP = "google.protobuf.Timestamp";
  private static final String DURATION = "google.protobuf.Duration";

  private final Deque<Descriptor> waiting = new ArrayDeque<>();
  private final Set<String> known = new HashSet<>();

  /** Whether a field's message is a text in JSON. */
  static boolean isText(FieldDescriptor field) {
    String type = field.getMessageType().getFullName();
    return type.equals(TIMESTAMP) || type.equals(DURATION);
  }

  /** The schema of a message type. */
  void reference(Descriptor type, JsonGenerator out) throws IOException {
    out.writeStartObject();
    switch (type.getFullName()) {
      case TIMESTAMP -> {
        out.writeStringField("type", "string");
        out.writeStringField("format", "date-time");
      }
      case DURATION -> out.writeStringField("type", "string");
      default -> {
        if (known.add(type.getFullName())) {
          waiting.add(type);
        }
        out.writeStringField("$ref", "#/components/schemas/" + type.getFullName());
      }
    }
    out.writeEndObject();
  }

  /** The schema of a field. */
  void field(FieldDescriptor field, JsonGenerator out) throws IOException {
    if (field.isMapField()) {
      out.writeStartObject();
      out.writeStringField("type", "object");
      out.writeFieldName("additionalProperties");
      single(field.getMessageType().getFields().get(1), out);
      out.writeEndObject();
    } else if (field.isRepeated()) {
      out.writeStartObject();
      out.writeStringField("type", "array");
      out.writeFieldName("items");
      single(field, out);
      out.writeEndObject();
    } else {
      single(field, out);
    }
  }

  /** The member {@code schemas}, with all that was referred to. */
  void write(JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("schemas");
    while (!waiting.isEmpty()) {
      Descriptor type = waiting.remove();
      out.writeObjectFieldStart(type.getFullName());
      out.writeStringField("type", "object");
      out.writeObjectFieldStart("properties");
      if (type.getFullName().equals(ANY)) {
        out.writeObjectFieldStart("@type");
        out.writeStringField("type", "string");
        out.writeEndObject();
      } else {
        for (FieldDescriptor field : type.getFields()) {
          out.writeFieldName(field.getName());
          field(field, out);
        }
      }
      out.writeEndObject();
      if (type.getFullName().equals(ANY)) {
        out.writeBooleanField("additionalProperties", true);
      }
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private void single(FieldDescriptor field, JsonGenerator out) throws IOException {
    switch (field.getType()) {
      case MESSAGE, GROUP -> reference(field.getMessageType(), out);
      case ENUM -> {
        out.writeStartObject();
        out.writeStringField("type", "string");
        out.writeArrayFieldStart("enum");
        for (EnumValueDescriptor value : field.getEnumType().getValues()) {
          out.writeString(value.getName());
        }
        out.writeEndArray();
        out.writeEndObject();
      }
      case BOOL -> type("boolean", "", out);
      case FLOAT, DOUBLE -> type("number", "", out);
      case INT32, SINT32, SFIXED32, UINT32, FIXED32 -> type("integer", "int64", out);
      case INT64, SINT64, SFIXED64 -> type("string", "int64", out);
      case UINT64, FIXED64 -> type("string", "uint64", out);
      case BYTES -> type("string", "byte", out);
      case STRING -> type("string", "", out);
    }
  }

  private static void type(String type, String format, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("type", type);
    if (!format.isEmpty()) {
      out.writeStringField("format", format);
    }
    out.writeEndObject();
  }
}
