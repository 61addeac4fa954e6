package io.segue.bundles.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.segue.bundles.grpc.proto.ErrorResponse;
import io.segue.bundles.grpc.proto.ExtensionNumberResponse;
import io.segue.bundles.grpc.proto.FileDescriptorResponse;
import io.segue.bundles.grpc.proto.ListServiceResponse;
import io.segue.bundles.grpc.proto.ReflectionProto;
import io.segue.bundles.grpc.proto.ServerReflectionRequest;
import io.segue.bundles.grpc.proto.ServerReflectionResponse;
import io.segue.bundles.grpc.proto.ServiceResponse;
import io.segue.kernel.api.module.Descriptors;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.node.Interfaces;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reflection in its versions v1 and v1alpha, whose messages are the same: each request is answered
 * from the descriptors of the last height's generation, so that what an upgrade brings is there
 * without another connection.
 */
final class ReflectionCalls {
  private static final String METHOD = "ServerReflection/ServerReflectionInfo";
  private static final String V1 = "grpc.reflection.v1.";
  private static final String V1ALPHA = "grpc.reflection.v1alpha.";

  private final Interfaces interfaces;
  private final Calls calls;
  private final byte[] own =
      FileDescriptorSet.newBuilder()
          .addFile(ReflectionProto.getDescriptor().toProto())
          .build()
          .toByteArray();
  private volatile @Nullable Known known;

  /** What was derived from descriptors last. */
  private record Known(Descriptors of, Files files) {}

  ReflectionCalls(Interfaces interfaces, Calls calls) {
    this.interfaces = interfaces;
    this.calls = calls;
  }

  /** Whether a method is one of reflection. */
  boolean serves(String method) {
    return method.equals(V1 + METHOD) || method.equals(V1ALPHA + METHOD);
  }

  /** A method of reflection. */
  ServerMethodDefinition<byte[], byte[]> method(String name) {
    return ServerMethodDefinition.create(
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodType.BIDI_STREAMING)
            .setFullMethodName(name)
            .setRequestMarshaller(Bytes.INSTANCE)
            .setResponseMarshaller(Bytes.INSTANCE)
            .build(),
        this::start);
  }

  private ServerCall.Listener<byte[]> start(ServerCall<byte[], byte[]> call, Metadata headers) {
    Optional<Calls.Open<byte[], byte[]>> open = calls.open(call);
    if (open.isEmpty()) {
      return new ServerCall.Listener<>() {};
    }
    call.sendHeaders(new Metadata());
    call.request(1);
    return new Stream(call, open.get());
  }

  /** Of the code that runs now. */
  private Files files() {
    Descriptors now = interfaces.at(interfaces.height());
    Known last = known;
    if (last != null && last.of() == now) {
      return last.files();
    }
    List<byte[]> sets = new ArrayList<>(now.all());
    sets.add(own);
    Files files = new Files(sets);
    known = new Known(now, files);
    return files;
  }

  static ServerReflectionResponse answer(
      Files files, ServerReflectionRequest request, Set<String> given) {
    ServerReflectionResponse.Builder response =
        ServerReflectionResponse.newBuilder()
            .setValidHost(request.getHost())
            .setOriginalRequest(request);
    switch (request.getMessageRequestCase()) {
      case LIST_SERVICES -> response.setListServicesResponse(list(files));
      case FILE_BY_FILENAME -> give(files, request.getFileByFilename(), given, response);
      case FILE_CONTAINING_SYMBOL ->
          give(files, files.declaring(request.getFileContainingSymbol()), given, response);
      case FILE_CONTAINING_EXTENSION ->
          give(
              files,
              files.extending(
                  request.getFileContainingExtension().getContainingType(),
                  request.getFileContainingExtension().getExtensionNumber()),
              given,
              response);
      case ALL_EXTENSION_NUMBERS_OF_TYPE -> {
        String type = request.getAllExtensionNumbersOfType();
        if (files.declaring(type).isEmpty()) {
          refuse(Status.NOT_FOUND, "there is no type " + type, response);
        } else {
          response.setAllExtensionNumbersResponse(
              ExtensionNumberResponse.newBuilder()
                  .setBaseTypeName(type)
                  .addAllExtensionNumber(files.extensions(type)));
        }
      }
      case MESSAGEREQUEST_NOT_SET ->
          refuse(Status.INVALID_ARGUMENT, "the request asks for nothing", response);
    }
    return response.build();
  }

  private static ListServiceResponse list(Files files) {
    ListServiceResponse.Builder list = ListServiceResponse.newBuilder();
    files.services().forEach(name -> list.addService(ServiceResponse.newBuilder().setName(name)));
    return list.addService(ServiceResponse.newBuilder().setName(V1ALPHA + "ServerReflection"))
        .build();
  }

  private static void give(
      Files files, String file, Set<String> given, ServerReflectionResponse.Builder response) {
    List<ByteString> found = files.file(file, given);
    if (found.isEmpty()) {
      refuse(Status.NOT_FOUND, "no file of this node's services has it", response);
    } else {
      response.setFileDescriptorResponse(
          FileDescriptorResponse.newBuilder().addAllFileDescriptorProto(found));
    }
  }

  private static void refuse(
      Status status, String text, ServerReflectionResponse.Builder response) {
    response.setErrorResponse(
        ErrorResponse.newBuilder().setErrorCode(status.getCode().value()).setErrorMessage(text));
  }

  /** One client's requests, answered one after the other. */
  private final class Stream extends ServerCall.Listener<byte[]> {
    private final ServerCall<byte[], byte[]> call;
    private final Calls.Open<byte[], byte[]> open;
    private final Set<String> given = new HashSet<>();

    Stream(ServerCall<byte[], byte[]> call, Calls.Open<byte[], byte[]> open) {
      this.call = call;
      this.open = open;
    }

    @Override
    public void onMessage(byte[] message) {
      try {
        ServerReflectionRequest request = ServerReflectionRequest.parseFrom(message);
        open.send(answer(files(), request, given).toByteArray());
        call.request(1);
      } catch (InvalidProtocolBufferException e) {
        open.close(Status.INVALID_ARGUMENT.withDescription("the request does not parse"));
      } catch (QueryException e) {
        open.close(Status.UNAVAILABLE.withDescription(e.getMessage()));
      }
    }

    @Override
    public void onHalfClose() {
      open.close(Status.OK);
    }

    @Override
    public void onCancel() {
      open.over();
    }

    @Override
    public void onComplete() {
      open.over();
    }
  }
}
