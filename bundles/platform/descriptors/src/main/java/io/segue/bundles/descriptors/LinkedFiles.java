package io.segue.bundles.descriptors;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Links sets of files, each on its own: modules of one generation may have files of the same name
 * and another content. Files that are the same, with the same imports, are linked once. One thread.
 */
final class LinkedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(LinkedFiles.class);

  private final Map<Linked, FileDescriptor> known = new HashMap<>();

  /** A file with its imports; equal where both are. */
  private record Linked(FileDescriptorProto file, List<FileDescriptor> imports) {}

  /**
   * The files of a serialized FileDescriptorSet.
   *
   * @throws IllegalArgumentException where it does not parse, or a file stands before its imports
   */
  List<FileDescriptor> link(byte[] set) {
    Map<String, FileDescriptor> files = new LinkedHashMap<>();
    try {
      for (FileDescriptorProto file : FileDescriptorSet.parseFrom(set).getFileList()) {
        if (!files.containsKey(file.getName())) {
          files.put(file.getName(), link(file, files));
        }
      }
    } catch (InvalidProtocolBufferException | DescriptorValidationException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
    return List.copyOf(files.values());
  }

  /** As {@link #link}; a set that can't be read leaves out what it describes, and nothing else. */
  List<FileDescriptor> linkReadable(byte[] set) {
    try {
      return link(set);
    } catch (IllegalArgumentException e) {
      LOG.warn("Descriptors can't be read, what they describe is not served: {}", e.getMessage());
      return List.of();
    }
  }

  private FileDescriptor link(FileDescriptorProto file, Map<String, FileDescriptor> files)
      throws DescriptorValidationException {
    List<FileDescriptor> imports = new ArrayList<>();
    for (String name : file.getDependencyList()) {
      FileDescriptor dependency = files.get(name);
      if (dependency == null) {
        throw new IllegalArgumentException(
            file.getName() + " imports " + name + ", which does not stand before it");
      }
      imports.add(dependency);
    }
    Linked wanted = new Linked(file, imports);
    FileDescriptor present = known.get(wanted);
    if (present == null) {
      present = FileDescriptor.buildFrom(file, imports.toArray(new FileDescriptor[0]));
      known.put(wanted, present);
    }
    return present;
  }
}
