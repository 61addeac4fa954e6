package io.segue.kernel.testkit;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** One height, with what its commit changed by store id. */
record InMemoryState(
    long height,
    SortedMap<String, InMemoryEntries> stores,
    Map<String, byte[]> metadata,
    SortedMap<Long, SortedSet<byte[]>> changed,
    Set<Long> adopted) {

  SortedMap<String, byte[]> roots() {
    return roots(stores);
  }

  /** Roots of stores, by name. */
  static SortedMap<String, byte[]> roots(SortedMap<String, InMemoryEntries> stores) {
    SortedMap<String, byte[]> roots = new TreeMap<>();
    stores.forEach((name, entries) -> roots.put(name, entries.root()));
    return roots;
  }

  byte[] appHash() {
    return AppHashDefinition.of(roots());
  }
}
