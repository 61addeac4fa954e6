package io.segue.bundles.sdk.service;

import com.google.protobuf.Message;
import io.segue.bundles.sdk.BoundedParser;
import io.segue.bundles.sdk.Proto;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ModuleException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is done with a message of one type; ends with {@link #handle} or {@link #answer}, which go
 * back to the services.
 *
 * @param <M> the message
 */
public final class MessageRoute<M extends Message> {
  /** Most bytes of a message whose route does not say. */
  public static final int MAX_BYTES = 256 << 10;

  private static final byte[] EMPTY = {};

  private final Services.Builder services;
  private final Methods.Method method;
  private final M type;
  private final boolean internal;
  private Function<M, List<byte[]>> signers;
  private int maxBytes = MAX_BYTES;
  private BiConsumer<Context, M> check = (context, message) -> {};
  private @Nullable Governance<M> governance;

  /**
   * A route.
   *
   * @param signers null where only modules send the message
   */
  MessageRoute(
      Services.Builder services,
      Methods.Method method,
      M type,
      @Nullable Function<M, List<byte[]>> signers) {
    this.services = services;
    this.method = method;
    this.type = type;
    this.internal = signers == null;
    this.signers = signers == null ? message -> List.of() : signers;
  }

  MessageRoute<M> governedBy(Governance<M> by) {
    governance = by;
    return this;
  }

  /** Most bytes of the message, from 1 up. A larger one is refused before it is parsed. */
  public MessageRoute<M> maxBytes(int bytes) {
    maxBytes = bytes;
    return this;
  }

  /**
   * Checks a message by its text, and by the state as far as that will not change: when a proposal
   * that carries it is submitted, and each time before it is handled. Writes nothing.
   *
   * @param work throws {@link ModuleException} to refuse the message
   */
  public MessageRoute<M> check(BiConsumer<Context, M> work) {
    check = work;
    return this;
  }

  /**
   * Says in other words who must sign, where the option of the descriptor can't.
   *
   * @param of raw addresses, in order, without repetition; throws {@link ModuleException}
   */
  public MessageRoute<M> signedBy(Function<M, List<byte[]>> of) {
    if (internal) {
      throw new IllegalArgumentException(
          method + " is internal, so nobody signs it: remove signedBy, or make it a message");
    }
    signers = of;
    return this;
  }

  /**
   * Words the refusal of a governed message that names another account than that of governance.
   *
   * @param wording gets the expected address and the named one
   */
  public MessageRoute<M> refuseOthers(BiFunction<String, String, ModuleException> wording) {
    if (governance == null) {
      throw new IllegalArgumentException(
          method + " is not for governance: remove refuseOthers, or make it governed");
    }
    governance = governance.worded(wording);
    return this;
  }

  /**
   * Handles a message that was checked; the response is empty.
   *
   * @param work throws {@link ModuleException} to refuse the message
   * @throws IllegalArgumentException where the response has fields
   */
  public Services.Builder handle(BiConsumer<Context, M> work) {
    method.requireEmptyResponse();
    return add(
        (context, message) -> {
          work.accept(context, message);
          return EMPTY;
        });
  }

  /**
   * As {@link #handle}, with a response.
   *
   * @param response the response type's default instance
   * @throws IllegalArgumentException where the service has another one
   */
  public <A extends Message> Services.Builder answer(A response, BiFunction<Context, M, A> work) {
    method.requireResponse(response);
    return add((context, message) -> work.apply(context, message).toByteArray());
  }

  private Services.Builder add(BiFunction<Context, M, byte[]> work) {
    return services.add(method, new TypedMessage<>(parser(), signers, checked(), work, internal));
  }

  private Function<byte[], M> parser() {
    if (internal) {
      return bytes -> Proto.parse(Methods.parser(type), bytes);
    }
    BoundedParser<M> parser = new BoundedParser<>(Methods.parser(type), maxBytes);
    return parser::parse;
  }

  private BiConsumer<Context, M> checked() {
    Governance<M> by = governance;
    BiConsumer<Context, M> rest = check;
    return by == null
        ? rest
        : (context, message) -> {
          by.require(message);
          rest.accept(context, message);
        };
  }
}
