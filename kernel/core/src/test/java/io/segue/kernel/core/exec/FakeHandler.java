package io.segue.kernel.core.exec;

import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.core.overlay.MapView;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** A handler put together from lambdas. */
public final class FakeHandler implements MessageHandler {
  private final List<byte[]> signers;
  private boolean internal;
  private BiConsumer<Context, byte[]> validate = (context, message) -> {};
  private BiFunction<Context, byte[], byte[]> handle = (context, message) -> new byte[0];

  private FakeHandler(List<byte[]> signers) {
    this.signers = signers;
  }

  static FakeHandler signedBy(String... signers) {
    return new FakeHandler(Arrays.stream(signers).map(MapView::bytes).toList());
  }

  static FakeHandler signedBy(byte[] signer) {
    return new FakeHandler(List.of(signer));
  }

  public static FakeHandler forModules() {
    FakeHandler handler = new FakeHandler(List.of());
    handler.internal = true;
    return handler;
  }

  FakeHandler validates(BiConsumer<Context, byte[]> work) {
    validate = work;
    return this;
  }

  public FakeHandler does(BiConsumer<Context, byte[]> work) {
    return answers(
        (context, message) -> {
          work.accept(context, message);
          return new byte[0];
        });
  }

  FakeHandler answers(BiFunction<Context, byte[], byte[]> work) {
    handle = work;
    return this;
  }

  @Override
  public List<byte[]> signers(byte[] message) {
    return signers;
  }

  @Override
  public void validate(Context context, byte[] message) {
    validate.accept(context, message);
  }

  @Override
  public byte[] handle(Context context, byte[] message) {
    return handle.apply(context, message);
  }

  @Override
  public boolean internal() {
    return internal;
  }
}
