package io.segue.kernel.core.exec;

import java.util.Arrays;

/**
 * What the module that extends votes puts in front of a block's transactions. Engines, indexers and
 * clients see it as the first transaction of the block:
 *
 * <pre>
 * 00 'v' 'o' 't' 'e' | the module's bytes, at least 1
 * </pre>
 *
 * <p>No protobuf message begins with 00, and no transaction that begins so is ever admitted or
 * executed, whatever the generation's transaction format.
 */
public final class ProposedEntry {
  private static final byte[] MARK = {0, 'v', 'o', 't', 'e'};

  private ProposedEntry() {}

  /** The entry of a module's bytes. */
  public static byte[] of(byte[] content) {
    byte[] entry = Arrays.copyOf(MARK, MARK.length + content.length);
    System.arraycopy(content, 0, entry, MARK.length, content.length);
    return entry;
  }

  /** Whether these bytes of a block are no transaction, but have an entry's mark. */
  public static boolean is(byte[] tx) {
    return tx.length >= MARK.length && Arrays.equals(tx, 0, MARK.length, MARK, 0, MARK.length);
  }

  /** The module's bytes. */
  public static byte[] content(byte[] entry) {
    return Arrays.copyOfRange(entry, MARK.length, entry.length);
  }
}
