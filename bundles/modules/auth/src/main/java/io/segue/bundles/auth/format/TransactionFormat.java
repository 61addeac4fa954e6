package io.segue.bundles.auth.format;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.segue.bundles.auth.format.RawTransaction.Part;
import io.segue.bundles.auth.format.WireType.Field;
import io.segue.bundles.auth.format.WireType.Kind;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.DescriptorSets;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.amino.AminoTypes;
import io.segue.bundles.sdk.proto.abci.GasInfo;
import io.segue.bundles.sdk.proto.abci.Result;
import io.segue.bundles.sdk.proto.abci.TxMsgData;
import io.segue.bundles.sdk.proto.base.Coin;
import io.segue.bundles.sdk.proto.tx.AuthInfo;
import io.segue.bundles.sdk.proto.tx.SimulateRequest;
import io.segue.bundles.sdk.proto.tx.SimulateResponse;
import io.segue.bundles.sdk.proto.tx.TxBody;
import io.segue.bundles.sdk.proto.tx.TxOuterClass;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.module.Descriptors;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.Tx;
import io.segue.kernel.api.module.TxFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Transactions of the Cosmos SDK: {@code TxRaw}.
 *
 * <p>Decoding cuts the transaction ({@link RawTransaction}), checks body and auth info byte by byte
 * ({@link WireCheck}), and only then parses them, once. Modules get messages without fields that
 * nobody knows ({@link KnownFields}).
 */
public final class TransactionFormat implements TxFormat {
  private static final int NON_CRITICAL_EXTENSION_OPTIONS = 2047;

  private final Addresses addresses;
  private final WireType bodyType;
  private final WireType authInfoType;

  public TransactionFormat(Addresses addresses) {
    this.addresses = addresses;
    Map<String, WireType> own = WireTypes.read(DescriptorSets.of(TxOuterClass.getDescriptor()));
    this.bodyType = WireTypes.required(own, TxBody.getDescriptor().getFullName());
    this.authInfoType = WireTypes.required(own, AuthInfo.getDescriptor().getFullName());
    bodyType.add(
        new Field(NON_CRITICAL_EXTENSION_OPTIONS, Kind.BYTES, WireReader.LENGTH, true, null));
  }

  /** Where it is malformed: sdk/2; without messages: sdk/18; a message without handler: sdk/6. */
  @Override
  public Tx decode(byte[] bytes, Descriptors descriptors, boolean simulate) {
    RawTransaction raw = RawTransaction.cut(bytes);
    WireTypes types = descriptors.derive(WireTypes.class, () -> WireTypes.of(descriptors));
    Part body = raw.body();
    Part authInfo = raw.authInfo();
    boolean unknown = WireCheck.check(bytes, body.from(), body.to(), bodyType, types, true);
    WireCheck.check(bytes, authInfo.from(), authInfo.to(), authInfoType, types, false);
    TxBody parsedBody = parse(TxBody.parser(), bytes, body);
    AuthInfo parsedAuthInfo = parse(AuthInfo.parser(), bytes, authInfo);
    checkLimits(parsedAuthInfo);
    refuseExtensions(parsedBody);
    List<Coin> fee = parsedAuthInfo.getFee().getAmountList();
    ParsedTx parsed =
        new ParsedTx(
            raw,
            parsedBody,
            parsedAuthInfo,
            Coins.amounts(fee),
            unknown,
            () -> descriptors.derive(AminoTypes.class, () -> AminoTypes.of(descriptors)));
    long gasLimit = parsedAuthInfo.getFee().getGasLimit();
    return new Tx(
        bytes,
        messages(parsedBody, descriptors, unknown ? types : null),
        gasLimit < 0 ? Long.MAX_VALUE : gasLimit,
        coins(fee),
        parsed);
  }

  @Override
  public byte[] encodeResponses(List<Tx.Message> responses) {
    return TxMsgData.newBuilder().addAllMsgResponses(anys(responses)).build().toByteArray();
  }

  @Override
  @SuppressWarnings("deprecation") // clients of old read the data, not the responses
  public byte[] encodeSimulation(
      long gasWanted, long gasUsed, List<Tx.Message> responses, List<Event> events) {
    Result.Builder result =
        Result.newBuilder()
            .setData(ByteString.copyFrom(encodeResponses(responses)))
            .addAllMsgResponses(anys(responses));
    for (Event event : events) {
      result.addEvents(event(event));
    }
    return SimulateResponse.newBuilder()
        .setGasInfo(GasInfo.newBuilder().setGasWanted(gasWanted).setGasUsed(gasUsed))
        .setResult(result)
        .build()
        .toByteArray();
  }

