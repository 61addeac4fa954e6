package io.segue.kernel.core.upgrade;

import io.segue.kernel.api.store.StateStore.BulkStore;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.core.crash.CrashPoint;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One store that is filled again, in bounded steps: first its entries are taken from the state, by
 * way of the builder's code, then the store completes them. It goes on behind the cursor that an
 * earlier one saved.
 *
 * <pre>
 * cursor: entries taken u64 || their bytes u64 || where to go on, as the kind of load has it
 * </pre>
 *
 * <p>Not thread safe: the block thread calls it.
 */
abstract class StoreFill implements AutoCloseable {
  private static final int COUNTERS = 2 * Long.BYTES;

  private final String what;
  private final StateView view;
  private final BulkWriter writer;
  private final long startNs = System.nanoTime();
  private final long doneBefore;
  private boolean filled;
  private long done;
  private long bytes;

  /**
   * @param what what is done, as {@code rewriting store bank}
   * @param view the state to take from; closed with this
   * @param writer takes the entries; closed with this
   */
  StoreFill(String what, StateView view, BulkWriter writer) {
    this.what = what;
    this.view = view;
    this.writer = writer;
    byte[] cursor = writer.cursor();
    if (cursor.length > 0) {
      ByteBuffer counters = ByteBuffer.wrap(cursor);
      done = counters.getLong();
      bytes = counters.getLong();
    }
    doneBefore = done;
    filled = writer.filled();
  }

  /** Where an earlier fill of the same was cut off; empty for the beginning. */
  final byte[] savedPlace() {
    byte[] cursor = writer.cursor();
    byte[] place = new byte[Math.max(0, cursor.length - COUNTERS)];
    System.arraycopy(cursor, cursor.length - place.length, place, 0, place.length);
    return place;
  }

  final StateView view() {
    return view;
  }

  /** Goes on for about this long; the store, or null while there is more to do. */
  final @Nullable BulkStore step(long budgetNs) {
    if (!filled) {
      filled = fill();
      byte[] place = place();
      if (place.length > 0) {
        writer.save(
            ByteBuffer.allocate(COUNTERS + place.length)
                .putLong(done)
                .putLong(bytes)
                .put(place)
                .array());
      }
      if (filled) {
        CrashPoint.LOAD_FILLED.reached();
      }
      return null;
    }
    BulkStore store = writer.finish(budgetNs).orElse(null);
    if (store != null) {
      CrashPoint.LOAD_COMPLETE.reached();
    }
    return store;
  }

  /** Takes some entries; true where these were the last ones. */
  abstract boolean fill();

  /** Where to go on behind the entries taken so far; empty for nowhere but the beginning. */
  abstract byte[] place();

  /** Where it is, for an error. */
  abstract String at();

  /** Entries to take; 0 where nobody knows. */
  abstract long total();

  /** Who gave a key, for an error; may take as long as the load. */
  abstract String sourcesOf(byte[] key);

  /** Gives an entry to the new store. */
  final void put(byte[] key, byte[] value) {
    writer.put(key, value);
  }

  /** Counts an entry. */
  final void took(byte[] key, byte[] value) {
    done++;
    bytes += key.length + value.length;
  }

  /** Entries taken so far. */
  final long done() {
    return done;
  }

  final String what() {
    return what;
  }

  final LoadProgress progress() {
    return new LoadProgress(
        what,
        done,
        total(),
        bytes,
        doneBefore,
        System.nanoTime() - startNs,
        filled ? Math.max(Double.MIN_VALUE, writer.finished()) : 0);
  }

  /** Ends it and removes what it saved. */
  void discard() {
    writer.discard();
    view.close();
  }

  /** Ends it; what it saved stays. */
  @Override
  public void close() {
    writer.close();
    view.close();
  }
}
