package io.segue.bundles.services;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.services.proto.reflection.FileDescriptorsRequest;
import io.segue.bundles.services.proto.reflection.FileDescriptorsResponse;
import io.segue.kernel.api.module.Descriptors;
import io.segue.kernel.api.node.Interfaces;
import io.segue.kernel.api.node.NodeQueries.NodeQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code cosmos.reflection.v1.ReflectionService}: the files of all modules of a height, each name
 * once. Where modules have different files of one name, the file is that of the module that owns
 * what it declares, else the first module's in order of names. Queries that only modules may ask
 * are not in them. A module whose descriptors can't be read is left out.
 */
final class ReflectionService {
  /** Name of the services that group messages; what is in them is not asked but sent. */
  static final String MESSAGES = "Msg";

  private final Interfaces interfaces;

  ReflectionService(Interfaces interfaces) {
    this.interfaces = interfaces;
  }

  Map<String, NodeQuery> queries() {
    return new Service("cosmos.reflection.v1.ReflectionService")
        .addAt("FileDescriptors", FileDescriptorsRequest.parser(), (height, request) -> at(height))
        .queries();
  }

  private FileDescriptorsResponse at(long height) {
    return of(interfaces.at(height));
  }

  /** The answer for a generation, computed once for each. */
  static FileDescriptorsResponse of(Descriptors descriptors) {
    return descriptors.derive(FileDescriptorsResponse.class, () -> files(descriptors));
  }

  private static FileDescriptorsResponse files(Descriptors descriptors) {
    Map<String, FileDescriptorProto> files = new LinkedHashMap<>();
    for (byte[] set : descriptors.all()) {
      for (FileDescriptorProto file : read(set)) {
        if (!files.containsKey(file.getName())) {
          files.put(file.getName(), served(descriptors, owners(descriptors, file)));
        }
      }
    }
    return FileDescriptorsResponse.newBuilder().addAllFiles(files.values()).build();
  }

  /** The file of the same name that the owner of its content has. */
  private static FileDescriptorProto owners(Descriptors descriptors, FileDescriptorProto file) {
    return owner(descriptors, file).stream()
        .flatMap(module -> read(descriptors.of(module)).stream())
        .filter(own -> own.getName().equals(file.getName()))
        .findFirst()
        .orElse(file);
  }

  /** The file without the queries that only modules may ask. */
  private static FileDescriptorProto served(Descriptors descriptors, FileDescriptorProto file) {
    FileDescriptorProto.Builder served = file.toBuilder().clearService();
    for (ServiceDescriptorProto service : file.getServiceList()) {
      ServiceDescriptorProto.Builder methods = service.toBuilder();
      if (!service.getName().equals(MESSAGES)) {
        methods.clearMethod();
        service.getMethodList().stream()
            .filter(method -> descriptors.queries().contains(path(file, service, method)))
            .forEach(methods::addMethod);
      }
      if (methods.getMethodCount() > 0) {
        served.addService(methods);
      }
    }
    return served.build();
  }

  private static Optional<String> owner(Descriptors descriptors, FileDescriptorProto file) {
    for (DescriptorProto message : file.getMessageTypeList()) {
      Optional<String> owner = descriptors.owner(scope(file) + message.getName());
      if (owner.isPresent()) {
        return owner;
      }
    }
    for (ServiceDescriptorProto service : file.getServiceList()) {
      for (MethodDescriptorProto method : service.getMethodList()) {
        Optional<String> owner = descriptors.queryOwner(path(file, service, method));
        if (owner.isPresent()) {
          return owner;
        }
      }
    }
    return Optional.empty();
  }

  private static String path(
      FileDescriptorProto file, ServiceDescriptorProto service, MethodDescriptorProto method) {
    return scope(file) + service.getName() + "/" + method.getName();
  }

  private static String scope(FileDescriptorProto file) {
    return "/" + (file.getPackage().isEmpty() ? "" : file.getPackage() + ".");
  }

  private static List<FileDescriptorProto> read(byte[] set) {
    try {
      return FileDescriptorSet.parseFrom(set).getFileList();
    } catch (InvalidProtocolBufferException e) {
      return List.of();
    }
  }
}
