package io.segue.bundles.sdk;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.ModuleException;
import java.util.List;
import java.util.function.Function;

/**
 * A message that only governance sends, to change how a module works; its response is empty. The
 * message is judged when a proposal that carries it is submitted, and again when it is executed.
 *
 * @param <M> its parsed form
 */
public final class GovernedHandler<M extends Message> implements MessageHandler {
  /** Most bytes of a message: parameters, or a plan with its info. */
  public static final int MAX_BYTES = 256 << 10;

  private static final String GOVERNANCE = "gov";
  private static final int INVALID_SIGNER = 13;
  private static final byte[] EMPTY = new byte[0];

  private final Addresses addresses;
  private final BoundedParser<M> parser;
  private final Function<M, String> authority;
  private final Work<M> judgement;
  private final Work<M> execution;
  private final Stranger stranger;

  /** What is done with a message. */
  @FunctionalInterface
  public interface Work<M> {
    /**
     * Does it.
     *
     * @throws ModuleException to refuse the message
     */
    void run(Context context, M message);
  }

  /** Words the refusal of a message that names another account than that of governance. */
  @FunctionalInterface
  public interface Stranger {
    /** The refusal. */
    ModuleException refuse(String expected, String named);
  }

  /**
   * For messages of one type; another authority is refused with gov/13.
   *
   * @param authority the member that names the account of governance
   * @param judgement judges the rest; writes nothing
   * @param execution writes what was judged
   */
  public GovernedHandler(
      Addresses addresses,
      Parser<M> parser,
      Function<M, String> authority,
      Work<M> judgement,
      Work<M> execution) {
    this(addresses, parser, authority, judgement, execution, GovernedHandler::invalidSigner);
  }

  /** As the other one, where another authority is refused in other words. */
  public GovernedHandler(
      Addresses addresses,
      Parser<M> parser,
      Function<M, String> authority,
      Work<M> judgement,
      Work<M> execution,
      Stranger stranger) {
    this.addresses = addresses;
    this.parser = new BoundedParser<>(parser, MAX_BYTES);
    this.authority = authority;
    this.judgement = judgement;
    this.execution = execution;
    this.stranger = stranger;
  }

  @Override
  public List<byte[]> signers(byte[] message) {
    return List.of(addresses.signer(authority.apply(parser.parse(message))));
  }

  @Override
  public void validate(Context context, byte[] message) {
    judged(context, message);
  }

  @Override
  public byte[] handle(Context context, byte[] message) {
    execution.run(context, judged(context, message));
    return EMPTY;
  }

  private M judged(Context context, byte[] message) {
    M parsed = parser.parse(message);
    String expected = addresses.account(Addresses.module(GOVERNANCE));
    String named = authority.apply(parsed);
    if (!expected.equals(named)) {
      throw stranger.refuse(expected, named);
    }
    judgement.run(context, parsed);
    return parsed;
  }

  private static ModuleException invalidSigner(String expected, String named) {
    return SdkErrors.registered(
        GOVERNANCE,
        INVALID_SIGNER,
        "invalid authority; expected " + expected + ", got " + named,
        "expected gov account as only signer for proposal message");
  }
}
