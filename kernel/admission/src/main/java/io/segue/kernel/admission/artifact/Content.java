package io.segue.kernel.admission.artifact;

/**
 * Bytes with their digest, so that nobody computes it a second time.
 *
 * @param bytes not to be changed
 * @param sha256 of them, 64 lower-case hex digits; whoever makes one has computed or verified it
 */
public record Content(byte[] bytes, String sha256) {
  /** Computes the digest of some bytes. */
  public static Content of(byte[] bytes) {
    return new Content(bytes, Sha256.of(bytes));
  }
}
