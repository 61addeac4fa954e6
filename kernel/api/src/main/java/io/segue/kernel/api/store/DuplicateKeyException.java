package io.segue.kernel.api.store;

/** A key that was put twice into a bulk writer. */
public final class DuplicateKeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final byte[] key;

  public DuplicateKeyException(byte[] key) {
    super("key " + java.util.HexFormat.of().formatHex(key) + " was put twice");
    this.key = key;
  }

  /** The key. */
  public byte[] key() {
    return key;
  }
}
