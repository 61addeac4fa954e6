package io.segue.bundles.sdk.state;

import io.segue.bundles.sdk.GenesisWriter;
import io.segue.bundles.sdk.JsonParts.Part;
import io.segue.kernel.api.module.KVStore;

/**
 * Numbers that count up, each given once; 8 bytes, big endian, under the prefix alone, and absent
 * before the first one is taken.
 */
public final class Sequence extends Collection {
  private final Item<Long> next;
  private final long first;

  Sequence(String name, Prefix prefix, long first) {
    super(name, prefix);
    this.first = first;
    this.next = new Item<>(name, prefix, Values.u64());
  }

  /** Takes the next number: a read and a write. */
  public long next(KVStore store) {
    long number = peek(store);
    next.set(store, number + 1);
    return number;
  }

  /** The number that is taken next: a read. */
  public long peek(KVStore store) {
    return next.getOr(store, first);
  }

  /** Says which number is taken next: a write. */
  public void set(KVStore store, long number) {
    next.set(store, number);
  }

  @Override
  String describe(byte[] key, byte[] value) {
    return next.describe(key, value);
  }

  @Override
  void write(KVStore store, GenesisWriter out) {
    next.write(store, out);
  }

  @Override
  void read(KVStore store, Part json) {
    next.read(store, json);
  }
}
