package io.segue.bundles.shell.command.chain;

import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.shell.command.Fields;
import io.segue.bundles.shell.command.Hex;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * What can be said of a transaction without the code of its time: it is a {@code
 * cosmos.tx.v1beta1.TxRaw}, or at least bytes with a hash.
 *
 * @param hash hex, upper case as CometBFT writes it
 * @param messages type URLs; empty where the bytes are no such transaction
 */
record TxSummary(String hash, List<String> messages, String memo) {
  static TxSummary of(byte[] tx) {
    String hash = Hex.of(sha256(tx)).toUpperCase(java.util.Locale.ROOT);
    try {
      Fields body = Fields.of(tx).message(1);
      List<String> types = body.messages(1).stream().map(any -> any.text(1)).toList();
      return new TxSummary(hash, types, body.text(2));
    } catch (InvalidProtocolBufferException e) {
      return new TxSummary(hash, List.of(), "");
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
