package io.segue.bundles.sdk.service;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import io.segue.bundles.sdk.Proto;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.upgrade.UpgradeContext;
import java.util.function.BiFunction;

/**
 * Messages and queries to the modules of the generation, typed: what they are called on the wire
 * comes from their descriptors.
 *
 * <pre>{@code
 * Client modules = Client.of(context);
 * modules.call(MsgMove.newBuilder()...build());
 * BalanceOfResponse balance =
 *     modules.query(request, BalanceOfResponse.getDefaultInstance());
 * }</pre>
 *
 * <p>Valid as long as the context that it was made of, and on the same thread.
 */
public final class Client {
  private static final String RESPONSE = "Response";

  private final BiFunction<String, byte[], byte[]> messages;
  private final BiFunction<String, byte[], byte[]> queries;

  private Client(
      BiFunction<String, byte[], byte[]> messages, BiFunction<String, byte[], byte[]> queries) {
    this.messages = messages;
    this.queries = queries;
  }

  /** What a module calls in the name of its account. */
  public static Client of(Context context) {
    return new Client(context::call, context::query);
  }

  /** What an upgrade calls; nobody signs its messages. */
  public static Client of(UpgradeContext context) {
    return new Client(context::call, context::query);
  }

  /**
   * Sends a message, and passes over its response.
   *
   * @throws ModuleException where it is refused, can't be routed, or wants another signer
   */
  public void call(Message message) {
    send(message);
  }

  /**
   * As {@link #call(Message)}, with its response.
   *
   * @param response the default instance of the response's type
   * @throws IllegalArgumentException where a message of that type has another response
   */
  public <A extends Message> A call(Message message, A response) {
    String expected = message.getDescriptorForType().getFullName() + RESPONSE;
    String given = response.getDescriptorForType().getFullName();
    if (!given.equals(expected)) {
      throw new IllegalArgumentException(
          "the response of a message is named after it: " + expected + ", not " + given);
    }
    return Proto.parse(Methods.parser(response), send(message));
  }

  /**
   * Asks a query.
   *
   * @param response the default instance of the response's type
   * @throws ModuleException where it is refused or can't be routed
   * @throws IllegalArgumentException where no service of the request's file has a method of both
   */
  public <A extends Message> A query(Message request, A response) {
    String path = path(request.getDescriptorForType(), response.getDescriptorForType());
    return Proto.parse(Methods.parser(response), queries.apply(path, request.toByteArray()));
  }

  private byte[] send(Message message) {
    return messages.apply(
        "/" + message.getDescriptorForType().getFullName(), message.toByteArray());
  }

  private static String path(Descriptor request, Descriptor response) {
    for (ServiceDescriptor service : request.getFile().getServices()) {
      for (MethodDescriptor method : service.getMethods()) {
        if (method.getInputType() == request && method.getOutputType() == response) {
          return new Methods.Method(method).path();
        }
      }
    }
    throw new IllegalArgumentException(
        "no service in "
            + request.getFile().getName()
            + " takes "
            + request.getFullName()
            + " and returns "
            + response.getFullName());
  }
}
