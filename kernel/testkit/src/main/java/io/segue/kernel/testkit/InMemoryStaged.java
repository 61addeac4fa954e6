package io.segue.kernel.testkit;

import io.segue.kernel.api.store.StateStore.Staged;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/** What a commit would make of the state. */
final class InMemoryStaged implements Staged {
  final InMemoryState base;
  final SortedMap<String, InMemoryEntries> stores;
  final SortedMap<Long, SortedSet<byte[]>> changed;
  final Set<InMemoryBulk> adopted;
  boolean dropped;

  InMemoryStaged(
      InMemoryState base,
      SortedMap<String, InMemoryEntries> stores,
      SortedMap<Long, SortedSet<byte[]>> changed,
      Set<InMemoryBulk> adopted) {
    this.base = base;
    this.stores = stores;
    this.changed = changed;
    this.adopted = adopted;
  }

  @Override
  public byte[] appHash() {
    return AppHashDefinition.of(roots());
  }

  @Override
  public SortedMap<String, byte[]> roots() {
    return InMemoryState.roots(stores);
  }
}
