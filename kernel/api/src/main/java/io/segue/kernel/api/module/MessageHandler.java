package io.segue.kernel.api.module;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Handles one type of message. The owner of a type is the only one to parse its bytes. The name of
 * the response type is the message's with {@code Response} behind it.
 */
@ConsumerType
public interface MessageHandler {
  /**
   * Who must have signed the message: raw addresses, in order, without repetition. A pure function
   * of the bytes.
   *
   * @throws ModuleException where the bytes do not parse or an address is malformed
   */
  List<byte[]> signers(byte[] message);

  /**
   * Checks a message by its text and by the state. Called before {@link #handle}, and by a module
   * that keeps a message for later (governance, at submission). Writes nothing.
   */
  default void validate(Context context, byte[] message) {}

  /**
   * Executes the message on a branch of the state.
   *
   * @return the response message's bytes; empty for an empty response
   * @throws ModuleException to refuse it; what it wrote is undone
   */
  byte[] handle(Context context, byte[] message);

  /**
   * Parses a message, once for all that is done with it; the kernel calls no other method with its
   * bytes. By default the methods above parse it, each for itself.
   *
   * @return used on the calling thread, and dropped when the message is done with
   * @throws ModuleException where the bytes do not parse
   * @since 1.4
   */
  default Parsed parse(byte[] message) {
    MessageHandler handler = this;
    return new Parsed() {
      @Override
      public List<byte[]> signers() {
        return handler.signers(message);
      }

      @Override
      public void validate(Context context) {
        handler.validate(context, message);
      }

      @Override
      public byte[] handle(Context context) {
        return handler.handle(context, message);
      }
    };
  }

  /** Whether only modules may send this message, never a transaction. It then has no signers. */
  default boolean internal() {
    return false;
  }

  /**
   * A message that was parsed. Its methods are those of the handler, without the bytes.
   *
   * @since 1.4
   */
  @ConsumerType
  interface Parsed {
    /** As {@link MessageHandler#signers}. */
    List<byte[]> signers();

    /** As {@link MessageHandler#validate}. */
    void validate(Context context);

    /** As {@link MessageHandler#handle}; called after {@link #validate}. */
    byte[] handle(Context context);
  }
}
