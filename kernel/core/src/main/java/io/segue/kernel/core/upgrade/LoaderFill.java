package io.segue.kernel.core.upgrade;

import io.segue.kernel.api.guard.Guard;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.api.upgrade.Rewriter;
import io.segue.kernel.api.upgrade.StoreLoad;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Lets an application's own loader fill a store. The place is the loader's cursor. */
final class LoaderFill extends StoreFill {
  /** Entries that a step may take. */
  private static final int BUDGET = 1024;

  /** Bytes of a loader's cursor at most. */
  static final int MAX_CURSOR_BYTES = 65_000;

  private final StoreLoad.Custom load;
  private final Rewriter.Sink sink =
      (key, value) -> {
        put(key, value);
        took(key, value);
      };
  private byte[] cursor;

  LoaderFill(StoreLoad.Custom load, StateView view, BulkWriter writer) {
    super("loading store " + load.store(), view, writer);
    this.load = load;
    this.cursor = savedPlace();
  }

  @Override
  boolean fill() {
    boolean stepwise = load.loader().stepwise();
    Guard.next();
    Optional<byte[]> next =
        load.loader()
            .step(cursor.clone(), stepwise ? BUDGET : Integer.MAX_VALUE, view()::store, sink);
    if (next.isEmpty()) {
      return true;
    }
    byte[] to = next.get().clone();
    if (!stepwise) {
      throw new IllegalStateException("the loader says it has no steps, but returned a cursor");
    }
    if (Arrays.equals(to, cursor) || to.length == 0) {
      throw new IllegalStateException("the loader returned the cursor it was given, so has no end");
    }
    if (to.length > MAX_CURSOR_BYTES) {
      throw new IllegalStateException(
          "the loader's cursor has "
              + to.length
              + " bytes, more than "
              + MAX_CURSOR_BYTES
              + "; it should say where to go on, not what was done");
    }
    cursor = to;
    return false;
  }

  @Override
  byte[] place() {
    return cursor;
  }

  @Override
  String at() {
    return cursor.length == 0
        ? "in its first step"
        : "in the step from " + HexFormat.of().formatHex(cursor);
  }

  @Override
  long total() {
    return 0;
  }

  @Override
  String sourcesOf(byte[] key) {
    return "both from the loader";
  }
}
