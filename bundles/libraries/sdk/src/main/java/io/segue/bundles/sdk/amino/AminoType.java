package io.segue.bundles.sdk.amino;

import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.segue.bundles.sdk.proto.options.Amino;
import io.segue.bundles.sdk.proto.options.Cosmos;
import io.segue.bundles.sdk.proto.options.Gogo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message type as Amino JSON has it: what its options say, read once. Immutable when its set of
 * types is linked.
 */
final class AminoType {
  /** A decimal whose text is the value times 10^18. */
  private static final String SCALED_DECIMAL = "cosmossdk.io/math.LegacyDec";

  private final Descriptor descriptor;
  private final String name;
  private final Form form;
  private List<Field> fields = List.of();

  AminoType(Descriptor descriptor) {
    MessageOptions options = descriptor.getOptions();
    this.descriptor = descriptor;
    this.name =
        options.hasExtension(Amino.name)
            ? options.getExtension(Amino.name)
            : "/" + descriptor.getFullName();
    this.form = form(descriptor.getFullName(), options.getExtension(Amino.messageEncoding));
  }

  /** How a message is written. */
  enum Form {
    /** An object with a member for each field. */
    FIELDS,
    /** The one field {@code key} in the message's place. */
    KEY,
    /** The members {@code pubkeys} and {@code threshold}. */
    MULTISIG_KEY,
    /** What an Any holds, with its name. */
    ANY,
    /** RFC 3339. */
    TIMESTAMP,
    /** Nanoseconds as text. */
    DURATION,
    /** A form that transactions do not need. */
    UNSUPPORTED
  }

  /** How a field's value is written. */
  enum Coding {
    PLAIN,
    /** A list that is {@code []} where it is empty, not {@code null}. */
    COINS,
    /** An integer, "0" where it is empty. */
    INTEGER,
    /** A decimal from its scaled text. */
    DECIMAL,
    /** A form that transactions do not need. */
    UNSUPPORTED
  }

  /**
   * A field.
   *
   * @param name the member's name
   * @param sortedBy what decides the member's place
   * @param oneof the member that holds a oneof's choice; empty for a field outside of oneofs
   * @param choice how the choice is named there; empty where the type does not say
   * @param keepEmpty whether the member is there even without a value
   * @param message the type of the value, where it is a message
   */
  record Field(
      FieldDescriptor descriptor,
      String name,
      String sortedBy,
      String oneof,
      String choice,
      Coding coding,
      boolean keepEmpty,
      @Nullable AminoType message) {}

  Descriptor descriptor() {
    return descriptor;
  }

  /** The name where a message stands in an Any: its Amino name, or its type URL. */
  String name() {
    return name;
  }

  Form form() {
    return form;
  }

  /** In the order of the members. */
  List<Field> fields() {
    return fields;
  }

  /** Reads the fields, when all types of the set are known by their full names. */
  void link(Map<String, AminoType> types) {
    List<Field> read = new ArrayList<>();
    for (FieldDescriptor field : descriptor.getFields()) {
      read.add(field(field, types));
    }
    read.sort(Comparator.comparing(Field::sortedBy));
    fields = List.copyOf(read);
  }

  private static Field field(FieldDescriptor field, Map<String, AminoType> types) {
    FieldOptions options = field.getOptions();
    String name =
        options.hasExtension(Amino.fieldName)
            ? options.getExtension(Amino.fieldName)
            : field.getName();
    var container = field.getContainingOneof();
    String oneof = container == null ? "" : camel(container.getName());
    boolean message = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    return new Field(
        field,
        name,
        oneof.isEmpty() ? name : oneof,
        oneof,
        options.getExtension(Amino.oneofName),
        coding(options),
        options.getExtension(Amino.dontOmitempty),
        message ? Objects.requireNonNull(types.get(field.getMessageType().getFullName())) : null);
  }

  private static Form form(String fullName, String encoding) {
    return switch (fullName) {
      case "google.protobuf.Any" -> Form.ANY;
      case "google.protobuf.Timestamp" -> Form.TIMESTAMP;
      case "google.protobuf.Duration" -> Form.DURATION;
      default ->
          switch (encoding) {
            case "" -> Form.FIELDS;
            case "key_field" -> Form.KEY;
            case "threshold_string" -> Form.MULTISIG_KEY;
            default -> Form.UNSUPPORTED;
          };
    };
  }

  private static Coding coding(FieldOptions options) {
    String encoding = options.getExtension(Amino.encoding);
    if (!encoding.isEmpty()) {
      return encoding.equals("legacy_coins") ? Coding.COINS : Coding.UNSUPPORTED;
    }
    return switch (options.getExtension(Cosmos.scalar)) {
      case "cosmos.Int" -> Coding.INTEGER;
      // Decimals of another Go type are text with a point already.
      case "cosmos.Dec" ->
          options.getExtension(Gogo.customtype).equals(SCALED_DECIMAL)
              ? Coding.DECIMAL
              : Coding.PLAIN;
      default -> Coding.PLAIN;
    };
  }

  /** {@code some_name} as {@code SomeName}. */
  private static String camel(String name) {
    StringBuilder camel = new StringBuilder(name.length());
    boolean upper = true;
    for (char c : name.toCharArray()) {
      if (c == '_') {
        upper = true;
        continue;
      }
      camel.append(upper && c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c);
      upper = c >= '0' && c <= '9';
    }
    return camel.toString();
  }
}
