package io.segue.bundles.cli.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.segue.bundles.cli.CliException;
import io.segue.bundles.cli.Output;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.AnyDepth;
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
import java.util.List;
import java.util.Optional;

/**
 * Messages of the chain as JSON with the fields' original names, as the Cosmos SDK's tools read and
 * write them; an Any as the object that it holds, with {@code @type}. What this client can't show
 * of an Any is shown as bytes, in the form that a genesis has for it ({@link OpaqueMessage}):
 * whoever sent it must not keep others from reading the rest.
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
          OpaqueMessage.getDescriptor().getFile(),
          Validator.getDescriptor().getFile(),
          MsgUpdateParams.getDescriptor().getFile(),
          io.segue.bundles.sdk.proto.auth.MsgUpdateParams.getDescriptor().getFile(),
          io.segue.bundles.sdk.proto.crypto.secp256k1.PubKey.getDescriptor().getFile(),
          io.segue.bundles.sdk.proto.crypto.ed25519.PubKey.getDescriptor().getFile(),
          LegacyAminoPubKey.getDescriptor().getFile());

  private static final TypeRegistry TYPES = types();
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer()
          .usingTypeRegistry(TYPES)
          .preservingProtoFieldNames()
          .alwaysPrintFieldsWithNoPresence();
  private static final AnyDepth DEPTH = new AnyDepth(TYPES);
  private static final JsonFormat.Parser PARSER = JsonFormat.parser().usingTypeRegistry(TYPES);

  private static final AminoTypes AMINO = AminoTypes.of(FILES.toArray(FileDescriptor[]::new));

  /** Addresses as this client reads and writes them. */
  static final Addresses ADDRESSES = new Addresses(Addresses.DEFAULT_PREFIX);

  private ChainJson() {}

  /**
   * The JSON of a message.
   *
   * @throws CliException where JSON can't say it
   */
  public static JsonNode print(Message message) {
    try {
      return Output.JSON.readTree(text(message).orElseGet(() -> shown(message)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String shown(Message message) {
    return text(withOpaque(message))
        .orElseThrow(
            () ->
                new CliException(
                    "JSON can't say the answer of type "
                        + message.getDescriptorForType().getFullName()
                        + "; ask the node itself for its bytes (abci_query)"));
  }

  /** Empty where JSON can't say it: an unknown type, too deep, a time out of protobuf's range. */
  private static Optional<String> text(Message message) {
    try {
      DEPTH.require(message);
      return Optional.of(PRINTER.print(message));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The message with bytes in place of each Any that JSON can't say. */
  private static Message withOpaque(Message message) {
    if (message instanceof Any any) {
      return text(any).isPresent() ? any : opaque(any);
    }
    Message.Builder builder = message.toBuilder();
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
                return;
              }
              if (field.isRepeated()) {
                builder.setField(
                    field,
                    ((List<?>) value).stream().map(part -> withOpaque((Message) part)).toList());
              } else {
                builder.setField(field, withOpaque((Message) value));
              }
            });
    return builder.build();
  }

  private static Any opaque(Any any) {
    return TxBuilder.any(
        OpaqueMessage.newBuilder().setTypeUrl(any.getTypeUrl()).setValue(any.getValue()).build());
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

  /**
   * A transaction from the JSON that the Cosmos SDK's tools have for it.
   *
   * @throws CliException where the text is none
   */
  public static Tx parseTx(JsonNode json) {
    Tx.Builder tx = parse("the transaction", json, Tx.newBuilder());
    try {
      for (Any.Builder message : tx.getBodyBuilder().getMessagesBuilderList()) {
        Any scaled = scaled(message.build());
        message.setTypeUrl(scaled.getTypeUrl()).setValue(scaled.getValue());
      }
      return tx.build();
    } catch (InvalidProtocolBufferException e) {
      throw new CliException("the transaction: " + e.getMessage(), e);
    }
  }

  /** Reads the JSON of a message; {@code what} names it in an error. */
  public static <B extends Message.Builder> B parse(String what, JsonNode json, B builder) {
    try {
      PARSER.merge(json.toString(), builder);
      return builder;
    } catch (IllegalArgumentException | InvalidProtocolBufferException e) {
      throw new CliException(what + ": " + e.getMessage(), e);
    }
  }

  /** As {@link #parseTx} reads it. */
  public static JsonNode printTx(Tx tx) {
    Tx.Builder shown = tx.toBuilder();
    try {
      for (Any.Builder any : shown.getBodyBuilder().getMessagesBuilderList()) {
        Any message = any.build();
        if (message.is(MsgUpdateParams.class)) {
          MsgUpdateParams update = message.unpack(MsgUpdateParams.class);
          any.setValue(
              update.toBuilder()
                  .setParams(StakingForms.pointed(update.getParams()))
                  .build()
                  .toByteString());
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new CliException("the transaction: " + e.getMessage(), e);
    }
    return print(shown.build());
  }

  /**
   * What an Any holds.
   *
   * @throws CliException where this client does not know the type
   */
  static Message unpack(Any any) {
    try {
      Descriptor type = TYPES.getDescriptorForTypeUrl(any.getTypeUrl());
      if (type == null) {
        throw new CliException("this client does not know the message " + any.getTypeUrl());
      }
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
  static StdSignDoc signDocument(Tx tx) {
    try {
      return StdSignDoc.of(AMINO, tx.getBody(), tx.getAuthInfo().getFee());
    } catch (IllegalArgumentException e) {
      throw new CliException("Amino JSON can't say the transaction: " + e.getMessage(), e);
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
