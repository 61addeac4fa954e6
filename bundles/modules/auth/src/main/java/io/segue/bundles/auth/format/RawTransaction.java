package io.segue.bundles.auth.format;

import io.segue.bundles.sdk.SdkErrors;
import io.segue.kernel.api.module.ModuleException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A transaction cut into the parts that were signed, by the rules of ADR-027: every part has one
 * encoding only, so that nobody can change a transaction's hash without its signer.
 *
 * <pre>
 *   0a length body          at most once
 *   12 length auth info     at most once
 *   1a length signature     any number
 * </pre>
 *
 * Fields stand in ascending order, and tags and lengths are varints of the least number of bytes.
 * Within the parts nobody but the signer decides how they are encoded, so that is not checked.
 *
 * @param bytes the transaction as broadcast; the parts lie in it
 */
record RawTransaction(byte[] bytes, Part body, Part authInfo, List<byte[]> signatures) {

  private static final int BODY = 1;
  private static final int AUTH_INFO = 2;
  private static final int SIGNATURE = 3;

  /** Bytes of the tag of each of the three fields. */
  private static final int TAG_BYTES = 1;

  /** Where a part lies: from inclusive, to exclusive. */
  record Part(int from, int to) {
    int length() {
      return to - from;
    }
  }

  /**
   * Cuts a transaction.
   *
   * @throws ModuleException sdk/2 where the encoding is not the one allowed; sdk/14 for more
   *     signatures than {@link TxLimits#MAX_SIGNATURES}
   */
  static RawTransaction cut(byte[] bytes) {
    Part body = new Part(0, 0);
    Part authInfo = new Part(0, 0);
    List<byte[]> signatures = new ArrayList<>(1);
    WireReader in = new WireReader(bytes, 0, bytes.length);
    int last = 0;
    while (in.hasMore()) {
      int tagFrom = in.position();
      long tag = in.varint();
      int number = (int) (tag >>> 3);
      if ((tag & 7) != WireReader.LENGTH || tag >>> 3 < BODY || tag >>> 3 > SIGNATURE) {
        throw SdkErrors.txDecode(
            "a transaction has no field " + (tag >>> 3) + " of wire type " + (tag & 7));
      }
      if (in.position() - tagFrom != TAG_BYTES) {
        throw SdkErrors.txDecode(
            "tag of field " + number + " of the transaction is not encoded in the least bytes");
      }
      if (number < last || number == last && number != SIGNATURE) {
        throw SdkErrors.txDecode(
            "field " + number + " of the transaction stands after field " + last);
      }
      last = number;
      int before = in.position();
      int length = in.length();
      if (in.position() - before != WireReader.varintSize(length)) {
        throw SdkErrors.txDecode(
            "length of field " + number + " of the transaction is not encoded in the least bytes");
      }
      Part part = new Part(in.position(), in.position() + length);
      in.skip(length);
      switch (number) {
        case BODY -> body = part;
        case AUTH_INFO -> authInfo = part;
        default -> signatures.add(Arrays.copyOfRange(bytes, part.from(), part.to()));
      }
      if (signatures.size() > TxLimits.MAX_SIGNATURES) {
        throw SdkErrors.tooManySignatures("more than " + TxLimits.MAX_SIGNATURES);
      }
    }
    return new RawTransaction(bytes, body, authInfo, List.copyOf(signatures));
  }
}
