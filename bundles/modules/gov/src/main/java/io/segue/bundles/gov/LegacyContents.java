package io.segue.bundles.gov;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.segue.bundles.gov.state.GovErrors;
import io.segue.bundles.gov.state.GovState;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.proto.gov.MsgExecLegacyContent;
import io.segue.bundles.sdk.proto.govv1beta1.TextProposal;
import io.segue.bundles.sdk.proto.upgrade.CancelSoftwareUpgradeProposal;
import io.segue.bundles.sdk.proto.upgrade.MsgCancelUpgrade;
import io.segue.bundles.sdk.proto.upgrade.MsgSoftwareUpgrade;
import io.segue.bundles.sdk.proto.upgrade.SoftwareUpgradeProposal;
import io.segue.kernel.api.module.ModuleException;
import java.util.Optional;

/**
 * What proposals carried before they carried messages. Each content that does something means a
 * message of today; that message is checked and executed in its place.
 */
final class LegacyContents {
  /** Longest title of a content, in bytes. */
  static final int MAX_TITLE = 140;

  /** Longest description of a content, in bytes. */
  static final int MAX_DESCRIPTION = 10_000;

  private static final String TEXT = "/cosmos.gov.v1beta1.TextProposal";
  private static final String UPGRADE = "/cosmos.upgrade.v1beta1.SoftwareUpgradeProposal";
  private static final String CANCEL = "/cosmos.upgrade.v1beta1.CancelSoftwareUpgradeProposal";

  private final String authority;

  LegacyContents(Addresses addresses) {
    this.authority = addresses.account(Addresses.module(GovState.NAME));
  }

  /**
   * A content that was understood.
   *
   * @param message what it means; empty where it only says something
   */
  record Content(String title, String description, Optional<Any> message) {}

  /**
   * Understands a content.
   *
   * @throws ModuleException gov/5 where it is malformed, gov/9 where nobody handles its type
   */
  @SuppressWarnings("deprecation")
  Content read(Any content) {
    byte[] value = content.getValue().toByteArray();
    return switch (content.getTypeUrl()) {
      case TEXT -> {
        TextProposal text = Proto.parse(TextProposal.parser(), value);
        yield content(text.getTitle(), text.getDescription(), Optional.empty());
      }
      case UPGRADE -> {
        SoftwareUpgradeProposal upgrade = Proto.parse(SoftwareUpgradeProposal.parser(), value);
        Message message =
            MsgSoftwareUpgrade.newBuilder()
                .setAuthority(authority)
                .setPlan(upgrade.getPlan())
                .build();
        yield content(upgrade.getTitle(), upgrade.getDescription(), Optional.of(pack(message)));
      }
      case CANCEL -> {
        CancelSoftwareUpgradeProposal cancel =
            Proto.parse(CancelSoftwareUpgradeProposal.parser(), value);
        Message message = MsgCancelUpgrade.newBuilder().setAuthority(authority).build();
        yield content(cancel.getTitle(), cancel.getDescription(), Optional.of(pack(message)));
      }
      default -> throw GovErrors.noHandler(content.getTypeUrl());
    };
  }

  /** The message that carries a content within a proposal of today. */
  Any wrap(Any content) {
    return pack(
        MsgExecLegacyContent.newBuilder().setContent(content).setAuthority(authority).build());
  }

  private static Content content(String title, String description, Optional<Any> message) {
    if (title.isBlank()) {
      throw GovErrors.invalidContent("proposal title cannot be blank");
    }
    if (bytes(title) > MAX_TITLE) {
      throw GovErrors.invalidContent("proposal title is longer than max length of " + MAX_TITLE);
    }
    if (description.isEmpty()) {
      throw GovErrors.invalidContent("proposal description cannot be blank");
    }
    if (bytes(description) > MAX_DESCRIPTION) {
      throw GovErrors.invalidContent(
          "proposal description is longer than max length of " + MAX_DESCRIPTION);
    }
    return new Content(title, description, message);
  }

  private static Any pack(Message message) {
    return Any.newBuilder()
        .setTypeUrl("/" + message.getDescriptorForType().getFullName())
        .setValue(message.toByteString())
        .build();
  }

  private static int bytes(String text) {
    return ByteString.copyFromUtf8(text).size();
  }
}
