package io.segue.kernel.core.exec;

import io.segue.kernel.api.module.AnteStep;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.QueryHandler;

/** Where the router of a generation leads to. */
final class Routes {
  private Routes() {}

  /** A message type: its owner and handler. */
  record MessageRoute(
      String typeUrl,
      String responseTypeUrl,
      Participant owner,
      MessageHandler handler,
      boolean internal) {}

  /** A query path: its owner and handler. */
  record QueryRoute(Participant owner, QueryHandler handler, boolean internal) {}

  /** A step of the ante chain and its owner. */
  record AnteRoute(String name, Participant owner, AnteStep step) {}
}
