package io.segue.bundles.rpc.call;

import io.segue.bundles.rpc.json.JsonOut;
import java.io.IOException;
import java.util.concurrent.CompletionStage;

/** A method of the server. Called from several threads. */
@FunctionalInterface
public interface Method {
  /** Does everything that can fail, and returns what writes the result. */
  Answer call(CallParams params) throws RpcException;

  /** Writes a result; one JSON value. */
  @FunctionalInterface
  interface Answer {
    void write(JsonOut out) throws IOException;
  }

  /** A method that waits for something, and occupies no thread meanwhile. */
  @FunctionalInterface
  interface Waiting {
    /** As a method, but later; a stage fails with an {@link RpcException}. */
    CompletionStage<Answer> call(CallParams params) throws RpcException;
  }
}
