package io.segue.bundles.gov;

import com.google.protobuf.Any;
import io.segue.bundles.gov.state.GovErrors;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.gov.MsgExecLegacyContent;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ModuleException;

/** Executes a content of the time before messages, by governance. */
final class MsgExecLegacyContentHandler {
  /** Size of the largest content in bytes: texts as long as they may be, and a plan. */
  static final int MAX_BYTES = 32 * 1024;

  private final LegacyContents contents;

  MsgExecLegacyContentHandler(Addresses addresses) {
    this.contents = new LegacyContents(addresses);
  }

  void check(Context context, MsgExecLegacyContent message) {
    contents
        .read(message.getContent())
        .message()
        .ifPresent(
            meant -> {
              requireRoute(context, meant, message);
              context.validate(meant.getTypeUrl(), meant.getValue().toByteArray());
            });
  }

  void handle(Context context, MsgExecLegacyContent message) {
    contents
        .read(message.getContent())
        .message()
        .ifPresent(
            meant -> {
              requireRoute(context, meant, message);
              context.call(meant.getTypeUrl(), meant.getValue().toByteArray());
            });
  }

  /** Refuses another authority than governance, in the Cosmos SDK's words. */
  static ModuleException refuse(String expected, String named) {
    return GovErrors.invalidSigner("expected " + expected + " got " + named);
  }

  private static void requireRoute(Context context, Any meant, MsgExecLegacyContent message) {
    if (!context.routable(meant.getTypeUrl())) {
      throw GovErrors.noHandler(message.getContent().getTypeUrl());
    }
  }
}
