package io.segue.bundles.auth.ante;

import com.google.protobuf.CodedOutputStream;
import io.segue.bundles.auth.format.ParsedTx;
import io.segue.bundles.sdk.AccountKey;
import io.segue.bundles.sdk.proto.tx.SignDoc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * What is signed in SIGN_MODE_DIRECT: the encoding of {@link SignDoc}, with body and auth info
 * exactly as they were broadcast. Only its hash is ever needed.
 */
final class SignDocument {
  private static final int LENGTH = 2;
  private static final int VARINT = 0;
  private static final int MAX_HEADER_BYTES = 16;

  private SignDocument() {}

  /** SHA-256 of the document of one signer. */
  static byte[] digest(ParsedTx tx, String chainId, long accountNumber) {
    MessageDigest digest = AccountKey.sha256();
    if (header(digest, SignDoc.BODY_BYTES_FIELD_NUMBER, LENGTH, tx.bodySizeBytes())) {
      tx.digestBody(digest);
    }
    if (header(digest, SignDoc.AUTH_INFO_BYTES_FIELD_NUMBER, LENGTH, tx.authInfoSizeBytes())) {
      tx.digestAuthInfo(digest);
    }
    byte[] chain = chainId.getBytes(StandardCharsets.UTF_8);
    if (header(digest, SignDoc.CHAIN_ID_FIELD_NUMBER, LENGTH, chain.length)) {
      digest.update(chain);
    }
    header(digest, SignDoc.ACCOUNT_NUMBER_FIELD_NUMBER, VARINT, accountNumber);
    return digest.digest();
  }

  /** A field's tag and a number; nothing where the number is 0, as an absent field has it. */
  private static boolean header(MessageDigest digest, int field, int wireType, long number) {
    if (number == 0) {
      return false;
    }
    byte[] bytes = new byte[MAX_HEADER_BYTES];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      out.writeTag(field, wireType);
      out.writeUInt64NoTag(number);
    } catch (IOException e) {
      throw new IllegalStateException("a tag and a varint fit 16 bytes", e);
    }
    digest.update(bytes, 0, out.getTotalBytesWritten());
    return true;
  }
}
