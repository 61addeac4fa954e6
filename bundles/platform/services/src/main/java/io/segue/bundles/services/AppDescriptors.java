package io.segue.bundles.services;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import io.segue.kernel.api.module.Descriptors;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a generation's descriptors say to those who ask what there is: computed once for each
 * generation.
 *
 * @param messages type URLs of the messages that transactions may have, in order
 * @param services paths of the queries of each service, by its name, in order
 */
record AppDescriptors(List<String> messages, Map<String, List<String>> services) {

  /** Of a height's descriptors. */
  static AppDescriptors of(Descriptors descriptors) {
    return descriptors.derive(AppDescriptors.class, () -> read(descriptors));
  }

  private static AppDescriptors read(Descriptors descriptors) {
    TreeSet<String> messages = new TreeSet<>();
    Map<String, List<String>> services = new TreeMap<>();
    for (FileDescriptorProto file : ReflectionService.of(descriptors).getFilesList()) {
      String scope = file.getPackage().isEmpty() ? "" : file.getPackage() + ".";
      for (DescriptorProto message : file.getMessageTypeList()) {
        String typeUrl = "/" + scope + message.getName();
        if (descriptors.routable(typeUrl)) {
          messages.add(typeUrl);
        }
      }
      for (ServiceDescriptorProto service : file.getServiceList()) {
        String name = scope + service.getName();
        if (!service.getName().equals(ReflectionService.MESSAGES)) {
          services.put(
              name,
              service.getMethodList().stream()
                  .map(method -> "/" + name + "/" + method.getName())
                  .toList());
        }
      }
    }
    return new AppDescriptors(List.copyOf(messages), services);
  }
}
