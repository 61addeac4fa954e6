package io.segue.bundles.services;

import com.google.protobuf.CodedInputStream;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.node.GrpcQueries;
import java.io.IOException;

/** What several services read of the chain, with the texts of CometBFT's refusals. */
final class ChainReader {
  /** Answers with the prefix as its only field. */
  private static final String PREFIX = "/cosmos.auth.v1beta1.Query/Bech32Prefix";

  private final Engine engine;
  private final GrpcQueries queries;

  ChainReader(Engine engine, GrpcQueries queries) {
    this.engine = engine;
    this.queries = queries;
  }

  Engine engine() {
    return engine;
  }

  /**
   * The block of a height.
   *
   * @throws IllegalArgumentException where there is none, or it is no longer kept
   */
  Engine.Block block(long height) {
    requirePositive(height);
    return engine
        .block(height)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "height "
                        + height
                        + " is not available, lowest height is "
                        + engine.oldestHeight()));
  }

  /** Refuses heights below 1. */
  static void requirePositive(long height) {
    if (height <= 0) {
      throw new IllegalArgumentException("height must be greater than 0, but got " + height);
    }
  }

  /** What validators' consensus addresses begin with, as users write them. */
  String consensusPrefix() {
    return accountPrefix() + "valcons";
  }

  /** What accounts' addresses begin with. */
  String accountPrefix() {
    byte[] answer = queries.query(PREFIX, new byte[0], 0).value();
    CodedInputStream field = CodedInputStream.newInstance(answer);
    try {
      field.readTag();
      return field.readString();
    } catch (IOException e) {
      throw new IllegalStateException("auth answered " + PREFIX + " with no prefix", e);
    }
  }
}
