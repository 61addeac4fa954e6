package io.segue.bundles.sdk.amino;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Any;
import io.segue.bundles.sdk.proto.base.Coin;
import io.segue.bundles.sdk.proto.tx.Fee;
import io.segue.bundles.sdk.proto.tx.TxBody;
import java.util.List;

/**
 * What is signed in SIGN_MODE_LEGACY_AMINO_JSON, in UTF-8 and on one line:
 *
 * <pre>
 *   {"account_number":"3","chain_id":"c","fee":{"amount":[{"amount":"5","denom":"ufee"}],
 *    "gas":"200000"},"memo":"","msgs":[{"type":name,"value":{...}}],"sequence":"4"}
 * </pre>
 *
 * {@code fee.granter}, {@code fee.payer} and {@code timeout_height} are there where they are set.
 * The part that all signers have in common is made once. Immutable.
 */
public final class StdSignDoc {
  /**
   * Largest body of a transaction, in bytes: anybody can send one with a wrong signature, and to
   * make its document takes far more time than to read it.
   */
  public static final int MAX_BODY_BYTES = 256 << 10;

  private final String common;
  private final String end;
  private final boolean escapeSeparators;

  private StdSignDoc(String common, String end, boolean escapeSeparators) {
    this.common = common;
    this.end = end;
    this.escapeSeparators = escapeSeparators;
  }

  /**
   * The document of a transaction.
   *
   * @throws IllegalArgumentException where Amino JSON can't say it; says what
   */
  public static StdSignDoc of(AminoTypes types, TxBody body, Fee fee) {
    return of(types, body, fee, true);
  }

  /** The same document with U+2028 and U+2029 as they are, as CosmJS writes them. */
  public static StdSignDoc ofCosmJs(AminoTypes types, TxBody body, Fee fee) {
    return of(types, body, fee, false);
  }

  private static StdSignDoc of(AminoTypes types, TxBody body, Fee fee, boolean escapeSeparators) {
    if (body.getSerializedSize() > MAX_BODY_BYTES) {
      throw new IllegalArgumentException(
          "the body is longer than " + MAX_BODY_BYTES + " bytes: sign in SIGN_MODE_DIRECT");
    }
    if (body.getExtensionOptionsCount() + body.getNonCriticalExtensionOptionsCount() > 0) {
      throw new IllegalArgumentException(
          "SIGN_MODE_LEGACY_AMINO_JSON does not support protobuf extension options:"
              + " invalid request");
    }
    JsonText out = new JsonText(escapeSeparators);
    fee(fee, out.raw(",\"fee\":"));
    out.raw(",\"memo\":").text(body.getMemo()).raw(",\"msgs\":[");
    String separator = "";
    AminoWriter writer = new AminoWriter(types, out);
    for (Any message : body.getMessagesList()) {
      out.raw(separator);
      writer.any(message.getTypeUrl(), message.getValue());
      separator = ",";
    }
    out.raw("],\"sequence\":\"");
    String timeout =
        body.getTimeoutHeight() == 0
            ? ""
            : ",\"timeout_height\":\"" + Long.toUnsignedString(body.getTimeoutHeight()) + "\"";
    return new StdSignDoc(out.toString(), "\"" + timeout + "}", escapeSeparators);
  }

  private static void fee(Fee fee, JsonText out) {
    out.raw("{\"amount\":");
    coins(fee.getAmountList(), out);
    out.raw(",\"gas\":\"" + Long.toUnsignedString(fee.getGasLimit()) + "\"");
    if (!fee.getGranter().isEmpty()) {
      out.raw(",\"granter\":").text(fee.getGranter());
    }
    if (!fee.getPayer().isEmpty()) {
      out.raw(",\"payer\":").text(fee.getPayer());
    }
    out.raw("}");
  }

  private static void coins(List<Coin> coins, JsonText out) {
    String separator = "";
    out.raw("[");
    for (Coin coin : coins) {
      out.raw(separator).raw("{\"amount\":");
      out.text(coin.getAmount().isEmpty() ? "0" : coin.getAmount());
      if (!coin.getDenom().isEmpty()) {
        out.raw(",\"denom\":").text(coin.getDenom());
      }
      out.raw("}");
      separator = ",";
    }
    out.raw("]");
  }

  /** The bytes that one signer signs; numbers are unsigned. */
  public byte[] bytes(String chainId, long accountNumber, long sequence) {
    return new JsonText(escapeSeparators)
        .raw("{\"account_number\":\"" + Long.toUnsignedString(accountNumber) + "\",\"chain_id\":")
        .text(chainId)
        .raw(common)
        .raw(Long.toUnsignedString(sequence))
        .raw(end)
        .toString()
        .getBytes(UTF_8);
  }

  /** Whether a document has U+2028 or U+2029 perhaps, which two spellings are known of. */
  public boolean mayHaveSeparators() {
    return common.contains("\\u2028") || common.contains("\\u2029");
  }
}