  @Override
  @SuppressWarnings("deprecation") // clients of old still send the transaction parsed
  public byte[] simulatedTx(byte[] request) {
    SimulateRequest parsed = Proto.request(SimulateRequest.parser(), request);
    if (parsed.getTxBytes().isEmpty() && !parsed.hasTx()) {
      throw new QueryException(
          QueryException.Status.InvalidArgument, "empty txBytes is not allowed");
    }
    return parsed.getTxBytes().isEmpty()
        ? parsed.getTx().toByteArray()
        : parsed.getTxBytes().toByteArray();
  }

  @Override
  public String displayAddress(byte[] address) {
    return addresses.account(address);
  }

  private static <T> T parse(Parser<T> parser, byte[] bytes, Part part) {
    try {
      return parser.parseFrom(bytes, part.from(), part.length());
    } catch (InvalidProtocolBufferException e) {
      throw SdkErrors.txDecode(String.valueOf(e.getMessage()));
    }
  }

  private static void checkLimits(AuthInfo authInfo) {
    if (authInfo.getFee().getAmountCount() > TxLimits.MAX_FEE_COINS) {
      throw SdkErrors.insufficientFee(
          "a fee has at most "
              + TxLimits.MAX_FEE_COINS
              + " coins, got "
              + authInfo.getFee().getAmountCount());
    }
    if (authInfo.getSignerInfosCount() > TxLimits.MAX_SIGNATURES) {
      throw SdkErrors.tooManySignatures("more than " + TxLimits.MAX_SIGNATURES);
    }
  }

  private static void refuseExtensions(TxBody body) {
    if (body.getExtensionOptionsCount() > 0) {
      throw SdkErrors.txDecode("no registered implementations of type tx.TxExtensionOptionI");
    }
  }

  /**
   * The messages as modules see them.
   *
   * @param strip the types where unknown fields have to be dropped, else null
   */
  private static List<Tx.Message> messages(
      TxBody body, Descriptors descriptors, @Nullable WireTypes strip) {
    if (body.getMessagesCount() == 0) {
      throw SdkErrors.invalidRequest("must contain at least one message");
    }
    List<Tx.Message> messages = new ArrayList<>(body.getMessagesCount());
    for (Any message : body.getMessagesList()) {
      String typeUrl = message.getTypeUrl();
      if (!descriptors.routable(typeUrl)) {
        throw descriptors.owner(typeUrl).isPresent()
            ? SdkErrors.unknownRequest("no message handler found for " + typeUrl)
            : noMessage(typeUrl);
      }
      byte[] value = message.getValue().toByteArray();
      messages.add(
          new Tx.Message(typeUrl, strip == null ? value : KnownFields.of(typeUrl, value, strip)));
    }
    return messages;
  }

  /** A type that everybody knows but that asks for nothing; the text is the one clients know. */
  private static RuntimeException noMessage(String typeUrl) {
    return SdkErrors.txDecode(
        "no concrete type registered for type URL "
            + typeUrl
            + " against interface *interface { ProtoMessage(); Reset(); String() string }");
  }

  private static List<Tx.Coin> coins(List<Coin> fee) {
    List<Tx.Coin> coins = new ArrayList<>(fee.size());
    for (Coin coin : fee) {
      coins.add(new Tx.Coin(coin.getDenom(), coin.getAmount()));
    }
    return coins;
  }

  private static List<Any> anys(List<Tx.Message> messages) {
    List<Any> anys = new ArrayList<>(messages.size());
    for (Tx.Message message : messages) {
      anys.add(
          Any.newBuilder()
              .setTypeUrl(message.typeUrl())
              .setValue(ByteString.copyFrom(message.value()))
              .build());
    }
    return anys;
  }

  private static io.segue.bundles.sdk.proto.abci.Event event(Event event) {
    var encoded = io.segue.bundles.sdk.proto.abci.Event.newBuilder().setType(event.type());
    for (var attribute : event.attributes()) {
      encoded
          .addAttributesBuilder()
          .setKey(attribute.key())
          .setValue(attribute.value())
          .setIndex(attribute.index());
    }
    return encoded.build();
  }
}
