package io.segue.bundles.sdk;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.sdk.proto.options.Amino;
import io.segue.bundles.sdk.proto.options.Cosmos;
import io.segue.bundles.sdk.proto.options.Gogo;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes what {@code Module.descriptors()} returns, and reads it. */
public final class DescriptorSets {
  /** The options of fields and messages that are read; others stay unknown. */
  private static final ExtensionRegistry OPTIONS = options();

  private DescriptorSets() {}

  /** A serialized FileDescriptorSet of files with all their imports, each import before its use. */
  public static byte[] of(FileDescriptor... files) {
    FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
    Set<String> added = new LinkedHashSet<>();
    for (FileDescriptor file : files) {
      add(file, set, added);
    }
    return set.build().toByteArray();
  }

  /**
   * The files of serialized FileDescriptorSets, each file once.
   *
   * @throws IllegalArgumentException where a set does not parse, or lacks an import
   */
  public static List<FileDescriptor> files(Collection<byte[]> sets) {
    Map<String, FileDescriptor> files = new LinkedHashMap<>();
    try {
      for (byte[] set : sets) {
        for (FileDescriptorProto file : FileDescriptorSet.parseFrom(set, OPTIONS).getFileList()) {
          if (!files.containsKey(file.getName())) {
            files.put(file.getName(), link(file, files));
          }
        }
      }
    } catch (InvalidProtocolBufferException | DescriptorValidationException e) {
      throw new IllegalArgumentException("descriptors can't be read: " + e.getMessage(), e);
    }
    return List.copyOf(files.values());
  }

  private static ExtensionRegistry options() {
    ExtensionRegistry registry = ExtensionRegistry.newInstance();
    Amino.registerAllExtensions(registry);
    Cosmos.registerAllExtensions(registry);
    Gogo.registerAllExtensions(registry);
    return registry;
  }

  private static FileDescriptor link(FileDescriptorProto file, Map<String, FileDescriptor> linked)
      throws DescriptorValidationException {
    FileDescriptor[] imports = new FileDescriptor[file.getDependencyCount()];
    for (int i = 0; i < imports.length; i++) {
      FileDescriptor dependency = linked.get(file.getDependency(i));
      if (dependency == null) {
        throw new IllegalArgumentException(
            file.getName() + " imports " + file.getDependency(i) + ", which is missing");
      }
      imports[i] = dependency;
    }
    return FileDescriptor.buildFrom(file, imports);
  }

  private static void add(FileDescriptor file, FileDescriptorSet.Builder set, Set<String> added) {
    if (added.add(file.getName())) {
      for (FileDescriptor dependency : file.getDependencies()) {
        add(dependency, set, added);
      }
      set.addFile(file.toProto());
    }
  }
}
