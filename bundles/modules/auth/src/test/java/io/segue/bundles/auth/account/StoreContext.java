package io.segue.bundles.auth.account;

import io.segue.kernel.api.abci.Abci.CommitInfo;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.Misbehavior;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.Descriptors;
import io.segue.kernel.api.module.ExecMode;
import io.segue.kernel.api.module.GasMeter;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.upgrade.Upgrades;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A context that has a store and nothing else. */
public final class StoreContext implements Context {
  private final TreeMap<byte[], byte[]> map = new TreeMap<>(Arrays::compareUnsigned);
  private final KVStore store = new MapStore();

  /** What is stored, readable. */
  public Map<String, String> entries() {
    Map<String, String> entries = new TreeMap<>();
    map.forEach(
        (key, value) ->
            entries.put(HexFormat.of().formatHex(key), HexFormat.of().formatHex(value)));
    return entries;
  }

  @Override
  public KVStore store() {
    return store;
  }

  @Override
  public KVStore store(String name) {
    return store;
  }

  @Override
  public String chainId() {
    return "probe-1";
  }

  @Override
  public long height() {
    return 0;
  }

  @Override
  public Instant time() {
    return Instant.EPOCH;
  }

  @Override
  public byte[] proposerAddress() {
    return new byte[0];
  }

  @Override
  public CommitInfo lastCommit() {
    return CommitInfo.EMPTY;
  }

  @Override
  public List<Misbehavior> misbehavior() {
    return List.of();
  }

  @Override
  public ExecMode mode() {
    return ExecMode.FINALIZE;
  }

  @Override
  public ConsensusParams consensusParams() {
    return ConsensusParams.defaults(1);
  }

  @Override
  public void updateConsensusParams(ConsensusParams changes) {
    throw new UnsupportedOperationException("no block here");
  }

  @Override
  public String minimumGasPrices() {
    return "";
  }

  @Override
  public GasMeter gas() {
    throw new UnsupportedOperationException("no gas here");
  }

  @Override
  public void emit(Event event) {}

  @Override
  public byte[] moduleAddress() {
    throw new UnsupportedOperationException("no module here");
  }

  @Override
  public byte[] call(String typeUrl, byte[] message) {
    throw new UnsupportedOperationException("no router here");
  }

  @Override
  public void validate(String typeUrl, byte[] message) {}

  @Override
  public boolean routable(String typeUrl) {
    return false;
  }

  @Override
  public List<byte[]> signers(String typeUrl, byte[] message) {
    return List.of();
  }

  @Override
  public byte[] query(String path, byte[] request) {
    throw new UnsupportedOperationException("no router here");
  }

  @Override
  public <T> T branch(long gas, Function<Context, T> work) {
    return branch(work);
  }

  @Override
  public <T> T branch(Function<Context, T> work) {
    return work.apply(this);
  }

  @Override
  public Upgrades upgrades() {
    throw new UnsupportedOperationException("no plans here");
  }

  @Override
  public Descriptors descriptors() {
    throw new UnsupportedOperationException("no descriptors here");
  }

  private final class MapStore implements KVStore {
    @Override
    public byte @Nullable [] get(byte[] key) {
      return map.get(key);
    }

    @Override
    public boolean has(byte[] key) {
      return map.containsKey(key);
    }

    @Override
    public void set(byte[] key, byte[] value) {
      if (key.length == 0 || value.length == 0) {
        throw new IllegalArgumentException("empty key or value");
      }
      map.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
      map.remove(key);
    }

    @Override
    public KVIterator iterate(byte[] from, byte @Nullable [] to) {
      return new Cursor(range(from, to));
    }

    @Override
    public KVIterator reverse(byte[] from, byte @Nullable [] to) {
      TreeMap<byte[], byte[]> copy = new TreeMap<>(range(from, to));
      return new Cursor(copy.descendingMap());
    }

    private SortedMap<byte[], byte[]> range(byte[] from, byte @Nullable [] to) {
      return to == null ? map.tailMap(from) : map.subMap(from, to);
    }
  }

  private static final class Cursor implements KVIterator {
    private final Iterator<Map.Entry<byte[], byte[]>> entries;
    private Map.@Nullable Entry<byte[], byte[]> current;

    Cursor(Map<byte[], byte[]> map) {
      this.entries = map.entrySet().iterator();
    }

    @Override
    public boolean next() {
      current = entries.hasNext() ? entries.next() : null;
      return current != null;
    }

    @Override
    public byte[] key() {
      return java.util.Objects.requireNonNull(current).getKey();
    }

    @Override
    public byte[] value() {
      return java.util.Objects.requireNonNull(current).getValue();
    }

    @Override
    public void close() {}
  }
}
