package io.segue.bundles.grpc;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import io.segue.kernel.api.module.Descriptors;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import io.segue.kernel.api.node.GrpcQueries;
import io.segue.kernel.api.node.Interfaces;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** A node with a service {@code test.Query}; its methods say how they answer. */
final class FakeNode implements GrpcQueries, Interfaces {
  final CountDownLatch slow = new CountDownLatch(1);
  final CountDownLatch slowBegan = new CountDownLatch(1);
  private volatile Descriptors descriptors = descriptorsOf("test.Query");

  /** An upgrade brings other services. */
  void serve(String... services) {
    descriptors = descriptorsOf(services);
  }

  @Override
  public Answer query(String path, byte[] request, long height) {
    switch (path) {
      case "/test.Query/Echo" -> {
        return new Answer(request, height == 0 ? 7 : height);
      }
      case "/test.Query/Slow" -> {
        slowBegan.countDown();
        try {
          slow.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return new Answer(request, 7);
      }
      case "/test.Query/Broken" -> throw new IllegalStateException("secret");
      case "/test.Query/Fail" ->
          throw new QueryException(
              Status.valueOf(new String(request, StandardCharsets.UTF_8)), "why");
      default -> throw new QueryException(Status.Unimplemented, "unknown query " + path);
    }
  }

  @Override
  public long height() {
    return 7;
  }

  @Override
  public Descriptors at(long height) {
    return descriptors;
  }

  private static Descriptors descriptorsOf(String... services) {
    List<byte[]> sets = new ArrayList<>();
    for (String service : services) {
      sets.add(set(service));
    }
    return new Descriptors() {
      @Override
      public List<byte[]> all() {
        return sets;
      }

      @Override
      public boolean routable(String typeUrl) {
        return false;
      }

      @Override
      public <T> T derive(Class<T> type, Supplier<T> compute) {
        return compute.get();
      }

      @Override
      public Optional<String> owner(String typeUrl) {
        return Optional.empty();
      }
    };
  }

  /** A file with a service of one method, and a file with its message, which the first imports. */
  private static byte[] set(String service) {
    String scope = service.substring(0, service.lastIndexOf('.'));
    FileDescriptorProto messages =
        FileDescriptorProto.newBuilder()
            .setName(scope + "/message.proto")
            .setPackage(scope)
            .addMessageType(DescriptorProto.newBuilder().setName("Message"))
            .addExtension(
                FieldDescriptorProto.newBuilder()
                    .setName("extra")
                    .setNumber(100)
                    .setExtendee("." + scope + ".Message"))
            .build();
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName(scope + "/query.proto")
            .setPackage(scope)
            .addDependency(messages.getName())
            .addService(
                ServiceDescriptorProto.newBuilder()
                    .setName(service.substring(service.lastIndexOf('.') + 1))
                    .addMethod(
                        MethodDescriptorProto.newBuilder()
                            .setName("Echo")
                            .setInputType("." + scope + ".Message")
                            .setOutputType("." + scope + ".Message")))
            .build();
    return FileDescriptorSet.newBuilder().addFile(messages).addFile(file).build().toByteArray();
  }
}
