package io.segue.bundles.grpc;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.node.GrpcQueries;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Unary calls: each is a query of the node, at the height that its metadata names. */
final class QueryCalls {
  private static final String HEIGHT = "x-cosmos-block-height";
  private static final Metadata.Key<String> HEIGHT_KEY =
      Metadata.Key.of(HEIGHT, Metadata.ASCII_STRING_MARSHALLER);

  private final GrpcQueries queries;
  private final Calls calls;

  QueryCalls(GrpcQueries queries, Calls calls) {
    this.queries = queries;
    this.calls = calls;
  }

  /**
   * The method of a name; whether there is one, its call tells.
   *
   * @param name such as {@code cosmos.bank.v1beta1.Query/Balance}
   */
  ServerMethodDefinition<byte[], byte[]> method(String name) {
    return ServerMethodDefinition.create(
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodType.UNARY)
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
    call.request(2);
    return new Unary(
        open.get(), call.getMethodDescriptor().getFullMethodName(), headers.get(HEIGHT_KEY));
  }

  private void answer(
      Calls.Open<byte[], byte[]> call, String method, @Nullable String height, byte[] request) {
    try {
      GrpcQueries.Answer answer = queries.query("/" + method, request, height(height));
      Metadata headers = new Metadata();
      headers.put(HEIGHT_KEY, Long.toString(answer.height()));
      call.answer(headers, answer.value());
    } catch (QueryException e) {
      call.close(status(e));
    } catch (RuntimeException e) {
      call.close(Status.INTERNAL.withDescription("panic: " + e.getClass().getSimpleName()));
    }
  }

  /** What the metadata asks for; 0 where it does not. */
  private static long height(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return 0;
    }
    String why;
    try {
      long height = Long.parseLong(text);
      if (height >= 0) {
        return height;
      }
      why = "height must not be negative";
    } catch (NumberFormatException e) {
      why = "strconv.ParseInt: parsing \"" + text + "\": invalid syntax";
    }
    throw new QueryException(
        QueryException.Status.Unknown,
        "codespace sdk code 18: invalid request: Baseapp.RegisterGRPCServer: invalid height header"
            + " \""
            + HEIGHT
            + "\": "
            + why);
  }

  private static Status status(QueryException refused) {
    return Status.fromCodeValue(refused.status().code())
        .withDescription(String.valueOf(refused.getMessage()));
  }

  /** One request, one answer. */
  private final class Unary extends ServerCall.Listener<byte[]> {
    private final Calls.Open<byte[], byte[]> call;
    private final String method;
    private final @Nullable String height;
    private byte @Nullable [] request;

    Unary(Calls.Open<byte[], byte[]> call, String method, @Nullable String height) {
      this.call = call;
      this.method = method;
      this.height = height;
    }

    @Override
    public void onMessage(byte[] message) {
      if (request != null) {
        call.close(Status.INTERNAL.withDescription("a unary call has one message"));
      }
      request = message;
    }

    @Override
    public void onHalfClose() {
      if (request == null) {
        call.close(Status.INTERNAL.withDescription("a unary call has one message"));
        return;
      }
      answer(call, method, height, request);
    }

    @Override
    public void onCancel() {
      call.over();
    }

    @Override
    public void onComplete() {
      call.over();
    }
  }
}
