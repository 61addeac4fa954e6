package io.segue.bundles.sdk;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.TypeRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Refuses messages that are nested too deep through their Any fields before JSON is made of them:
 * protobuf limits how deep one message is parsed, but each Any begins again, and the printer's
 * stack would overflow. Immutable.
 */
public final class AnyDepth {
  /** Deepest nesting, as protobuf limits it within one message. */
  public static final int MAX_DEPTH = 100;

  private static final String ANY = "google.protobuf.Any";
  private static final int TYPE_URL = 1;
  private static final int VALUE = 2;

  private final TypeRegistry types;

  /**
   * For messages whose Any fields hold one of {@code types}; others are not looked into, since
   * nothing is printed of them.
   */
  public AnyDepth(TypeRegistry types) {
    this.types = types;
  }

  /**
   * Passes where a message is not nested too deep.
   *
   * @throws InvalidProtocolBufferException where it is
   */
  public void require(MessageOrBuilder message) throws InvalidProtocolBufferException {
    if (mayHoldAny(message.getDescriptorForType())) {
      message(message, 1);
    }
  }

  private void message(MessageOrBuilder message, int depth) throws InvalidProtocolBufferException {
    if (depth > MAX_DEPTH) {
      throw new InvalidProtocolBufferException("messages are nested deeper than " + MAX_DEPTH);
    }
    if (isAny(message.getDescriptorForType())) {
      any(message, depth);
      return;
    }
    for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
      FieldDescriptor field = entry.getKey();
      if (field.getJavaType() != JavaType.MESSAGE || !mayHoldAny(field.getMessageType())) {
        continue;
      }
      List<?> values = field.isRepeated() ? (List<?>) entry.getValue() : List.of(entry.getValue());
      for (Object value : values) {
        message((MessageOrBuilder) value, depth + 1);
      }
    }
  }

  private void any(MessageOrBuilder any, int depth) throws InvalidProtocolBufferException {
    Descriptor anyType = any.getDescriptorForType();
    String typeUrl = (String) any.getField(anyType.findFieldByNumber(TYPE_URL));
    ByteString value = (ByteString) any.getField(anyType.findFieldByNumber(VALUE));
    Descriptor type = find(typeUrl);
    if (type != null && mayHoldAny(type)) {
      message(DynamicMessage.parseFrom(type, value), depth + 1);
    }
  }

  private @Nullable Descriptor find(String typeUrl) throws InvalidProtocolBufferException {
    return typeUrl.indexOf('/') < 0 ? null : types.getDescriptorForTypeUrl(typeUrl);
  }

  private static boolean mayHoldAny(Descriptor type) {
    return reachesAny(type, new TreeSet<>());
  }

  private static boolean reachesAny(Descriptor type, Set<String> seen) {
    if (isAny(type)) {
      return true;
    }
    if (!seen.add(type.getFullName())) {
      return false;
    }
    for (FieldDescriptor field : type.getFields()) {
      if (field.getJavaType() == JavaType.MESSAGE && reachesAny(field.getMessageType(), seen)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAny(Descriptor type) {
    return type.getFullName().equals(ANY);
  }
}
