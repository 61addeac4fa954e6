package io.segue.bundles.descriptors;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.List;

/**
 * How a field is written in JSON, besides what its protobuf type says. The options {@code
 * gogoproto.customtype} and {@code cosmos_proto.scalar} tell which texts are numbers of the Cosmos
 * SDK: of decimals only those with a custom type have no point on the wire.
 *
 * @param choice whether it is one of several of which a message has one
 */
record FieldForm(FieldDescriptor field, Number number, boolean choice) {
  private static final int CUSTOM_TYPE = 65003;
  private static final int SCALAR = 93002;

  /** The numbers of the Cosmos SDK that are texts on the wire. */
  enum Number {
    /** None. */
    NONE,
    /** A decimal of 18 digits, on the wire times 10^18 and in JSON with a point. */
    DECIMAL,
    /** An integer, whose absence is 0. */
    INTEGER
  }

  /** The forms of a message's fields, as they are declared. */
  static List<FieldForm> of(Descriptor type) {
    return type.getFields().stream().map(FieldForm::of).toList();
  }

  static FieldForm of(FieldDescriptor field) {
    OneofDescriptor oneof = field.getRealContainingOneof();
    return new FieldForm(field, number(field), oneof != null);
  }

  private static Number number(FieldDescriptor field) {
    if (field.getType() != FieldDescriptor.Type.STRING
        && field.getType() != FieldDescriptor.Type.BYTES) {
      return Number.NONE;
    }
    UnknownFieldSet options = options(field);
    String type = text(options, CUSTOM_TYPE);
    if (type.endsWith(".LegacyDec") || type.endsWith(".Dec")) {
      return Number.DECIMAL;
    }
    String scalar = text(options, SCALAR);
    return scalar.equals("cosmos.Int") || scalar.equals("cosmos.Uint")
        ? Number.INTEGER
        : Number.NONE;
  }

  /** The options that no class describes; read from the bytes, since nobody registers them. */
  private static UnknownFieldSet options(FieldDescriptor field) {
    try {
      return FieldOptions.parseFrom(field.getOptions().toByteString()).getUnknownFields();
    } catch (InvalidProtocolBufferException e) {
      return UnknownFieldSet.getDefaultInstance();
    }
  }

  private static String text(UnknownFieldSet options, int number) {
    List<ByteString> values = options.getField(number).getLengthDelimitedList();
    return values.isEmpty() ? "" : values.get(values.size() - 1).toStringUtf8();
  }
}
