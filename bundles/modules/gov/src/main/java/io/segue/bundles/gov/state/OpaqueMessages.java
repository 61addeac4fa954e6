package io.segue.bundles.gov.state;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.segue.bundles.sdk.GenesisJson;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.proto.gov.OpaqueMessage;
import io.segue.bundles.sdk.proto.gov.Proposal;
import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * Proposals' messages that JSON can't carry. A proposal keeps its messages as their proposer sent
 * them, for ever: an upgrade may have taken their type away since, and senders may order fields as
 * they like. A genesis has such a message as bytes, in the field {@code value} of the message
 * {@code segue.gov.v1.OpaqueMessage}, so that an import gives the same state.
 */
public final class OpaqueMessages {
  /**
   * Deepest nesting of what JSON is made of, an Any and what is in it being levels of their own.
   */
  public static final int MAX_DEPTH = 64;

  private static final String TYPE_URL = "/" + OpaqueMessage.getDescriptor().getFullName();

  private final GenesisJson json;

  /**
   * Hides what {@code json} can't carry.
   *
   * @param json knows the types of all modules
   */
  public OpaqueMessages(GenesisJson json) {
    this.json = json;
  }

  /** A proposal as a genesis has it. */
  public Proposal hidden(Proposal proposal) {
    return convert(proposal, message -> carried(message) ? message : hide(message));
  }

  /** A proposal as the state has it. */
  public static Proposal shown(Proposal proposal) {
    return convert(proposal, OpaqueMessages::show);
  }

  private static Proposal convert(Proposal proposal, UnaryOperator<Any> conversion) {
    Proposal.Builder converted = proposal.toBuilder().clearMessages();
    proposal.getMessagesList().forEach(message -> converted.addMessages(conversion.apply(message)));
    return converted.build();
  }

  private boolean carried(Any message) {
    if (deeper(message.getValue(), MAX_DEPTH)) {
      return false;
    }
    try {
      String text = json.print(message);
      return json.parse(GovState.NAME, text, Any.newBuilder()).build().equals(message);
    } catch (RuntimeException e) {
      // Whatever JSON has no form for, such as a duration of 30 million years: its bytes remain.
      return false;
    }
  }

  /**
   * Whether something nests deeper than so many levels. A text may look like a message and count as
   * a level; what is hidden for that is exported all the same.
   */
  private static boolean deeper(ByteString message, int levels) {
    if (levels == 0) {
      return true;
    }
    CodedInputStream in = message.newCodedInput();
    in.enableAliasing(true);
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
          in.skipField(tag);
        } else if (deeper(in.readBytes(), levels - 1)) {
          return true;
        }
      }
    } catch (IOException e) {
      return false; // no message: nothing can be nested in what follows
    }
    return false;
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
