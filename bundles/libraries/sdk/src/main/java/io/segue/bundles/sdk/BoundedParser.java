package io.segue.bundles.sdk;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.segue.kernel.api.module.ModuleException;

/**
 * Parses messages of one type that users send, and refuses before any work what is too large to be
 * one. Immutable.
 *
 * @param <M> the parsed form
 */
public final class BoundedParser<M extends Message> {
  private final Parser<M> parser;
  private final int maxBytes;

  /**
   * For messages of one type.
   *
   * @param maxBytes size of the largest one
   */
  public BoundedParser(Parser<M> parser, int maxBytes) {
    this.parser = parser;
    this.maxBytes = maxBytes;
  }

  /**
   * A message without what is unknown.
   *
   * @throws ModuleException sdk/18 where it is too large, sdk/2 where it is malformed
   */
  public M parse(byte[] message) {
    if (message.length > maxBytes) {
      throw SdkErrors.invalidRequest(
          "a message of "
              + message.length
              + " bytes is too large, messages of this type have at most "
              + maxBytes
              + "; shorten it");
    }
    return Proto.parse(parser, message);
  }
}
