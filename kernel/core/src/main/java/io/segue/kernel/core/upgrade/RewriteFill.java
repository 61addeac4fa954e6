package io.segue.kernel.core.upgrade;

import io.segue.kernel.api.guard.Guard;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.api.store.StoreReader;
import io.segue.kernel.api.upgrade.Rewriter;
import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.core.crash.CrashPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Streams a store in key order through its {@link Rewriter}. The place is the last key taken. */
final class RewriteFill extends StoreFill {
  /** Entries of one step. */
  private static final int ENTRIES_PER_STEP = 256;

  private static final byte[] FIRST_KEY = {};

  private final StoreLoad.Rewrite load;
  private final StoreReader reader;
  private final KVIterator source;
  private final Rewriter.Sink sink = this::put;
  private byte[] last;

  RewriteFill(StoreLoad.Rewrite load, StateView view, BulkWriter writer) {
    super("rewriting store " + load.store(), view, writer);
    this.load = load;
    this.last = savedPlace();
    this.reader = view.store(load.store());
    // The first key above another one is that key with a zero behind it.
    byte[] from = last.length == 0 ? FIRST_KEY : Arrays.copyOf(last, last.length + 1);
    this.source = reader.iterate(from, null, false);
  }

  @Override
  boolean fill() {
    for (int i = 0; i < ENTRIES_PER_STEP; i++) {
      if (!source.next()) {
        return true;
      }
      byte[] key = source.key();
      byte[] value = source.value();
      last = key;
      Guard.next();
      load.rewriter().rewrite(key, value, sink);
      took(key, value);
      if (done() == total() / 2) {
        CrashPoint.LOAD_HALF.reached();
      }
    }
    return false;
  }

  @Override
  byte[] place() {
    return last;
  }

  @Override
  String at() {
    if (done() == total()) {
      return "after its last entry";
    }
    return last.length == 0 ? "before its first entry" : "at key " + HexFormat.of().formatHex(last);
  }

  @Override
  long total() {
    return reader.size();
  }

  @Override
  String sourcesOf(byte[] key) {
    List<String> sources = new ArrayList<>();
    try (KVIterator again = reader.iterate(FIRST_KEY, null, false)) {
      while (again.next() && sources.size() < 2) {
        String from = HexFormat.of().formatHex(again.key());
        load.rewriter()
            .rewrite(
                again.key(),
                again.value(),
                (target, value) -> {
                  if (Arrays.equals(target, key)) {
                    sources.add(from);
                  }
                });
      }
    }
    return String.join(" and ", sources);
  }

  @Override
  void discard() {
    source.close();
    super.discard();
  }

  @Override
  public void close() {
    source.close();
    super.close();
  }
}
