package io.segue.bundles.gov;

import com.google.protobuf.Any;
import com.google.protobuf.MessageLite;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.SignedHandler;
import io.segue.bundles.sdk.proto.gov.MsgExecLegacyContent;
import io.segue.bundles.sdk.proto.gov.MsgExecLegacyContentResponse;
import io.segue.kernel.api.module.Context;

/** Executes a content of the time before messages, by governance. */
final class ExecLegacyContent extends SignedHandler<MsgExecLegacyContent> {
  static final String TYPE_URL = "/cosmos.gov.v1.MsgExecLegacyContent";

  /** Size of the largest content in bytes: texts as long as they may be, and a plan. */
  static final int MAX_BYTES = 32 * 1024;

  private final LegacyContents contents;

  ExecLegacyContent(Addresses addresses) {
    super(addresses, MsgExecLegacyContent.parser(), MAX_BYTES, MsgExecLegacyContent::getAuthority);
    this.contents = new LegacyContents(addresses);
  }

  @Override
  protected void judge(Context context, MsgExecLegacyContent message) {
    requireAuthority(context, message);
    contents
        .read(message.getContent())
        .message()
        .ifPresent(
            meant -> {
              requireRoute(context, meant, message);
              context.validate(meant.getTypeUrl(), meant.getValue().toByteArray());
            });
  }

  @Override
  protected MessageLite execute(Context context, MsgExecLegacyContent message) {
    requireAuthority(context, message);
    contents
        .read(message.getContent())
        .message()
        .ifPresent(
            meant -> {
              requireRoute(context, meant, message);
              context.call(meant.getTypeUrl(), meant.getValue().toByteArray());
            });
    return MsgExecLegacyContentResponse.getDefaultInstance();
  }

  private void requireAuthority(Context context, MsgExecLegacyContent message) {
    String authority = addresses().account(context.moduleAddress());
    if (!authority.equals(message.getAuthority())) {
      throw GovErrors.invalidSigner("expected " + authority + " got " + message.getAuthority());
    }
  }

  private static void requireRoute(Context context, Any meant, MsgExecLegacyContent message) {
    if (!context.routable(meant.getTypeUrl())) {
      throw GovErrors.noHandler(message.getContent().getTypeUrl());
    }
  }
}
