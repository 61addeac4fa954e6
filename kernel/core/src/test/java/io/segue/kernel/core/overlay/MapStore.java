package io.segue.kernel.core.overlay;

import io.segue.kernel.api.abci.Abci.ProofOp;
import io.segue.kernel.api.store.HeightUnavailableException;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.api.store.StoreReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** Views of several heights behind the store's interface; nothing can be written. */
public final class MapStore implements StateStore {
  private final TreeMap<Long, MapView> heights = new TreeMap<>();

  public MapStore with(MapView view) {
    heights.put(view.height, view);
    return this;
  }

  @Override
  public long height() {
    return heights.isEmpty() ? -1 : heights.lastKey();
  }

  @Override
  public long oldestHeight() {
    return heights.firstKey();
  }

  @Override
  public StateView view(long height) {
    MapView view = heights.get(height);
    if (view == null) {
      throw new HeightUnavailableException(height, oldestHeight(), height());
    }
    return view;
  }

  @Override
  public List<ProofOp> prove(String store, byte[] key, long height) {
    MapView view = (MapView) view(height);
    if (view.entries(store).isEmpty()) {
      throw new IllegalArgumentException("store " + store + " is empty");
    }
    return List.of(new ProofOp("ics23:smt", key, new byte[] {1}));
  }

  @Override
  public List<Subtree> subtrees(String store, long height, byte[] prefix) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<byte[]> keysBelow(String store, long height, byte[] prefix, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] rootOf(StoreReader entries, LongConsumer read) {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] appHash(long height) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<String, byte[]> metadata() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<String, byte[]> metadata(long height) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SortedMap<String, byte[]> roots(long height) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StateView view(List<IndexChange> pending) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Staged stage(List<IndexChange> index, SortedMap<String, List<Change>> changes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void commit(Staged staged, long height, Map<String, byte[]> metadata) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void drop(Staged staged) {
    throw new UnsupportedOperationException();
  }

  @Override
  public BulkWriter bulkWriter(BulkIdentity identity) {
    throw new UnsupportedOperationException();
  }

  @Override
  public BulkWriter bulkWriter() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void changedSince(long height, KeyVisitor visitor) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void checkpoint(Path directory) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void rollback() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void clear() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
