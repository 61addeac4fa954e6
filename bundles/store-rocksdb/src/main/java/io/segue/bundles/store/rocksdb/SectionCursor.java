package io.segue.bundles.store.rocksdb;

import org.jspecify.annotations.Nullable;

/** The layer that takes a store back to the height before a commit. */
final class SectionCursor implements Cursor {
  private final ChangeSection section;
  private final int step;
  private final int end;
  private int index;

  SectionCursor(ChangeSection section, byte[] from, byte @Nullable [] to, boolean reverse) {
    int first = section.lowerBound(from);
    int behind = to == null ? section.count() : section.lowerBound(to);
    this.section = section;
    this.step = reverse ? -1 : 1;
    this.index = reverse ? behind : first - 1;
    this.end = reverse ? first - 1 : behind;
  }

  @Override
  public boolean next() {
    if (index != end) {
      index += step;
    }
    return index != end;
  }

  @Override
  public byte[] key() {
    return section.key(index);
  }

  @Override
  public byte @Nullable [] value() {
    return section.old(index);
  }
}
