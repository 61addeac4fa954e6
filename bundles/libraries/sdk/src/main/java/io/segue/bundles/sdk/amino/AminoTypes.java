package io.segue.bundles.sdk.amino;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.segue.bundles.sdk.DescriptorSets;
import io.segue.kernel.api.module.Descriptors;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The message types that may stand in an Any, with what their options say of Amino JSON: {@code
 * amino.*}, {@code cosmos_proto.scalar} and {@code gogoproto.customtype}, as the Cosmos SDK reads
 * them. A module whose messages carry none of these has their forms by default. Immutable.
 */
public final class AminoTypes {
  private static final String WELL_KNOWN = "google.protobuf.";

  private final Map<String, AminoType> byUrl;

  private AminoTypes(Map<String, AminoType> byUrl) {
    this.byUrl = byUrl;
  }

  /**
   * The types of a generation. Where several modules describe a type, its owner's description
   * counts, and of a type without an owner the first module's in order of names.
   */
  public static AminoTypes of(Descriptors descriptors) {
    Map<ByteBuffer, Map<String, AminoType>> sets = new TreeMap<>();
    Map<String, AminoType> byUrl = new TreeMap<>();
    for (byte[] module : descriptors.all()) {
      Map<String, AminoType> types = read(DescriptorSets.files(List.of(module)));
      sets.put(ByteBuffer.wrap(module), types);
      addTargets(types, byUrl);
    }
    byUrl.replaceAll(
        (url, type) ->
            descriptors
                .owner(url)
                .map(owner -> sets.get(ByteBuffer.wrap(descriptors.of(owner))))
                .map(types -> types.get(url.substring(1)))
                .orElse(type));
    return new AminoTypes(byUrl);
  }

  /** The types of files with all their imports. */
  public static AminoTypes of(FileDescriptor... files) {
    Map<String, AminoType> byUrl = new TreeMap<>();
    addTargets(read(DescriptorSets.files(List.of(DescriptorSets.of(files)))), byUrl);
    return new AminoTypes(byUrl);
  }

  /** The type of a URL: one slash and a name that is none of protobuf's own; else null. */
  @Nullable AminoType find(String typeUrl) {
    return byUrl.get(typeUrl);
  }

  private static void addTargets(Map<String, AminoType> types, Map<String, AminoType> byUrl) {
    types.forEach(
        (name, type) -> {
          if (!name.startsWith(WELL_KNOWN)) {
            byUrl.putIfAbsent("/" + name, type);
          }
        });
  }

  private static Map<String, AminoType> read(Collection<FileDescriptor> files) {
    Map<String, AminoType> types = new LinkedHashMap<>();
    for (FileDescriptor file : files) {
      file.getMessageTypes().forEach(message -> collect(message, types));
    }
    types.values().forEach(type -> type.link(types));
    return types;
  }

  private static void collect(Descriptor message, Map<String, AminoType> types) {
    types.put(message.getFullName(), new AminoType(message));
    message.getNestedTypes().forEach(nested -> collect(nested, types));
  }
}
