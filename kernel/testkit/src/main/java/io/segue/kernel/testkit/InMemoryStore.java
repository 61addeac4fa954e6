package io.segue.kernel.testkit;

import io.segue.kernel.api.abci.Abci.ProofOp;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.store.HeightUnavailableException;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.api.store.StoreReader;
import io.segue.kernel.testkit.SparseMerkleDefinition.Leaf;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link StateStore} that is slow and obviously right: every height is a copy of its stores, and
 * roots and proofs are computed from their definition. It is what other stores are compared with,
 * and what tests that need no disk run on.
 *
 * <p>Thread safety: every method is synchronized; views hold what never changes.
 */
public final class InMemoryStore implements StateStore {
  /** How many heights can be read where nothing else is asked for. */
  public static final int DEFAULT_KEEP_HEIGHTS = 100;

  private static final InMemoryState NOTHING =
      new InMemoryState(-1, new TreeMap<>(), Map.of(), new TreeMap<>(), Set.of());

  private final int keepHeights;
  private final TreeMap<Long, InMemoryState> history = new TreeMap<>();
  private final AtomicLong lastId = new AtomicLong();
  private final InMemoryBulks bulks = new InMemoryBulks(lastId::incrementAndGet);
  private boolean closed;

  public InMemoryStore() {
    this(DEFAULT_KEEP_HEIGHTS);
  }

  /**
   * @param keepHeights how many heights can be read, the last one included; at least 1
   */
  public InMemoryStore(int keepHeights) {
    if (keepHeights < 1) {
      throw new IllegalArgumentException("keepHeights is " + keepHeights + ", less than 1");
    }
    this.keepHeights = keepHeights;
    history.put(NOTHING.height(), NOTHING);
  }

  @Override
  public synchronized long height() {
    return last().height();
  }

  @Override
  public synchronized long oldestHeight() {
    return history.firstKey();
  }

  @Override
  public synchronized byte[] appHash(long height) {
    return at(height).appHash();
  }

  @Override
  public synchronized Map<String, byte[]> metadata() {
    return last().metadata();
  }

  @Override
  public synchronized Map<String, byte[]> metadata(long height) {
    return at(height).metadata();
  }

  @Override
  public synchronized SortedMap<String, byte[]> roots(long height) {
    return at(height).roots();
  }

  @Override
  public synchronized StateView view(long height) {
    return new InMemoryView(height, at(height).stores());
  }

  @Override
  public synchronized StateView view(List<IndexChange> pending) {
    return new InMemoryView(height(), withIndex(last().stores(), pending));
  }

  @Override
  public synchronized Staged stage(
      List<IndexChange> index, SortedMap<String, List<Change>> changes) {
    SortedMap<String, InMemoryEntries> stores = withIndex(last().stores(), index);
    SortedMap<Long, SortedSet<byte[]>> changed = new TreeMap<>();
    changes.forEach(
        (name, list) -> {
          InMemoryEntries old = named(stores, name);
          SortedSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
          stores.put(name, old.with(list, keys));
          changed.put(old.id(), keys);
        });
    Set<InMemoryBulk> adopted = new HashSet<>();
    for (IndexChange change : index) {
      if (change instanceof IndexChange.Adopt adopt) {
        adopted.add((InMemoryBulk) adopt.bulk());
      }
    }
    return new InMemoryStaged(last(), stores, changed, adopted);
  }

  @SuppressWarnings("ReferenceEquality") // The state itself, not one like it.
  @Override
  public synchronized void commit(Staged staged, long height, Map<String, byte[]> metadata) {
    InMemoryStaged state = (InMemoryStaged) staged;
    if (state.base != last() || state.dropped) {
      throw new IllegalStateException(
          "the staging was dropped or is not based on the last committed state; stage again");
    }
    if (height() == -1 ? height < 0 : height != height() + 1) {
      throw new IllegalArgumentException(
          "height " + height + " can't be committed after height " + height());
    }
    if (!bulks.free().containsAll(state.adopted)) {
      throw new IllegalStateException("the staging adopts a bulk store that was dropped");
    }
    bulks.free().removeAll(state.adopted);
    bulks.committed(height);
    Set<Long> adoptedIds = new HashSet<>();
    state.adopted.forEach(bulk -> adoptedIds.add(bulk.entries().id()));
    history.remove(-1L);
    history.put(
        height,
        new InMemoryState(height, state.stores, Map.copyOf(metadata), state.changed, adoptedIds));
    history.headMap(height - keepHeights + 1).clear();
  }

  @Override
  public synchronized void rollback() {
    long height = height();
    if (!history.containsKey(height - 1)) {
      throw new IllegalStateException("the height before " + height + " is not kept");
    }
    history.remove(height);
    bulks.clear();
  }

