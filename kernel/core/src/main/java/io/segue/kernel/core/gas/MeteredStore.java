package io.segue.kernel.core.gas;

import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.core.gas.KernelRules.GasCosts;
import org.jspecify.annotations.Nullable;

/** A store whose accesses cost gas. */
public final class MeteredStore implements KVStore {
  private static final String HAS = "Has";
  private static final String DELETE = "Delete";
  private static final String READ_FLAT = "ReadFlat";
  private static final String READ_PER_BYTE = "ReadPerByte";
  private static final String WRITE_FLAT = "WriteFlat";
  private static final String WRITE_PER_BYTE = "WritePerByte";
  private static final String VALUE_PER_BYTE = "ValuePerByte";
  private static final String ITER_NEXT_FLAT = "IterNextFlat";

  private final KVStore store;
  private final Gas gas;
  private final GasCosts costs;

  public MeteredStore(KVStore store, Gas gas, GasCosts costs) {
    this.store = store;
    this.gas = gas;
    this.costs = costs;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    gas.consume(costs.readFlat(), READ_FLAT);
    byte[] value = store.get(key);
    gas.consume(costs.readPerByte() * key.length, READ_PER_BYTE);
    if (value != null) {
      gas.consume(costs.readPerByte() * value.length, READ_PER_BYTE);
    }
    return value;
  }

  @Override
  public boolean has(byte[] key) {
    gas.consume(costs.has(), HAS);
    return store.has(key);
  }

  @Override
  public void set(byte[] key, byte[] value) {
    gas.consume(costs.writeFlat(), WRITE_FLAT);
    gas.consume(costs.writePerByte() * key.length, WRITE_PER_BYTE);
    gas.consume(costs.writePerByte() * value.length, WRITE_PER_BYTE);
    store.set(key, value);
  }

  @Override
  public void delete(byte[] key) {
    gas.consume(costs.delete(), DELETE);
    store.delete(key);
  }

  @Override
  public KVIterator iterate(byte[] from, byte @Nullable [] to) {
    return new MeteredIterator(store.iterate(from, to));
  }

  @Override
  public KVIterator reverse(byte[] from, byte @Nullable [] to) {
    return new MeteredIterator(store.reverse(from, to));
  }

  private final class MeteredIterator implements KVIterator {
    private final KVIterator entries;

    MeteredIterator(KVIterator entries) {
      this.entries = entries;
    }

    @Override
    public boolean next() {
      gas.consume(costs.iterNextFlat(), ITER_NEXT_FLAT);
      if (!entries.next()) {
        return false;
      }
      gas.consume(costs.readPerByte() * entries.key().length, VALUE_PER_BYTE);
      gas.consume(costs.readPerByte() * entries.value().length, VALUE_PER_BYTE);
      return true;
    }

    @Override
    public byte[] key() {
      return entries.key();
    }

    @Override
    public byte[] value() {
      return entries.value();
    }

    @Override
    public void close() {
      entries.close();
    }
  }
}
