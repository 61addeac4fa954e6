package io.segue.kernel.core.overlay;

import io.segue.kernel.api.module.KVIterator;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over a base with an overlay's writes on top. The overlay is asked again at every step,
 * so what is written ahead of the cursor is seen, the same on every node.
 */
final class MergedIterator implements KVIterator {
  private final String store;
  private final KVIterator base;
  private final NavigableMap<byte[], Entry> overlay;
  private final byte[] from;
  private final byte @Nullable [] to;
  private final boolean reverse;
  private final Consumer<MergedIterator> onClose;

  private byte @Nullable [] last;
  private byte @Nullable [] baseKey;
  private boolean baseEnded;
  private byte @Nullable [] key;
  private byte @Nullable [] value;

  MergedIterator(
      String store,
      KVIterator base,
      NavigableMap<byte[], Entry> overlay,
      byte[] from,
      byte @Nullable [] to,
      boolean reverse,
      Consumer<MergedIterator> onClose) {
    this.store = store;
    this.base = base;
    this.overlay = overlay;
    this.from = from;
    this.to = to;
    this.reverse = reverse;
    this.onClose = onClose;
  }

  @Override
  public boolean next() {
    while (true) {
      byte[] fromBase = peekBase();
      Entry written = overlay.isEmpty() ? null : nextWritten();
      int order = order(fromBase, written);
      if (order < 0) {
        return takeBase(fromBase);
      }
      if (written == null) {
        key = null;
        value = null;
        return false;
      }
      if (order == 0) {
        baseKey = null;
      }
      last = written.key;
      if (written.value != null) {
        key = written.key;
        value = written.value;
        return true;
      }
    }
  }

  @Override
  public byte[] key() {
    return current(key);
  }

  @Override
  public byte[] value() {
    return current(value);
  }

  @Override
  public void close() {
    base.close();
    onClose.accept(this);
  }

  private static byte[] current(byte @Nullable [] bytes) {
    if (bytes == null) {
      throw new IllegalStateException("the cursor is at no entry: call next() first");
    }
    return bytes;
  }

  private byte @Nullable [] peekBase() {
    if (baseKey == null && !baseEnded) {
      try {
        if (base.next()) {
          baseKey = base.key();
        } else {
          baseEnded = true;
        }
      } catch (RuntimeException e) {
        throw new StateReadError(store, e);
      }
    }
    return baseKey;
  }

  private boolean takeBase(byte @Nullable [] fromBase) {
    last = fromBase;
    key = fromBase;
    baseKey = null;
    try {
      value = base.value();
    } catch (RuntimeException e) {
      throw new StateReadError(store, e);
    }
    return true;
  }

  /** Below 0: the base is next; 0: both have the key; above 0: the overlay is next, or nothing. */
  private int order(byte @Nullable [] fromBase, @Nullable Entry written) {
    if (fromBase == null) {
      return 1;
    }
    if (written == null) {
      return -1;
    }
    int order = Arrays.compareUnsigned(fromBase, written.key);
    return reverse ? -order : order;
  }

  private @Nullable Entry nextWritten() {
    Map.Entry<byte[], Entry> next = reverse ? firstBelow() : firstAbove();
    while (next != null && inRange(next.getKey())) {
      Entry entry = next.getValue();
      if (entry.written()) {
        return entry;
      }
      next = reverse ? overlay.lowerEntry(entry.key) : overlay.higherEntry(entry.key);
    }
    return null;
  }

  private Map.@Nullable Entry<byte[], Entry> firstAbove() {
    return last == null ? overlay.ceilingEntry(from) : overlay.higherEntry(last);
  }

  private Map.@Nullable Entry<byte[], Entry> firstBelow() {
    if (last != null) {
      return overlay.lowerEntry(last);
    }
    return to == null ? overlay.lastEntry() : overlay.lowerEntry(to);
  }

  private boolean inRange(byte[] candidate) {
    return reverse
        ? Arrays.compareUnsigned(candidate, from) >= 0
        : to == null || Arrays.compareUnsigned(candidate, to) < 0;
  }
}
