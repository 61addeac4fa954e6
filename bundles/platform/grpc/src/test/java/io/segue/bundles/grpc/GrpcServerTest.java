package io.segue.bundles.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.segue.bundles.grpc.proto.ExtensionRequest;
import io.segue.bundles.grpc.proto.ServerReflectionRequest;
import io.segue.bundles.grpc.proto.ServerReflectionResponse;
import io.segue.bundles.grpc.proto.ServiceResponse;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcServerTest {
  private static final Metadata.Key<String> HEIGHT =
      Metadata.Key.of("x-cosmos-block-height", Metadata.ASCII_STRING_MARSHALLER);
  private static final int LIMIT_SECONDS = 30;

  private final FakeNode node = new FakeNode();
  private final List<AutoCloseable> open = new ArrayList<>();
  private ManagedChannel channel;

  @AfterEach
  void close() throws Exception {
    node.slow.countDown();
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  @Test
  void answersAtTheHeightThatIsAskedAndTellsIt() throws Exception {
    serve(config(10, 60));
    assertThat(call("Echo", "hello", "")).isEqualTo("hello at 7");
    assertThat(call("Echo", "", "")).isEqualTo(" at 7");
    assertThat(call("Echo", "past", "3")).isEqualTo("past at 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NotFound",
        "InvalidArgument",
        "FailedPrecondition",
        "Unauthenticated",
        "Unknown",
        "Internal",
        "Unimplemented",
        "Unavailable"
      })
  void failsWithTheStatusAndThePlainText(String status) throws Exception {
    serve(config(10, 60));
    assertThatThrownBy(() -> call("Fail", status, ""))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failed -> {
              assertThat(failed.getStatus().getCode().name().replace("_", ""))
                  .isEqualToIgnoringCase(status);
              assertThat(failed.getStatus().getDescription()).isEqualTo("why");
            });
  }

  @Test
  void saysWhatThereIsNotAndWhatItCantRead() throws Exception {
    serve(config(10, 60));
    assertThatThrownBy(() -> call("Nope", "", ""))
        .hasMessage("UNIMPLEMENTED: unknown query /test.Query/Nope");
    assertThatThrownBy(() -> call("Broken", "", ""))
        .hasMessage("INTERNAL: panic: IllegalStateException");
    assertThatThrownBy(() -> call("Echo", "", "abc"))
        .hasMessage(
            "UNKNOWN: codespace sdk code 18: invalid request: Baseapp.RegisterGRPCServer: invalid"
                + " height header \"x-cosmos-block-height\": strconv.ParseInt: parsing \"abc\":"
                + " invalid syntax");
    assertThatThrownBy(() -> call("Echo", "x".repeat(3000), ""))
        .hasMessageStartingWith("RESOURCE_EXHAUSTED: gRPC message exceeds maximum size 2048");
  }

  @Test
  void refusesCallsBeyondTheMost() throws Exception {
    serve(config(1, 60));
    Future<String> first = CompletableFuture.supplyAsync(() -> call("Slow", "a", ""));
    assertThat(node.slowBegan.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(() -> call("Echo", "b", ""))
        .hasMessage(
            "RESOURCE_EXHAUSTED: this node answers 1 calls at once and no more; try again later");
    node.slow.countDown();
    assertThat(first.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("a at 7");
  }

  @Test
  void endsACallThatTakesTooLong() throws Exception {
    serve(config(10, 1));
    assertThatThrownBy(() -> call("Slow", "a", ""))
        .hasMessage(
            "DEADLINE_EXCEEDED: the call took more than the 1 seconds that this node allows");
  }

  @Test
  void closesConnectionsBeyondTheMost() throws Exception {
    GrpcServer server = serve(config(10, 60));
    List<Socket> sockets = new ArrayList<>();
    try {
      boolean refused = false;
      for (int i = 0; i < 4 && !refused; i++) {
        Socket socket = new Socket("127.0.0.1", server.port());
        sockets.add(socket);
        socket.setSoTimeout(LIMIT_SECONDS * 1000);
        refused = !greets(socket);
      }
      assertThat(refused).isTrue();
      assertThat(sockets).hasSize(4);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    assertThat(awaitAnswer()).isEqualTo("again at 7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc.reflection.v1", "grpc.reflection.v1alpha"})
  void reflectsWhatTheNodeServesNow(String version) throws Exception {
    serve(config(10, 60));
    ServerReflectionResponse list = ask(version, list()).get(0);
    assertThat(list.getListServicesResponse().getServiceList())
        .extracting(ServiceResponse::getName)
        .containsExactly(
            "grpc.reflection.v1.ServerReflection",
            "test.Query",
            "grpc.reflection.v1alpha.ServerReflection");
    assertThat(files(ask(version, symbol("test.Query")).get(0)))
        .containsExactly("test/query.proto", "test/message.proto");
    assertThat(files(ask(version, symbol("test.Query.Echo")).get(0))).contains("test/query.proto");
    List<ServerReflectionResponse> both =
        ask(version, symbol("test.Message"), symbol("test.Query"), symbol("nope"));
    assertThat(files(both.get(1))).containsExactly("test/query.proto");
    assertThat(both.get(2).getErrorResponse().getErrorCode()).isEqualTo(5);

    node.serve("test.Query", "feemarket.Query");
    assertThat(ask(version, list()).get(0).getListServicesResponse().getServiceList())
        .extracting(ServiceResponse::getName)
        .contains("feemarket.Query");
  }

  @Test
  void findsExtensions() throws Exception {
    serve(config(10, 60));
    List<ServerReflectionResponse> found =
        ask(
            "grpc.reflection.v1",
            ServerReflectionRequest.newBuilder()
                .setAllExtensionNumbersOfType("test.Message")
                .build(),
            ServerReflectionRequest.newBuilder()
                .setFileContainingExtension(
                    ExtensionRequest.newBuilder()
                        .setContainingType("test.Message")
                        .setExtensionNumber(100))
                .build(),
            ServerReflectionRequest.newBuilder().setFileByFilename("test/query.proto").build());
    assertThat(found.get(0).getAllExtensionNumbersResponse().getExtensionNumberList())
        .containsExactly(100);
    assertThat(files(found.get(1))).containsExactly("test/message.proto");
    assertThat(files(found.get(2))).containsExactly("test/query.proto");
  }

  @Test
  void saysWhereItCantListen() throws Exception {
    int port = serve(config(10, 60)).port();
    GrpcConfig taken = new GrpcConfig(true, "127.0.0.1", port, 2048, 3, 10, 100, 60, 2);
    assertThatThrownBy(() -> GrpcServer.open(taken, node, node))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("127.0.0.1:" + port + " can't be listened on: ")
        .hasMessageEndingWith("; set host and port in etc/io.segue.grpc.cfg");
  }

  @Test
  void refusesSettingsByName() {
    assertThatThrownBy(() -> new GrpcConfig(true, "127.0.0.1", 70_000, 2048, 3, 10, 100, 60, 2))
        .hasMessage("port = 70000 in etc/io.segue.grpc.cfg is refused: legal is 0 to 65535");
    assertThatThrownBy(() -> new GrpcConfig(true, "127.0.0.1", 1, 2048, 0, 10, 100, 60, 2))
        .hasMessageStartingWith("maxConnections = 0 in etc/io.segue.grpc.cfg is refused");
  }

  private static GrpcConfig config(int maxCalls, int timeoutSeconds) {
    return new GrpcConfig(true, "127.0.0.1", 0, 2048, 3, maxCalls, 100, timeoutSeconds, 2);
  }

  private GrpcServer serve(GrpcConfig config) throws IOException {
    GrpcServer server = GrpcServer.open(config, node, node);
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    open.add(channel::shutdownNow);
    open.add(server);
    return server;
  }

  /** The answer and the height that the header tells. */
  private String call(String method, String request, String height) {
    Metadata headers = new Metadata();
    if (!height.isEmpty()) {
      headers.put(HEIGHT, height);
    }
    AtomicReference<Metadata> answered = new AtomicReference<>();
    byte[] answer =
        ClientCalls.blockingUnaryCall(
            ClientInterceptors.intercept(
                channel,
                MetadataUtils.newAttachHeadersInterceptor(headers),
                MetadataUtils.newCaptureMetadataInterceptor(answered, new AtomicReference<>())),
            method("test.Query/" + method, MethodType.UNARY),
            CallOptions.DEFAULT.withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS),
            request.getBytes(StandardCharsets.UTF_8));
    return new String(answer, StandardCharsets.UTF_8) + " at " + answered.get().get(HEIGHT);
  }

  private String awaitAnswer() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (true) {
      try {
        return call("Echo", "again", "");
      } catch (StatusRuntimeException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  /** Whether the server sends its settings; the end of the stream where it closed. */
  private static boolean greets(Socket socket) throws IOException {
    try {
      socket
          .getOutputStream()
          .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read() >= 0;
    } catch (java.net.SocketException e) {
      return false;
    }
  }

  private List<ServerReflectionResponse> ask(String version, ServerReflectionRequest... requests)
      throws Exception {
    List<ServerReflectionResponse> answers = new ArrayList<>();
    CompletableFuture<Void> done = new CompletableFuture<>();
    StreamObserver<byte[]> to =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(
                method(
                    version + ".ServerReflection/ServerReflectionInfo", MethodType.BIDI_STREAMING),
                CallOptions.DEFAULT),
            new StreamObserver<>() {
              @Override
              public void onNext(byte[] answer) {
                try {
                  answers.add(ServerReflectionResponse.parseFrom(answer));
                } catch (InvalidProtocolBufferException e) {
                  done.completeExceptionally(e);
                }
              }

              @Override
              public void onError(Throwable failure) {
                done.completeExceptionally(failure);
              }

              @Override
              public void onCompleted() {
                done.complete(null);
              }
            });
    for (ServerReflectionRequest request : requests) {
      to.onNext(request.toByteArray());
    }
    to.onCompleted();
    done.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    return answers;
  }

  private static ServerReflectionRequest list() {
    return ServerReflectionRequest.newBuilder().setListServices("").build();
  }

  private static ServerReflectionRequest symbol(String name) {
    return ServerReflectionRequest.newBuilder().setFileContainingSymbol(name).build();
  }

  private static List<String> files(ServerReflectionResponse response) throws Exception {
    List<String> names = new ArrayList<>();
    for (var file : response.getFileDescriptorResponse().getFileDescriptorProtoList()) {
      names.add(FileDescriptorProto.parseFrom(file).getName());
    }
    return names;
  }

  private static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(type)
        .setFullMethodName(name)
        .setRequestMarshaller(Bytes.INSTANCE)
        .setResponseMarshaller(Bytes.INSTANCE)
        .build();
  }
}
