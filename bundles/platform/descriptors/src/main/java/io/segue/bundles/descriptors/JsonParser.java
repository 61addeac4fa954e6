package io.segue.bundles.descriptors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one message from JSON. */
final class JsonParser {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(CosmosJson.MAX_DEPTH)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** Digits that a number of 64 bits has. */
  private static final int MAX_DIGITS = 20;

  private static final int TYPE_URL = 1;
  private static final int VALUE = 2;

  private final CosmosJson json;
  private final boolean strict;

  /** A parser; where it is not strict it passes over members that the messages do not have. */
  JsonParser(CosmosJson json, boolean strict) {
    this.json = json;
    this.strict = strict;
  }

  DynamicMessage parse(Descriptor type, byte[] bytes) {
    JsonNode root;
    try {
      root =
          MAPPER.readTree(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the JSON is not UTF-8", e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("invalid JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return message(root, type, "");
  }

  private DynamicMessage message(JsonNode node, Descriptor type, String at) {
    if (type.getFullName().equals(WellKnown.ANY)) {
      return any(node, type, at);
    }
    if (WellKnown.isText(type) && node.isTextual()) {
      try {
        return WellKnown.parse(type, node.textValue());
      } catch (IllegalArgumentException e) {
        throw refused(at, String.valueOf(e.getMessage()));
      }
    }
    requireObject(node, at);
    DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      member(builder, member.getKey(), member.getValue(), at);
    }
    return builder.build();
  }

  private void member(DynamicMessage.Builder builder, String name, JsonNode node, String at) {
    Descriptor type = builder.getDescriptorForType();
    FieldDescriptor field = Names.field(type, name);
    if (field == null && !strict) {
      return;
    }
    if (field == null) {
      throw refused(at, "unknown field \"" + Scalars.shown(name) + "\" in " + type.getFullName());
    }
    if (node.isNull()) {
      return;
    }
    String place = at.isEmpty() ? name : at + "." + name;
    FieldForm form = json.form(field);
    if (field.isMapField()) {
      map(builder, field, node, place);
    } else if (field.isRepeated()) {
      if (!node.isArray()) {
        throw refused(place, "expected an array");
      }
      for (int i = 0; i < node.size(); i++) {
        builder.addRepeatedField(field, value(form, node.get(i), place + "[" + i + "]"));
      }
    } else {
      OneofDescriptor choice = field.getRealContainingOneof();
      if (builder.hasField(field) || choice != null && builder.hasOneof(choice)) {
        throw refused(place, "stands twice, or beside another of the same choice");
      }
      builder.setField(field, value(form, node, place));
    }
  }

  private void map(
      DynamicMessage.Builder builder, FieldDescriptor field, JsonNode node, String at) {
    requireObject(node, at);
    Descriptor entry = field.getMessageType();
    FieldForm key = json.forms(entry).get(0);
    FieldForm value = json.forms(entry).get(1);
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String place = at + "[" + Scalars.shown(member.getKey()) + "]";
      builder.addRepeatedField(
          field,
          DynamicMessage.newBuilder(entry)
              .setField(key.field(), scalar(key, member.getKey(), place))
              .setField(value.field(), value(value, member.getValue(), place))
              .build());
    }
  }

  private Object value(FieldForm form, JsonNode node, String at) {
    return switch (form.field().getType()) {
      case MESSAGE, GROUP -> message(node, form.field().getMessageType(), at);
      case BOOL -> {
        if (!node.isBoolean()) {
          throw refused(at, "expected true or false");
        }
        yield node.booleanValue();
      }
      case STRING, BYTES -> scalar(form, text(node, at), at);
      case ENUM ->
          node.isInt()
              ? form.field().getEnumType().findValueByNumberCreatingIfUnknown(node.intValue())
              : scalar(form, text(node, at), at);
      default -> scalar(form, number(node, at), at);
    };
  }

  private static Object scalar(FieldForm form, String text, String at) {
    try {
      return Scalars.parse(form, text);
    } catch (IllegalArgumentException e) {
      throw refused(at, String.valueOf(e.getMessage()));
    }
  }

  private static String text(JsonNode node, String at) {
    if (!node.isTextual()) {
      throw refused(at, "expected a string");
    }
    return node.textValue();
  }

  /** A number as its text; also one that stands in a text. */
  private static String number(JsonNode node, String at) {
    if (node.isTextual()) {
      return node.textValue();
    }
    if (!node.isNumber()) {
      throw refused(at, "expected a number");
    }
    return node.isBigDecimal() ? plain(node.decimalValue()) : node.asText();
  }

  /** Whole numbers may have an exponent or zeros behind the point; nothing large is spelled out. */
  private static String plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    boolean whole =
        stripped.scale() <= 0
            && stripped.scale() >= -MAX_DIGITS
            && stripped.precision() <= MAX_DIGITS;
    return whole ? stripped.toBigInteger().toString() : number.toString();
  }

  private DynamicMessage any(JsonNode node, Descriptor type, String at) {
    requireObject(node, at);
    JsonNode named = node.get("@type");
    if (named == null || !named.isTextual()) {
      if (node.isEmpty()) {
        return DynamicMessage.getDefaultInstance(type);
      }
      throw refused(at, "expected the type of the message in @type");
    }
    String typeUrl = named.textValue();
    JsonNode opaque = node.get("@value");
    ByteString value =
        opaque != null || typeUrl.isEmpty()
            ? opaque(opaque, at)
            : content(node, typeUrl, at).toByteString();
    return DynamicMessage.newBuilder(type)
        .setField(type.findFieldByNumber(TYPE_URL), typeUrl)
        .setField(type.findFieldByNumber(VALUE), value)
        .build();
  }

  private static ByteString opaque(@Nullable JsonNode bytes, String at) {
    if (bytes == null) {
      return ByteString.EMPTY;
    }
    try {
      return Scalars.bytes(text(bytes, at));
    } catch (IllegalArgumentException e) {
      throw refused(at, "@value: " + e.getMessage());
    }
  }

  private Message content(JsonNode node, String typeUrl, String at) {
    Optional<Descriptor> type = json.types().message(typeUrl);
    if (type.isEmpty()) {
      throw refused(at, "no message is of type " + Scalars.shown(typeUrl));
    }
    if (JsonPrinter.standsAlone(type.get())) {
      JsonNode value = node.get("value");
      if (value == null) {
        throw refused(at, "expected the member value");
      }
      return message(value, type.get(), at);
    }
    DynamicMessage.Builder builder = DynamicMessage.newBuilder(type.get());
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (!member.getKey().equals("@type")) {
        member(builder, member.getKey(), member.getValue(), at);
      }
    }
    return builder.build();
  }

  private static void requireObject(JsonNode node, String at) {
    if (!node.isObject()) {
      throw refused(at, "expected an object");
    }
  }

  private static IllegalArgumentException refused(String at, String why) {
    return new IllegalArgumentException(at.isEmpty() ? why : at + ": " + why);
  }
}
