package io.segue.bundles.auth.format;

import io.segue.bundles.auth.format.RawTransaction.Part;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.amino.AminoTypes;
import io.segue.bundles.sdk.proto.tx.AuthInfo;
import io.segue.bundles.sdk.proto.tx.SignerInfo;
import io.segue.bundles.sdk.proto.tx.TxBody;
import io.segue.kernel.api.module.Tx;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A decoded transaction as the ante steps see it; the parts that are signed stay bytes. */
public final class ParsedTx {
  private final RawTransaction raw;
  private final TxBody body;
  private final AuthInfo authInfo;
  private final List<Coins.Amount> fee;
  private final boolean unknownFields;
  private final Supplier<AminoTypes> aminoTypes;

  /** A pure function of the bytes, so it does not matter which thread computes it. */
  private volatile @Nullable List<byte[]> signers;

  ParsedTx(
      RawTransaction raw,
      TxBody body,
      AuthInfo authInfo,
      List<Coins.Amount> fee,
      boolean unknownFields,
      Supplier<AminoTypes> aminoTypes) {
    this.raw = raw;
    this.body = body;
    this.authInfo = authInfo;
    this.fee = fee;
    this.unknownFields = unknownFields;
    this.aminoTypes = aminoTypes;
  }

  /** The parsed form that the decoder left in {@code tx}. */
  public static ParsedTx of(Tx tx) {
    if (tx.format() instanceof ParsedTx parsed) {
      return parsed;
    }
    throw new IllegalArgumentException("the transaction was decoded by another format");
  }

  public TxBody body() {
    return body;
  }

  public AuthInfo authInfo() {
    return authInfo;
  }

  /** What each signer says of itself, in the order of the signers. */
  public List<SignerInfo> signerInfos() {
    return authInfo.getSignerInfosList();
  }

  /** Who must sign, in order: what {@code compute} says, asked once. */
  public List<byte[]> signers(Supplier<List<byte[]>> compute) {
    List<byte[]> known = signers;
    if (known == null) {
      known = List.copyOf(compute.get());
      signers = known;
    }
    return known;
  }

  /** Signatures in the order of the signers. */
  public List<byte[]> signatures() {
    return raw.signatures();
  }

  /** The fee as sent: perhaps not sorted, perhaps negative. */
  public List<Coins.Amount> fee() {
    return fee;
  }

  /** Whether the body has fields that nobody knows; their sender declared them non-critical. */
  public boolean hasUnknownFields() {
    return unknownFields;
  }

  /** What the generation says of its types in Amino JSON; read when it is asked for first. */
  public AminoTypes aminoTypes() {
    return aminoTypes.get();
  }

  /** Bytes of the whole transaction. */
  public int sizeBytes() {
    return raw.bytes().length;
  }

  /** Adds the body's bytes, as signed, to a digest. */
  public void digestBody(MessageDigest digest) {
    digest(digest, raw.body());
  }

  /** Adds the auth info's bytes, as signed, to a digest. */
  public void digestAuthInfo(MessageDigest digest) {
    digest(digest, raw.authInfo());
  }

  /** Bytes of the body. */
  public int bodySizeBytes() {
    return raw.body().length();
  }

  /** Bytes of the auth info. */
  public int authInfoSizeBytes() {
    return raw.authInfo().length();
  }

  private void digest(MessageDigest digest, Part part) {
    digest.update(raw.bytes(), part.from(), part.length());
  }
}
