package io.segue.bundles.gov;

import com.google.protobuf.Any;
import io.segue.bundles.sdk.GenesisJson;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.proto.gov.OpaqueMessage;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.kernel.api.module.ModuleException;
import java.util.function.UnaryOperator;

/**
 * Proposals' messages that JSON can't carry. A proposal keeps its messages as their proposer sent
 * them, for ever: an upgrade may have taken their type away since, and senders may order fields as
 * they like. A genesis has such a message as bytes, in the field {@code value} of the message
 * {@code segue.gov.v1.OpaqueMessage}, so that an import gives the same state.
 */
final class OpaqueMessages {
  private static final String TYPE_URL = "/" + OpaqueMessage.getDescriptor().getFullName();

  private final GenesisJson json;

  /**
   * Hides what {@code json} can't carry.
   *
   * @param json knows the types of all modules
   */
  OpaqueMessages(GenesisJson json) {
    this.json = json;
  }

  /** A proposal as a genesis has it. */
  Proposal hidden(Proposal proposal) {
    return convert(proposal, message -> carried(message) ? message : hide(message));
  }

  /** A proposal as the state has it. */
  static Proposal shown(Proposal proposal) {
    return convert(proposal, OpaqueMessages::show);
  }

  private static Proposal convert(Proposal proposal, UnaryOperator<Any> conversion) {
    Proposal.Builder converted = proposal.toBuilder().clearMessages();
    proposal.getMessagesList().forEach(message -> converted.addMessages(conversion.apply(message)));
    return converted.build();
  }

  private boolean carried(Any message) {
    try {
      String text = json.print(message);
      return json.parse(GovModule.NAME, text, Any.newBuilder()).build().equals(message);
    } catch (IllegalStateException | ModuleException e) {
      return false;
    }
  }

  private static Any hide(Any message) {
    OpaqueMessage opaque =
        OpaqueMessage.newBuilder()
            .setTypeUrl(message.getTypeUrl())
            .setValue(message.getValue())
            .build();
    return Any.newBuilder().setTypeUrl(TYPE_URL).setValue(opaque.toByteString()).build();
  }

  private static Any show(Any message) {
    if (!message.getTypeUrl().equals(TYPE_URL)) {
      return message;
    }
    OpaqueMessage opaque = Proto.parse(OpaqueMessage.parser(), message.getValue());
    return Any.newBuilder().setTypeUrl(opaque.getTypeUrl()).setValue(opaque.getValue()).build();
  }
}
