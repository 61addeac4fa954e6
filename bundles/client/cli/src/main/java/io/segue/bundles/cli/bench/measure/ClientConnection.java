package io.segue.bundles.cli.bench.measure;

import java.io.IOException;

/** A connection to the node that asks one thing after the other. Used by one thread. */
public interface ClientConnection extends AutoCloseable {
  /** How long an answer may take. */
  int TIMEOUT_MS = 30_000;

  /**
   * Asks and waits for the whole answer.
   *
   * @param request bytes as they are sent
   * @throws RefusedException where the node refuses
   */
  void ask(byte[] request) throws IOException;

  @Override
  void close() throws IOException;

  /** The node answered that it does not answer. */
  final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String what) {
      super(what);
    }
  }
}