  @Override
  public synchronized void drop(Staged staged) {
    InMemoryStaged state = (InMemoryStaged) staged;
    state.dropped = true;
    bulks.free().removeAll(state.adopted);
  }

  @Override
  public synchronized BulkWriter bulkWriter() {
    return bulks.writer();
  }

  @Override
  public synchronized BulkWriter bulkWriter(BulkIdentity identity) {
    return bulks.writer(identity);
  }

  @Override
  public synchronized List<ProofOp> prove(String store, byte[] key, long height) {
    InMemoryState state = at(height);
    InMemoryEntries entries = named(state.stores(), store);
    InMemoryEntries.checkKey(key);
    return List.of(
        new ProofOp("ics23:smt", key, entries.tree().prove(key)),
        new ProofOp(
            "ics23:simple",
            store.getBytes(StandardCharsets.UTF_8),
            AppHashDefinition.prove(state.roots(), store, entries.root())));
  }

  @Override
  public synchronized List<Subtree> subtrees(String store, long height, byte[] prefix) {
    return named(at(height).stores(), store).tree().subtrees(prefix);
  }

  @Override
  public synchronized List<byte[]> keysBelow(String store, long height, byte[] prefix, int limit) {
    return named(at(height).stores(), store).tree().below(prefix).stream()
        .limit(limit)
        .map(Leaf::key)
        .toList();
  }

  @Override
  public synchronized void changedSince(long height, KeyVisitor visitor) {
    at(height);
    last()
        .stores()
        .forEach(
            (name, entries) -> {
              SortedSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
              for (InMemoryState state : history.tailMap(height, false).values()) {
                @Nullable SortedSet<byte[]> changed = state.changed().get(entries.id());
                if (state.adopted().contains(entries.id())) {
                  keys.addAll(entries.leaves().keySet());
                } else if (changed != null) {
                  keys.addAll(changed);
                }
              }
              keys.forEach(key -> visitor.visit(name, key));
            });
  }

  @Override
  public byte[] rootOf(StoreReader entries, LongConsumer read) {
    List<Leaf> leaves = new ArrayList<>();
    try (KVIterator iterator = entries.iterate(new byte[0], null, false)) {
      while (iterator.next()) {
        leaves.add(Leaf.of(iterator.key(), iterator.value()));
      }
    }
    read.accept(leaves.size());
    return new SparseMerkleDefinition(leaves).root();
  }

  @Override
  public void checkpoint(Path directory) {
    throw new UnsupportedOperationException("a store in memory has no files to copy");
  }

  @Override
  public synchronized void clear() {
    history.clear();
    history.put(NOTHING.height(), NOTHING);
    bulks.clear();
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private InMemoryState last() {
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
    return history.lastEntry().getValue();
  }

  private InMemoryState at(long height) {
    InMemoryState last = last();
    @Nullable InMemoryState state = history.get(height);
    if (state == null) {
      throw new HeightUnavailableException(height, history.firstKey(), last.height());
    }
    return state;
  }

  private SortedMap<String, InMemoryEntries> withIndex(
      SortedMap<String, InMemoryEntries> stores, List<IndexChange> index) {
    SortedMap<String, InMemoryEntries> result = new TreeMap<>(stores);
    Set<InMemoryBulk> left = new HashSet<>(bulks.free());
    for (IndexChange change : index) {
      if (change instanceof IndexChange.Add add) {
        putNew(result, add.name(), new InMemoryEntries(lastId.incrementAndGet()));
      } else if (change instanceof IndexChange.Rename rename) {
        InMemoryEntries entries = named(result, rename.name());
        result.remove(rename.name());
        putNew(result, rename.newName(), entries);
      } else if (change instanceof IndexChange.Delete delete) {
        named(result, delete.name());
        result.remove(delete.name());
      } else if (change instanceof IndexChange.Adopt adopt) {
        if (!left.remove(adopt.bulk())) {
          throw new IllegalArgumentException(
              "the bulk store for " + adopt.name() + " was dropped or adopted before");
        }
        result.put(checkName(adopt.name()), ((InMemoryBulk) adopt.bulk()).entries());
      }
    }
    return result;
  }

  private static void putNew(
      SortedMap<String, InMemoryEntries> stores, String name, InMemoryEntries entries) {
    if (stores.putIfAbsent(checkName(name), entries) != null) {
      throw new IllegalArgumentException("there is a store " + name + " already");
    }
  }

  private static String checkName(String name) {
    if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new IllegalArgumentException(
          "'" + name + "' can't be a store's name: 1 to 64 letters, digits, '.', '_' and '-' can");
    }
    return name;
  }

  static InMemoryEntries named(SortedMap<String, InMemoryEntries> stores, String name) {
    @Nullable InMemoryEntries entries = stores.get(name);
    if (entries == null) {
      throw new IllegalArgumentException("no store " + name + "; there are " + stores.keySet());
    }
    return entries;
  }
}
