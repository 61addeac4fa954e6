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
    kept.keySet()
        .removeIf(
            other ->
                other.height() == identity.height()
                    && other.position() == identity.position()
                    && !other.equals(identity));
    return new InMemoryBulkWriter(this, kept.computeIfAbsent(identity, absent -> new Kept()));
  }

  InMemoryBulk completed(SortedMap<byte[], Leaf> leaves) {
    InMemoryBulk bulk = new InMemoryBulk(new InMemoryEntries(ids.getAsLong(), leaves));
    free.add(bulk);
    return bulk;
  }

  void committed(long height) {
    kept.keySet().removeIf(identity -> identity.height() <= height);
  }

  void clear() {
    kept.clear();
    free.clear();
  }

  /** What outlives a writer: the first {@code saved} entries. */
  static final class Kept {
    final List<Leaf> entries = new ArrayList<>();
    byte[] cursor = {};
    int saved;
    boolean filled;
  }
}
