package io.segue.bundles.cli.chain;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.descriptors.Types;
import io.segue.bundles.sdk.proto.options.Cosmos;
import io.segue.bundles.sdk.proto.options.Msg;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the running generation of a node describes: messages and queries of every module, also of
 * those that this client has never heard of. Immutable.
 */
public final class NodeTypes {
  /** Its answer has the bytes of a FileDescriptorSet. */
  static final String PATH = "/cosmos.reflection.v1.ReflectionService/FileDescriptors";

  private final List<FileDescriptor> files;
  private final Types types;

  private NodeTypes(List<FileDescriptor> files) {
    this.files = files;
    this.types = Types.of(files, typeUrl -> Optional.empty());
  }

  /**
   * Asks a node.
   *
   * @throws UnreachableException where none answers
   * @throws CliException where it does not tell
   */
  public static NodeTypes ask(NodeClient node) {
    try {
      byte[] answer = node.query(PATH, new byte[0], 0);
      return of(FileDescriptorSet.parseFrom(answer, options()));
    } catch (QueryRefusedException e) {
      throw new CliException(
          "the node at "
              + node.uri()
              + " does not list its modules ("
              + e.log()
              + "); use the client of its release",
          e);
    } catch (InvalidProtocolBufferException | DescriptorValidationException e) {
      throw new CliException(
          "the node at "
              + node.uri()
              + " describes its modules in a form that this client can't read: "
              + e.getMessage(),
          e);
    }
  }

  /** The types of files in any order. */
  static NodeTypes of(FileDescriptorSet set) throws DescriptorValidationException {
    Map<String, FileDescriptorProto> known = new LinkedHashMap<>();
    set.getFileList().forEach(file -> known.putIfAbsent(file.getName(), file));
    Map<String, FileDescriptor> linked = new HashMap<>();
    for (String name : known.keySet()) {
      link(name, known, linked, new HashSet<>());
    }
    return new NodeTypes(known.keySet().stream().map(linked::get).toList());
  }

  /** All files, in the order of the answer. */
  public List<FileDescriptor> files() {
    return files;
  }

  /** Their types. */
  public Types types() {
    return types;
  }

  /** The type of a message. */
  Optional<Descriptor> message(String typeUrl) {
    return types.message(typeUrl);
  }

  /** Links a file and, before it, what it imports; an import that nobody has is left open. */
  private static void link(
      String name,
      Map<String, FileDescriptorProto> known,
      Map<String, FileDescriptor> linked,
      Set<String> above)
      throws DescriptorValidationException {
    FileDescriptorProto file = known.get(name);
    if (file == null || linked.containsKey(name) || !above.add(name)) {
      return;
    }
    List<FileDescriptor> imports = new ArrayList<>();
    for (String dependency : file.getDependencyList()) {
      link(dependency, known, linked, above);
      if (linked.containsKey(dependency)) {
        imports.add(linked.get(dependency));
      }
    }
    linked.put(name, FileDescriptor.buildFrom(file, imports.toArray(new FileDescriptor[0]), true));
  }

  private static ExtensionRegistry options() {
    ExtensionRegistry registry = ExtensionRegistry.newInstance();
    Msg.registerAllExtensions(registry);
    Cosmos.registerAllExtensions(registry);
    return registry;
  }
}
