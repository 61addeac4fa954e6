package io.segue.kernel.testkit;

import io.segue.kernel.api.store.StateStore.BulkIdentity;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import io.segue.kernel.testkit.SparseMerkleDefinition.Leaf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The stores that are written in bulk and that no index names yet.
 *
 * <p>Thread safety: block thread, but for {@link #free}.
 */
final class InMemoryBulks {
  private final LongSupplier ids;
  private final Map<BulkIdentity, Kept> kept = new HashMap<>();
  private final Set<InMemoryBulk> free = ConcurrentHashMap.newKeySet();

  /**
   * @param ids gives an id that no store has
   */
  InMemoryBulks(LongSupplier ids) {
    this.ids = ids;
  }

  /** The stores that can be adopted. */
  Set<InMemoryBulk> free() {
    return free;
  }

  BulkWriter writer() {
    return new InMemoryBulkWriter(this, new Kept());
  }

  BulkWriter writer(BulkIdentity identity) {
    remove(
        other ->
            other.height() == identity.height()
                && other.position() == identity.position()
                && !other.equals(identity));
    Kept here = kept.computeIfAbsent(identity, absent -> new Kept());
    here.end();
    here.writer = new InMemoryBulkWriter(this, here);
    return here.writer;
  }

  private void remove(Predicate<BulkIdentity> which) {
    for (BulkIdentity identity : List.copyOf(kept.keySet())) {
      if (which.test(identity)) {
        kept.remove(identity).end();
      }
    }
  }

  InMemoryBulk completed(SortedMap<byte[], Leaf> leaves) {
    InMemoryBulk bulk = new InMemoryBulk(new InMemoryEntries(ids.getAsLong(), leaves));
    free.add(bulk);
    return bulk;
  }

  void committed(long height) {
    remove(identity -> identity.height() <= height);
  }

  void clear() {
    remove(identity -> true);
    free.clear();
  }

  /** What outlives a writer: the first {@code saved} entries. */
  static final class Kept {
    final List<Leaf> entries = new ArrayList<>();
    byte[] cursor = {};
    int saved;
    boolean filled;
    @Nullable BulkWriter writer;

    /** Closes the last writer. */
    void end() {
      if (writer != null) {
        writer.close();
      }
    }
  }
}
