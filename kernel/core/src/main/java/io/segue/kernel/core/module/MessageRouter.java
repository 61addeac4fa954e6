package io.segue.kernel.core.module;

import io.segue.kernel.api.module.AnteStep;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.QueryHandler;
import io.segue.kernel.api.module.VoteExtension;

/** Where the router of a generation leads to. */
public final class MessageRouter {
  private MessageRouter() {}

  /** A message type: its owner and handler. */
  public record MessageRoute(
      String typeUrl,
      String responseTypeUrl,
      RegisteredModule owner,
      MessageHandler handler,
      boolean internal) {}

  /** A query path: its owner and handler. */
  public record QueryRoute(RegisteredModule owner, QueryHandler handler, boolean internal) {}

  /** What votes carry, and its owner. */
  public record ExtensionRoute(RegisteredModule owner, VoteExtension extension) {}

  /** A step of the ante chain and its owner. */
  public record AnteRoute(String name, RegisteredModule owner, AnteStep step) {}
}
