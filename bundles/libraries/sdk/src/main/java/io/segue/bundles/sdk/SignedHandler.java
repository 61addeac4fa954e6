package io.segue.bundles.sdk;

import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import java.util.List;
import java.util.function.Function;

/**
 * A message that one account signs.
 *
 * @param <M> its parsed form
 */
public abstract class SignedHandler<M extends Message> implements MessageHandler {
  private final Addresses addresses;
  private final BoundedParser<M> parser;
  private final Function<M, String> signer;

  /**
   * For messages of one type.
   *
   * @param maxBytes size of the largest one
   * @param signer the member that names the account
   */
  protected SignedHandler(
      Addresses addresses, Parser<M> parser, int maxBytes, Function<M, String> signer) {
    this.addresses = addresses;
    this.parser = new BoundedParser<>(parser, maxBytes);
    this.signer = signer;
  }

  @Override
  public final List<byte[]> signers(byte[] message) {
    return List.of(signer(signer.apply(parsed(message))));
  }

  @Override
  public final void validate(Context context, byte[] message) {
    judge(context, parsed(message));
  }

  @Override
  public final byte[] handle(Context context, byte[] message) {
    return execute(context, parsed(message)).toByteArray();
  }

  /** Judges a message by its text, and by the state as far as that will not change. */
  protected abstract void judge(Context context, M message);

  /** Executes a message that was judged. */
  protected abstract MessageLite execute(Context context, M message);

  /** The bytes of the account that signs; to override where its address has another form. */
  protected byte[] signer(String address) {
    return addresses.signer(address);
  }

  /** The addresses of this generation. */
  protected final Addresses addresses() {
    return addresses;
  }

  private M parsed(byte[] message) {
    return parser.parse(message);
  }
}
