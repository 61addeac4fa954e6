package io.segue.bundles.sdk;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.HashSet;
import java.util.Set;

/** Makes what {@code Module.descriptors()} returns. */
public final class DescriptorSets {
  private DescriptorSets() {}

  /** A serialized FileDescriptorSet of files with all their imports, each import before its use. */
  public static byte[] of(FileDescriptor... files) {
    FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
    Set<String> added = new HashSet<>();
    for (FileDescriptor file : files) {
      add(file, set, added);
    }
    return set.build().toByteArray();
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
