package io.segue.bundles.cli.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.descriptors.Types;
import io.segue.bundles.sdk.amino.AminoTypes;
import io.segue.bundles.sdk.amino.StdSignDoc;
import io.segue.bundles.sdk.proto.auth.BaseAccount;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.crypto.multisig.LegacyAminoPubKey;
import io.segue.bundles.sdk.proto.gov.MsgVote;
import io.segue.bundles.sdk.proto.gov.OpaqueMessage;
import io.segue.bundles.sdk.proto.staking.MsgUpdateParams;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.bundles.sdk.proto.tx.Tx;
import io.segue.bundles.sdk.proto.tx.TxRaw;
import io.segue.bundles.sdk.proto.upgrade.MsgSoftwareUpgrade;
import io.segue.bundles.sdk.proto.upgrade.SoftwareUpgradeProposal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The messages that this client knows, and their JSON. Those of the shipped modules it knows by
 * itself; for one of any other type it asks the node, once, what its modules are. What nobody knows
 * is shown as bytes.
 *
 * <p>Thread safety: for one thread.
 */
public final class ChainTypes {
  private static final List<FileDescriptor> OWN =
      List.of(
          BaseAccount.getDescriptor().getFile(),
          MsgSend.getDescriptor().getFile(),
          MsgVote.getDescriptor().getFile(),
          io.segue.bundles.sdk.proto.govv1beta1.MsgVote.getDescriptor().getFile(),
          io.segue.bundles.sdk.proto.govv1beta1.TextProposal.getDescriptor().getFile(),
          MsgSoftwareUpgrade.getDescriptor().getFile(),
          SoftwareUpgradeProposal.getDescriptor().getFile(),
          io.segue.bundles.sdk.proto.upgrade.MsgUpdateParams.getDescriptor().getFile(),
          TxRaw.getDescriptor().getFile(),
          OpaqueMessage.getDescriptor().getFile(),
          Validator.getDescriptor().getFile(),
          MsgUpdateParams.getDescriptor().getFile(),
          io.segue.bundles.sdk.proto.auth.MsgUpdateParams.getDescriptor().getFile(),
          io.segue.bundles.sdk.proto.crypto.secp256k1.PubKey.getDescriptor().getFile(),
          io.segue.bundles.sdk.proto.crypto.ed25519.PubKey.getDescriptor().getFile(),
          LegacyAminoPubKey.getDescriptor().getFile());

  private final @Nullable NodeClient node;
  private final Types types = Types.of(OWN, this::ofNode);
  private @Nullable NodeTypes asked;
  private @Nullable CliException failed;

  private ChainTypes(@Nullable NodeClient node, @Nullable NodeTypes asked) {
    this.node = node;
    this.asked = asked;
  }

  /** Those that the client knows by itself; no node is asked. */
  public static ChainTypes own() {
    return new ChainTypes(null, null);
  }

  /** With those of a node, which is asked when the first is wanted. */
  public static ChainTypes of(NodeClient node) {
    return new ChainTypes(node, null);
  }

  /** With those that a node told. */
  public static ChainTypes of(NodeTypes told) {
    return new ChainTypes(null, told);
  }

  /** The JSON of a message, as the Cosmos SDK's tools have it. */
  public JsonNode print(Message message) {
    return Output.read(types.json().print(message));
  }

  /**
   * A message of any known type from its JSON, which names it in {@code @type}.
   *
   * @throws CliException where the type is unknown or the members do not fit it
   */
  public Any parseAny(JsonNode json) {
    return parse(
            "the message " + json.path("@type").asText("without @type"), json, Any.newBuilder())
        .build();
  }

  /**
   * Reads the JSON of a message.
   *
   * @param what names it in an error
   * @throws CliException where the JSON does not fit
   */
  public <B extends Message.Builder> B parse(String what, JsonNode json, B builder) {
    try {
      byte[] text = Output.JSON.writeValueAsBytes(json);
      DynamicMessage message = types.json().parse(builder.getDescriptorForType(), text);
      builder.mergeFrom(message.toByteArray());
      return builder;
    } catch (IllegalArgumentException | IOException e) {
      throw new CliException(what + ": " + e.getMessage() + whyUnknown(), e);
    }
  }

  /**
   * What an Any holds.
   *
   * @throws CliException where nobody knows the type
   */
  Message unpack(Any any) {
    Descriptor type =
        types
            .message(any.getTypeUrl())
            .orElseThrow(
                () ->
                    new CliException(
                        "this client does not know the message "
                            + any.getTypeUrl()
                            + whyUnknown()));
    try {
      return DynamicMessage.parseFrom(type, any.getValue());
    } catch (InvalidProtocolBufferException e) {
      throw new CliException("the message " + any.getTypeUrl() + ": " + e.getMessage(), e);
    }
  }

  /**
   * What the signers of a transaction sign in Amino JSON.
   *
   * @throws CliException where that can't say it
   */
  StdSignDoc signDocument(Tx tx) {
    try {
      return signDocument(tx, OWN);
    } catch (IllegalArgumentException e) {
      Optional<NodeTypes> told = told();
      if (told.isEmpty()) {
        throw unsayable(e);
      }
      try {
        return signDocument(tx, told.get().files());
      } catch (IllegalArgumentException again) {
        throw unsayable(again);
      }
    }
  }

  private static StdSignDoc signDocument(Tx tx, List<FileDescriptor> files) {
    AminoTypes amino = AminoTypes.of(files.toArray(FileDescriptor[]::new));
    return StdSignDoc.of(amino, tx.getBody(), tx.getAuthInfo().getFee());
  }

  private CliException unsayable(IllegalArgumentException e) {
    return new CliException(
        "Amino JSON can't say the transaction: " + e.getMessage() + whyUnknown(), e);
  }

  private Optional<Descriptor> ofNode(String typeUrl) {
    return told().flatMap(told -> told.message(typeUrl));
  }

  private Optional<NodeTypes> told() {
    if (asked == null && failed == null && node != null) {
      try {
        asked = NodeTypes.ask(node);
      } catch (CliException e) {
        failed = e;
      }
    }
    return Optional.ofNullable(asked);
  }

  /** Why the node did not help. */
  private String whyUnknown() {
    return failed == null ? "" : "; " + failed.getMessage();
  }
}
