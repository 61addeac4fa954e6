package io.segue.kernel.core.exec;

import io.segue.kernel.api.module.AnteStep;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.QueryHandler;
import io.segue.kernel.api.module.VoteExtension;

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

  /** What votes carry, and its owner. */
  record ExtensionRoute(Participant owner, VoteExtension extension) {}

  /** A step of the ante chain and its owner. */
  record AnteRoute(String name, Participant owner, AnteStep step) {}
}
