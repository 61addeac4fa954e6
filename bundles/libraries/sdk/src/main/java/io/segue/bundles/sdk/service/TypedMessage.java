package io.segue.bundles.sdk.service;

import com.google.protobuf.Message;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Handles messages of one type, each parsed once.
 *
 * @param <M> the message
 */
record TypedMessage<M extends Message>(
    Function<byte[], M> parser,
    Function<M, List<byte[]>> signers,
    BiConsumer<Context, M> check,
    BiFunction<Context, M, byte[]> work,
    boolean internal)
    implements MessageHandler {
  @Override
  public Parsed parse(byte[] message) {
    return new TypedParsed<>(this, parser.apply(message));
  }

  @Override
  public List<byte[]> signers(byte[] message) {
    return parse(message).signers();
  }

  @Override
  public void validate(Context context, byte[] message) {
    parse(message).validate(context);
  }

  /** Checks the message first, for it is not the kernel that calls this. */
  @Override
  public byte[] handle(Context context, byte[] message) {
    Parsed parsed = parse(message);
    parsed.validate(context);
    return parsed.handle(context);
  }

  private record TypedParsed<M extends Message>(TypedMessage<M> handler, M message)
      implements Parsed {
    @Override
    public List<byte[]> signers() {
      return handler.signers.apply(message);
    }

    @Override
    public void validate(Context context) {
      handler.check.accept(context, message);
    }

    @Override
    public byte[] handle(Context context) {
      return handler.work.apply(context, message);
    }
  }
}
