package io.segue.kernel.admission.artifact;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256 digests as 64 lower-case hex digits: the name of an artifact, a bundle, a generation. */
public final class Sha256 {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  private Sha256() {}

  /** The digest of some bytes. */
  public static String of(byte[] bytes) {
    return hex(newDigest().digest(bytes));
  }

  /** Whether a text is a digest in the one form we write. */
  public static boolean isHex(String text) {
    return HEX.matcher(text).matches();
  }

  /** A digest to be fed. */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
    }
  }

  /** A digest in the one form we write. */
  public static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }
}
