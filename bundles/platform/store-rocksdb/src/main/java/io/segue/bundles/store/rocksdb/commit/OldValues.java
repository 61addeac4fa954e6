package io.segue.bundles.store.rocksdb.commit;

import io.segue.kernel.api.store.StateStore.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds the old values that the caller of a staging did not know, many at once. */
final class OldValues {
  /** Keys read in one go by one thread. */
  private static final int CHUNK = 512;

  private OldValues() {}

  /**
   * The same changes, all with their old values.
   *
   * @param read gives the values of keys, null where absent; called by several threads
   */
  static List<Change> of(
      List<Change> changes, Function<List<byte[]>, List<byte @Nullable []>> read) {
    List<byte[]> unknown = new ArrayList<>();
    for (Change change : changes) {
      if (!change.oldKnown()) {
        unknown.add(change.key());
      }
    }
    if (unknown.isEmpty()) {
      return changes;
    }
    List<byte @Nullable []> values =
        IntStream.range(0, (unknown.size() + CHUNK - 1) / CHUNK)
            .parallel()
            .mapToObj(
                chunk ->
                    unknown.subList(chunk * CHUNK, Math.min(unknown.size(), (chunk + 1) * CHUNK)))
            .map(read)
            .collect(ArrayList::new, List::addAll, List::addAll);
    List<Change> known = new ArrayList<>(changes.size());
    int next = 0;
    for (Change change : changes) {
      known.add(
          change.oldKnown()
              ? change
              : new Change(change.key(), change.value(), true, values.get(next++)));
    }
    return known;
  }
}
