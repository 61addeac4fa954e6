package io.segue.bundles.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The files of sets of descriptors as reflection asks for them: by name, by what they declare, by
 * what they extend. A name that two files have counts for the first. Immutable.
 */
final class Files {
  /** Underscores in a field's name, and what follows them. */
  private static final Pattern WORD = Pattern.compile("_+(.?)");

  private final Map<String, File> byName = new LinkedHashMap<>();
  private final Map<String, String> bySymbol = new TreeMap<>();
  private final Map<String, SortedMap<Integer, String>> extensions = new TreeMap<>();
  private final SortedSet<String> services = new TreeSet<>();

  /** A file's bytes and what it imports. */
  private record File(ByteString bytes, List<String> imports) {}

  /**
   * The files of serialized FileDescriptorSets.
   *
   * @throws IllegalArgumentException where a set does not parse
   */
  Files(Collection<byte[]> sets) {
    try {
      for (byte[] set : sets) {
        FileDescriptorSet.parseFrom(set).getFileList().forEach(this::add);
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("descriptors can't be read: " + e.getMessage(), e);
    }
  }

  /** Names of all services. */
  SortedSet<String> services() {
    return services;
  }

  /** The file that declares something; empty where none does. */
  String declaring(String symbol) {
    return bySymbol.getOrDefault(symbol, "");
  }

  /** The file with an extension of a message; empty where none has it. */
  String extending(String type, int number) {
    return extensions.getOrDefault(type, new TreeMap<>()).getOrDefault(number, "");
  }

  /** Numbers of the extensions of a message. */
  Set<Integer> extensions(String type) {
    return extensions.getOrDefault(type, new TreeMap<>()).keySet();
  }

  /**
   * A file and what it imports at any depth, each but those that were given before.
   *
   * @param given names of files; those that are given now are added
   * @return empty where there is no such file
   */
  List<ByteString> file(String name, Set<String> given) {
    File file = byName.get(name);
    if (file == null) {
      return List.of();
    }
    List<ByteString> found = new ArrayList<>();
    given.add(name);
    found.add(file.bytes());
    file.imports().forEach(used -> addNew(used, given, found));
    return found;
  }

  private void addNew(String name, Set<String> given, List<ByteString> found) {
    File file = byName.get(name);
    if (file != null && given.add(name)) {
      found.add(file.bytes());
      file.imports().forEach(used -> addNew(used, given, found));
    }
  }

  /** A file with the JSON names that protoc gives and the descriptors of classes lack. */
  private static FileDescriptorProto named(FileDescriptorProto file) {
    FileDescriptorProto.Builder named = file.toBuilder();
    named.getMessageTypeBuilderList().forEach(Files::name);
    named.getExtensionBuilderList().forEach(Files::name);
    return named.build();
  }

  private static void name(DescriptorProto.Builder message) {
    message.getFieldBuilderList().forEach(Files::name);
    message.getExtensionBuilderList().forEach(Files::name);
    message.getNestedTypeBuilderList().forEach(Files::name);
  }

  private static void name(FieldDescriptorProto.Builder field) {
    if (!field.hasJsonName()) {
      field.setJsonName(
          WORD.matcher(field.getName()).replaceAll(next -> next.group(1).toUpperCase(Locale.ROOT)));
    }
  }

  private void add(FileDescriptorProto given) {
    FileDescriptorProto file = named(given);
    String name = file.getName();
    if (byName.putIfAbsent(name, new File(file.toByteString(), file.getDependencyList())) != null) {
      return;
    }
    String scope = file.getPackage().isEmpty() ? "" : file.getPackage() + ".";
    for (ServiceDescriptorProto service : file.getServiceList()) {
      services.add(scope + service.getName());
      declare(scope + service.getName(), name);
      service
          .getMethodList()
          .forEach(method -> declare(scope + service.getName() + "." + method.getName(), name));
    }
    file.getMessageTypeList().forEach(message -> add(scope, message, name));
    file.getEnumTypeList().forEach(one -> add(scope, one, name));
    file.getExtensionList().forEach(extension -> add(scope, extension, name));
  }

  private void add(String scope, DescriptorProto message, String file) {
    String full = scope + message.getName();
    declare(full, file);
    message.getFieldList().forEach(field -> declare(full + "." + field.getName(), file));
    message.getNestedTypeList().forEach(nested -> add(full + ".", nested, file));
    message.getEnumTypeList().forEach(nested -> add(full + ".", nested, file));
    message.getExtensionList().forEach(extension -> add(full + ".", extension, file));
  }

  private void add(String scope, EnumDescriptorProto one, String file) {
    declare(scope + one.getName(), file);
    one.getValueList().forEach(value -> declare(scope + value.getName(), file));
  }

  private void add(String scope, FieldDescriptorProto extension, String file) {
    declare(scope + extension.getName(), file);
    String extended = extension.getExtendee();
    extensions
        .computeIfAbsent(
            extended.startsWith(".") ? extended.substring(1) : extended, key -> new TreeMap<>())
        .putIfAbsent(extension.getNumber(), file);
  }

  private void declare(String symbol, String file) {
    bySymbol.putIfAbsent(symbol, file);
  }
}
