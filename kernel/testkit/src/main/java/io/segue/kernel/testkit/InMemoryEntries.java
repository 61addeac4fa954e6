package io.segue.kernel.testkit;

import io.segue.kernel.api.store.StateStore.Change;
import io.segue.kernel.testkit.SparseMerkleDefinition.Leaf;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** The entries of one store at one height; never changes. */
final class InMemoryEntries {
  private final long id;
  private final SortedMap<byte[], Leaf> leaves;
  private final byte[] root;

  /** No entries. */
  InMemoryEntries(long id) {
    this(id, new TreeMap<>(Arrays::compareUnsigned));
  }

  InMemoryEntries(long id, SortedMap<byte[], Leaf> leaves) {
    this.id = id;
    this.leaves = Collections.unmodifiableSortedMap(leaves);
    this.root = tree().root();
  }

  /** Which store this is, under whatever name. */
  long id() {
    return id;
  }

  SortedMap<byte[], Leaf> leaves() {
    return leaves;
  }

  byte[] root() {
    return root.clone();
  }

  SparseMerkleDefinition tree() {
    return new SparseMerkleDefinition(leaves.values());
  }

  /** These entries with changes; adds the keys that really changed to {@code changed}. */
  InMemoryEntries with(List<Change> changes, SortedSet<byte[]> changed) {
    SortedMap<byte[], Leaf> result = new TreeMap<>(leaves);
    byte[] previous = new byte[0];
    for (Change change : changes) {
      checkKey(change.key());
      if (Arrays.compareUnsigned(previous, change.key()) >= 0) {
        throw new IllegalArgumentException(
            "changes are not in order of keys at " + HexFormat.of().formatHex(change.key()));
      }
      previous = change.key();
      byte[] value = change.value();
      Leaf old = leaves.get(change.key());
      if (value == null) {
        result.remove(change.key());
      } else {
        checkValue(value);
        result.put(change.key(), Leaf.of(change.key(), value));
      }
      if (!Arrays.equals(old == null ? null : old.value(), value)) {
        changed.add(change.key());
      }
    }
    return new InMemoryEntries(id, result);
  }

  static void checkKey(byte[] key) {
    if (key.length == 0) {
      throw new IllegalArgumentException("an empty key can't be proved");
    }
  }

  static void checkValue(byte[] value) {
    if (value.length == 0) {
      throw new IllegalArgumentException("an empty value can't be proved");
    }
  }
}
