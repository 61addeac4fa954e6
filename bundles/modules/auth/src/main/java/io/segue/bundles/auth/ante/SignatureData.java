package io.segue.bundles.auth.ante;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.auth.format.TxLimits;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.crypto.multisig.CompactBitArray;
import io.segue.bundles.sdk.proto.crypto.multisig.MultiSignature;
import io.segue.bundles.sdk.proto.signing.SignMode;
import io.segue.bundles.sdk.proto.tx.ModeInfo;
import io.segue.kernel.api.module.ModuleException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What one signer brings: a signature, or those of a multisig key's holders. Immutable. */
sealed interface SignatureData {
  /**
   * Cuts a signature by its mode info.
   *
   * @throws ModuleException sdk/4 where they do not belong together; sdk/14 for more than {@link
   *     TxLimits#MAX_SIGNATURES} signatures
   */
  static SignatureData of(ModeInfo mode, byte[] signature) {
    return mode.hasMulti()
        ? multi(mode.getMulti(), ByteString.copyFrom(signature))
        : new Single(mode.getSingle(), ByteString.copyFrom(signature));
  }

  private static Multi multi(ModeInfo.Multi mode, ByteString signature) {
    List<ByteString> signatures = cut(signature);
    if (signatures.size() > TxLimits.MAX_SIGNATURES) {
      throw SdkErrors.tooManySignatures("more than " + TxLimits.MAX_SIGNATURES);
    }
    if (signatures.size() != mode.getModeInfosCount()) {
      throw SdkErrors.unauthorized(
          "a multisignature has "
              + signatures.size()
              + " signatures and "
              + mode.getModeInfosCount()
              + " mode infos");
    }
    List<SignatureData> parts = new ArrayList<>(signatures.size());
    for (int i = 0; i < signatures.size(); i++) {
      ModeInfo info = mode.getModeInfos(i);
      parts.add(
          info.hasMulti()
              ? multi(info.getMulti(), signatures.get(i))
              : new Single(info.getSingle(), signatures.get(i)));
    }
    return new Multi(bits(mode.getBitarray()), parts);
  }

  /** Only the plain encoding passes: the bytes are not signed, and anybody could blow them up. */
  private static List<ByteString> cut(ByteString signature) {
    try {
      MultiSignature parsed = MultiSignature.parseFrom(signature);
      if (parsed.getUnknownFields().asMap().isEmpty()
          && parsed.getSerializedSize() == signature.size()) {
        return parsed.getSignaturesList();
      }
    } catch (InvalidProtocolBufferException e) {
      // As any other bytes that are no multisignature.
    }
    throw SdkErrors.unauthorized("a multisignature is not encoded as one");
  }

  private static List<Boolean> bits(CompactBitArray array) {
    int bytes = array.getElems().size();
    int spare = array.getExtraBitsStored();
    if (spare < 0 || spare > 7 || spare > 0 && bytes == 0 || bytes > TxLimits.MAX_SIGNATURES) {
      throw SdkErrors.unauthorized("the bit array of a multisignature is malformed");
    }
    int count = spare == 0 ? bytes * 8 : (bytes - 1) * 8 + spare;
    List<Boolean> bits = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      bits.add((array.getElems().byteAt(i >> 3) & 1 << 7 - i % 8) != 0);
    }
    return bits;
  }

  /** Whether all of it is in SIGN_MODE_LEGACY_AMINO_JSON. */
  boolean isAmino();

  /** Whether nothing was signed yet, as in a transaction that is to be estimated. */
  boolean isEmpty();

  /** Every signature as it was sent, and after those of holders the bytes that hold them. */
  void each(Consumer<ByteString> signature);

  /** One signature. */
  record Single(ModeInfo.Single info, ByteString signature) implements SignatureData {
    @Override
    public boolean isAmino() {
      return info.getMode() == SignMode.SIGN_MODE_LEGACY_AMINO_JSON;
    }

    @Override
    public boolean isEmpty() {
      return signature.isEmpty();
    }

    @Override
    public void each(Consumer<ByteString> consumer) {
      consumer.accept(signature);
    }
  }

  /**
   * Signatures of holders.
   *
   * @param signed by key, whether its holder signed
   * @param parts in the order of the keys that signed
   */
  record Multi(List<Boolean> signed, List<SignatureData> parts) implements SignatureData {
    public Multi {
      signed = List.copyOf(signed);
      parts = List.copyOf(parts);
    }

    /** How many holders signed, by the bits. */
    int signers() {
      int count = 0;
      for (boolean bit : signed) {
        count += bit ? 1 : 0;
      }
      return count;
    }

    @Override
    public boolean isAmino() {
      return parts.stream().allMatch(SignatureData::isAmino);
    }

    @Override
    public boolean isEmpty() {
      return parts.stream().allMatch(SignatureData::isEmpty);
    }

    @Override
    public void each(Consumer<ByteString> consumer) {
      MultiSignature.Builder all = MultiSignature.newBuilder();
      parts.forEach(part -> part.each(all::addSignatures));
      all.getSignaturesList().forEach(consumer);
      consumer.accept(all.build().toByteString());
    }
  }
}
