package io.segue.bundles.sdk;

import com.google.protobuf.ByteString;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.segue.kernel.api.module.ModuleException;

/** Parses protobuf bytes with the errors that belong to where they come from. */
public final class Proto {
  private Proto() {}

  /**
   * A message of a transaction or of another module, built again from what is known: fields that
   * the type does not have are dropped at every depth, so that nothing stored from it holds them.
   * Of an Any, the bytes stay; the transaction format has dropped there what nobody knows.
   *
   * @throws ModuleException sdk/2
   */
  public static <T extends Message> T parse(Parser<T> parser, byte[] bytes) {
    try {
      return known(parser).parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw SdkErrors.txDecode(String.valueOf(e.getMessage()));
    }
  }

  /** As {@link #parse(Parser, byte[])}. */
  public static <T extends Message> T parse(Parser<T> parser, ByteString bytes) {
    try {
      return known(parser).parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw SdkErrors.txDecode(String.valueOf(e.getMessage()));
    }
  }

  /**
   * A query's request.
   *
   * @throws IllegalArgumentException which the kernel answers as code 18
   */
  public static <T> T request(Parser<T> parser, byte[] bytes) {
    try {
      return parser.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("unexpected EOF");
    }
  }

  /**
   * A value that this module itself wrote.
   *
   * @throws IllegalStateException where the store is damaged
   */
  public static <T> T stored(Parser<T> parser, byte[] bytes) {
    try {
      return parser.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored value does not parse: " + e.getMessage(), e);
    }
  }

  /** As {@link #stored(Parser, byte[])}. */
  public static <T> T stored(Parser<T> parser, ByteString bytes) {
    try {
      return parser.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored value does not parse: " + e.getMessage(), e);
    }
  }

  private static <T extends Message> Parser<T> known(Parser<T> parser) {
    return DiscardUnknownFieldsParser.wrap(parser);
  }
}
