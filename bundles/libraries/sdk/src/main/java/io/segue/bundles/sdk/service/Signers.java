package io.segue.bundles.sdk.service;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.options.Cosmos;
import io.segue.bundles.sdk.proto.options.Msg;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Who must sign a message, by the option {@code cosmos.msg.v1.signer} of its type: a text field
 * with an address, or a message whose own type has the option; either may be repeated. An address
 * is that of an account, or with the option {@code cosmos_proto.scalar} = {@code
 * cosmos.ValidatorAddressString} that of a validator's operator.
 */
final class Signers {
  private static final String OPERATOR = "cosmos.ValidatorAddressString";

  /** Most types that lead to an address, one within the other. */
  private static final int MAX_DEPTH = 8;

  private Signers() {}

  /**
   * The signers of messages of one type.
   *
   * @throws IllegalArgumentException where the type does not say
   */
  static <M extends Message> Function<M, List<byte[]>> of(Addresses addresses, M type) {
    Descriptor descriptor = type.getDescriptorForType();
    require(descriptor, 1);
    List<FieldDescriptor> fields = fields(descriptor);
    if (fields.size() == 1 && isPlain(fields.get(0))) {
      FieldDescriptor field = fields.get(0);
      return message -> List.of(address(addresses, field, message.getField(field)));
    }
    return message -> {
      List<byte[]> signers = new ArrayList<>();
      collect(addresses, message, signers);
      return signers;
    };
  }

  /**
   * The one field that names who signs.
   *
   * @throws IllegalArgumentException where there is another number of them
   */
  static FieldDescriptor field(Message type) {
    List<FieldDescriptor> fields = fields(type.getDescriptorForType());
    if (fields.size() != 1 || !isPlain(fields.get(0))) {
      throw new IllegalArgumentException(
          type.getDescriptorForType().getFullName()
              + " is for governance alone, so its option cosmos.msg.v1.signer must name one text"
              + " field that is not repeated");
    }
    return fields.get(0);
  }

  /**
   * Passes where a type names no signer.
   *
   * @throws IllegalArgumentException where it does
   */
  static void requireNone(Message type) {
    Descriptor descriptor = type.getDescriptorForType();
    if (!names(descriptor).isEmpty()) {
      throw new IllegalArgumentException(
          descriptor.getFullName()
              + " has the option cosmos.msg.v1.signer, but nobody signs what only modules send:"
              + " remove the option, or make it a message");
    }
  }

  private static void require(Descriptor type, int depth) {
    if (names(type).isEmpty() || depth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          type.getFullName()
              + " does not say who signs: give it the option cosmos.msg.v1.signer, or make it"
              + " internal where only modules send it");
    }
    for (FieldDescriptor field : fields(type)) {
      if (field.getJavaType() == JavaType.MESSAGE) {
        require(field.getMessageType(), depth + 1);
      }
    }
  }

  private static List<FieldDescriptor> fields(Descriptor type) {
    List<FieldDescriptor> fields = new ArrayList<>();
    for (String name : names(type)) {
      FieldDescriptor field = type.findFieldByName(name);
      if (field == null
          || field.getJavaType() != JavaType.STRING && field.getJavaType() != JavaType.MESSAGE) {
        throw new IllegalArgumentException(
            type.getFullName()
                + " names \""
                + name
                + "\" in its option cosmos.msg.v1.signer, which is no field with text or a message");
      }
      fields.add(field);
    }
    return fields;
  }

  private static List<String> names(Descriptor type) {
    return type.getOptions().getExtension(Msg.signer);
  }

  private static boolean isPlain(FieldDescriptor field) {
    return field.getJavaType() == JavaType.STRING && !field.isRepeated();
  }

  private static void collect(Addresses addresses, MessageOrBuilder message, List<byte[]> signers) {
    for (FieldDescriptor field : fields(message.getDescriptorForType())) {
      Object value = message.getField(field);
      for (Object each : field.isRepeated() ? (List<?>) value : List.of(value)) {
        if (each instanceof MessageOrBuilder inner) {
          collect(addresses, inner, signers);
        } else {
          add(signers, address(addresses, field, each));
        }
      }
    }
  }

  private static void add(List<byte[]> signers, byte[] address) {
    if (signers.stream().noneMatch(known -> Arrays.equals(known, address))) {
      signers.add(address);
    }
  }

  private static byte[] address(Addresses addresses, FieldDescriptor field, Object text) {
    return field.getOptions().getExtension(Cosmos.scalar).equals(OPERATOR)
        ? addresses.operatorSigner((String) text)
        : addresses.signer((String) text);
  }
}
