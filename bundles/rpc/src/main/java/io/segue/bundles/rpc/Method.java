package io.segue.bundles.rpc;

import java.io.IOException;

/** A method of the server. Called from several threads. */
@FunctionalInterface
interface Method {
  /** Does everything that can fail, and returns what writes the result. */
  Answer call(Params params) throws RpcException;

  /** Writes a result; one JSON value. */
  @FunctionalInterface
  interface Answer {
    void write(JsonOut out) throws IOException;
  }
}
