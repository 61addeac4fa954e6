package io.segue.bundles.cli.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.segue.bundles.cli.CliException;
import io.segue.bundles.cli.Output;
import io.segue.bundles.sdk.proto.auth.BaseAccount;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.gov.MsgVote;
import io.segue.bundles.sdk.proto.staking.MsgUpdateParams;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.bundles.sdk.proto.tx.TxRaw;
import io.segue.bundles.sdk.proto.upgrade.MsgSoftwareUpgrade;
import io.segue.bundles.sdk.proto.upgrade.SoftwareUpgradeProposal;
import java.util.List;

/**
 * Messages of the chain as JSON with the fields' original names, as the Cosmos SDK's tools read and
 * write them; an Any as the object that it holds, with {@code @type}.
 */
public final class ChainJson {
  private static final List<FileDescriptor> FILES =
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
          Validator.getDescriptor().getFile(),
          MsgUpdateParams.getDescriptor().getFile(),
          io.segue.bundles.sdk.proto.auth.MsgUpdateParams.getDescriptor().getFile(),
          io.segue.bundles.sdk.proto.crypto.secp256k1.PubKey.getDescriptor().getFile(),
          io.segue.bundles.sdk.proto.crypto.ed25519.PubKey.getDescriptor().getFile());

  private static final TypeRegistry TYPES = types();
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer()
          .usingTypeRegistry(TYPES)
          .preservingProtoFieldNames()
          .alwaysPrintFieldsWithNoPresence();
  private static final JsonFormat.Parser PARSER = JsonFormat.parser().usingTypeRegistry(TYPES);

  private ChainJson() {}

  /**
   * The JSON of a message.
   *
   * @throws CliException where it holds a type that this client does not know
   */
  public static JsonNode print(MessageOrBuilder message) {
    try {
      return Output.JSON.readTree(PRINTER.print(message));
    } catch (InvalidProtocolBufferException e) {
      throw new CliException(
          "the answer holds a message of a type that this client does not know: " + e.getMessage(),
          e);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A message of any known type from its JSON, which names it in {@code @type}.
   *
   * @throws CliException where the type is unknown or the members do not fit it
   */
  public static Any parseAny(JsonNode json) {
    Any.Builder any = Any.newBuilder();
    try {
      PARSER.merge(json.toString(), any);
      return scaled(any.build());
    } catch (IllegalArgumentException e) {
      throw new CliException(
          "the message " + json.path("@type").asText() + ": " + e.getMessage(), e);
    } catch (InvalidProtocolBufferException e) {
      throw new CliException(
          "the message " + json.path("@type").asText("without @type") + ": " + e.getMessage(), e);
    }
  }

  private static Any scaled(Any message) throws InvalidProtocolBufferException {
    if (!message.is(MsgUpdateParams.class)) {
      return message;
    }
    MsgUpdateParams update = message.unpack(MsgUpdateParams.class);
    return TxBuilder.any(
        update.toBuilder().setParams(StakingForms.scaled(update.getParams())).build());
  }

  private static TypeRegistry types() {
    TypeRegistry.Builder types = TypeRegistry.newBuilder();
    FILES.forEach(file -> types.add(file.getMessageTypes()));
    return types.build();
  }
}
