package io.segue.kernel.admission.load;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What {@link LoadRules} made of the classes that were asked for last: the bundles of a generation
 * carry many equal ones, of the sdk.
 *
 * <p>Thread safety: any thread.
 */
final class LoadedClasses {
  /** Bytes of all of them, before and after, that are kept at most. */
  static final int MAX_BYTES = 16 << 20;

  private final Map<Key, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);
  private int bytes;

  /**
   * What was made of a class, or is made now.
   *
   * @param making called where none is kept, outside of any lock
   * @throws RuntimeException as it does; nothing is kept then
   */
  byte[] of(long rules, byte[] admitted, UnaryOperator<byte[]> making) {
    Key key = new Key(rules, admitted);
    byte[] made = kept(key);
    if (made == null) {
      made = making.apply(admitted);
      keep(key, made);
    }
    return made;
  }

  /** Bytes of what is kept. */
  synchronized int bytes() {
    return bytes;
  }

  private synchronized byte @Nullable [] kept(Key key) {
    return kept.get(key);
  }

  private synchronized void keep(Key key, byte[] made) {
    if (kept.putIfAbsent(key, made) == null) {
      bytes += key.admitted.length + made.length;
    }
    var oldest = kept.entrySet().iterator();
    while (bytes > MAX_BYTES) {
      Map.Entry<Key, byte[]> next = oldest.next();
      bytes -= next.getKey().admitted.length + next.getValue().length;
      oldest.remove();
    }
  }

  /** A class under a number of the rules; equal where all bytes are. */
  private static final class Key {
    private final long rules;
    private final byte[] admitted;
    private final int hash;

    Key(long rules, byte[] admitted) {
      this.rules = rules;
      this.admitted = admitted;
      CRC32 crc = new CRC32();
      crc.update(admitted);
      this.hash = (int) crc.getValue();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && key.rules == rules
          && key.hash == hash
          && Arrays.equals(key.admitted, admitted);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
