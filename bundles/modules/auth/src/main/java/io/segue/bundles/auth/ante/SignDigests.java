package io.segue.bundles.auth.ante;

import io.segue.bundles.auth.format.ParsedTx;
import io.segue.bundles.sdk.AccountKey;
import io.segue.bundles.sdk.amino.StdSignDoc;
import io.segue.bundles.sdk.proto.signing.SignMode;
import io.segue.bundles.sdk.proto.tx.Fee;
import io.segue.bundles.sdk.proto.tx.ModeInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of what the signers of one transaction sign, by mode. What does not depend on the signer
 * is made once. For one transaction; not thread-safe.
 */
final class SignDigests {
  private final ParsedTx tx;
  private final String chainId;
  private final List<StdSignDoc> amino = new ArrayList<>(1);

  SignDigests(ParsedTx tx, String chainId) {
    this.tx = tx;
    this.chainId = chainId;
  }

  /** The digests of one signer. */
  ForSigner of(long accountNumber, long sequence) {
    return new ForSigner(accountNumber, sequence);
  }

  /** One signer's. */
  final class ForSigner {
    private final long accountNumber;
    private final long sequence;
    private byte @Nullable [] direct;
    private @Nullable List<byte[]> legacy;

    private ForSigner(long accountNumber, long sequence) {
      this.accountNumber = accountNumber;
      this.sequence = sequence;
    }

    /**
     * What may have been signed in a mode: one digest, or two where two spellings are known.
     *
     * @throws IllegalArgumentException where the mode can't say this transaction, or is not
     *     supported
     */
    List<byte[]> in(ModeInfo.Single mode) {
      return switch (mode.getMode()) {
        case SIGN_MODE_DIRECT -> List.of(direct());
        case SIGN_MODE_LEGACY_AMINO_JSON -> legacy();
        // Spelled as clients of the Cosmos SDK know it.
        case SIGN_MODE_TEXTUAL, SIGN_MODE_DIRECT_AUX ->
            throw new IllegalArgumentException("unsuppored sign mode " + mode.getMode());
        default -> throw new IllegalArgumentException("unsupported sign mode " + name(mode));
      };
    }

    private byte[] direct() {
      if (direct == null) {
        direct = SignDocument.digest(tx, chainId, accountNumber);
      }
      return direct;
    }

    private List<byte[]> legacy() {
      if (legacy == null) {
        List<byte[]> digests = new ArrayList<>(1);
        for (StdSignDoc document : documents()) {
          digests.add(AccountKey.sha256().digest(document.bytes(chainId, accountNumber, sequence)));
        }
        legacy = digests;
      }
      return legacy;
    }
  }

  /** Go escapes line separators in JSON, CosmJS does not: both have signed the same. */
  private List<StdSignDoc> documents() {
    if (amino.isEmpty()) {
      if (tx.hasUnknownFields()) {
        throw new IllegalArgumentException(
            "SIGN_MODE_LEGACY_AMINO_JSON says nothing of fields that nobody knows");
      }
      Fee fee = tx.authInfo().getFee();
      StdSignDoc document = StdSignDoc.of(tx.aminoTypes(), tx.body(), fee);
      if (document.mayHaveSeparators()) {
        amino.add(StdSignDoc.ofCosmJs(tx.aminoTypes(), tx.body(), fee));
      }
      amino.add(document);
    }
    return amino;
  }

  private static String name(ModeInfo.Single mode) {
    SignMode known = mode.getMode();
    return known == SignMode.UNRECOGNIZED ? String.valueOf(mode.getModeValue()) : known.name();
  }
}
