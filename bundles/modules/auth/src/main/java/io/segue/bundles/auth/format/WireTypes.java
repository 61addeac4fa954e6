package io.segue.bundles.auth.format;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import io.segue.bundles.auth.format.WireType.Field;
import io.segue.bundles.auth.format.WireType.Kind;
import io.segue.bundles.sdk.Proto;
import io.segue.kernel.api.module.Descriptors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All message types of a generation by type URL. Where several modules describe a type, its owner's
 * description counts, and of a type without an owner the first module's in order of names.
 */
final class WireTypes {
  private static final String ANY = ".google.protobuf.Any";
  private static final String WELL_KNOWN = "google.protobuf.";

  private final Map<String, WireType> byUrl = new LinkedHashMap<>();

  private WireTypes() {}

  /** Reads the descriptors of a generation. */
  static WireTypes of(Descriptors descriptors) {
    WireTypes types = new WireTypes();
    for (byte[] module : descriptors.all()) {
      read(module).forEach(types::addTarget);
    }
    Map<String, Map<String, WireType>> byOwner = new LinkedHashMap<>();
    types.byUrl.replaceAll(
        (url, type) -> {
          Optional<String> owner = descriptors.owner(url);
          if (owner.isEmpty()) {
            return type;
          }
          return byOwner
              .computeIfAbsent(owner.get(), name -> read(descriptors.of(name)))
              .getOrDefault(type.name(), type);
        });
    return types;
  }

  /**
   * Adds a type that an Any may hold. Protobuf's own types mean nothing there, and an Any in an Any
   * would hide what it holds from every check.
   */
  private void addTarget(String name, WireType type) {
    if (!name.startsWith(WELL_KNOWN)) {
      byUrl.putIfAbsent("/" + name, type);
    }
  }

  /** The types of one serialized FileDescriptorSet, by full name. */
  static Map<String, WireType> read(byte[] fileDescriptorSet) {
    FileDescriptorSet set = Proto.stored(FileDescriptorSet.parser(), fileDescriptorSet);
    Map<String, DescriptorProto> messages = new LinkedHashMap<>();
    for (FileDescriptorProto file : set.getFileList()) {
      String scope = file.getPackage().isEmpty() ? "" : file.getPackage() + ".";
      file.getMessageTypeList().forEach(message -> collect(scope, message, messages));
    }
    Map<String, WireType> types = new LinkedHashMap<>();
    messages.keySet().forEach(name -> types.put(name, new WireType(name)));
    messages.forEach(
        (name, message) -> {
          WireType type = required(types, name);
          for (FieldDescriptorProto field : message.getFieldList()) {
            type.add(field(field, types));
          }
        });
    return types;
  }

  /** A type that is known to be there. */
  static WireType required(Map<String, WireType> types, String name) {
    return Objects.requireNonNull(types.get(name), name);
  }

  /**
   * The type of a URL: one slash and a name that the generation knows, and that is none of
   * protobuf's own; else null.
   */
  @Nullable WireType find(String typeUrl) {
    return byUrl.get(typeUrl);
  }

  private static void collect(
      String scope, DescriptorProto message, Map<String, DescriptorProto> messages) {
    String name = scope + message.getName();
    messages.put(name, message);
    message.getNestedTypeList().forEach(nested -> collect(name + ".", nested, messages));
  }

  private static Field field(FieldDescriptorProto field, Map<String, WireType> types) {
    boolean repeated = field.getLabel() == FieldDescriptorProto.Label.LABEL_REPEATED;
    int number = field.getNumber();
    return switch (field.getType()) {
      case TYPE_STRING -> new Field(number, Kind.TEXT, WireReader.LENGTH, repeated, null);
      case TYPE_BYTES -> new Field(number, Kind.BYTES, WireReader.LENGTH, repeated, null);
      case TYPE_MESSAGE -> {
        WireType message = types.get(field.getTypeName().substring(1));
        Kind kind = field.getTypeName().equals(ANY) ? Kind.ANY : Kind.MESSAGE;
        yield new Field(number, kind, WireReader.LENGTH, repeated, message);
      }
      case TYPE_FIXED64, TYPE_SFIXED64, TYPE_DOUBLE ->
          new Field(number, Kind.NUMBER, WireReader.FIXED64, repeated, null);
      case TYPE_FIXED32, TYPE_SFIXED32, TYPE_FLOAT ->
          new Field(number, Kind.NUMBER, WireReader.FIXED32, repeated, null);
      default -> new Field(number, Kind.NUMBER, WireReader.VARINT, repeated, null);
    };
  }
}
