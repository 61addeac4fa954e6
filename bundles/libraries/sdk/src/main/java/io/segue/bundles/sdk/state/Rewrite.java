package io.segue.bundles.sdk.state;

import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.upgrade.Rewriter;
import io.segue.kernel.api.upgrade.StoreLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the collections of a store in an upgrade: typed entries in, typed entries out.
 * The upgrade's handler declares the collections of both layouts, and says of each old one what its
 * entries become. Entries of other collections stay as they are.
 *
 * <pre>{@code
 * new Rewrite()
 *     .each(
 *         byOwner,
 *         (key, amount, out) -> byDenom.set(out, Pair.of(key.second(), key.first()), amount))
 *     .drop(oldIndex)
 *     .added(byDenom)
 *     .of("bank")
 * }</pre>
 *
 * <p>{@code out} is a store without anything in it, that can only be written: the work sees one
 * entry and its own constants, since it is called in any order and from several threads. Two
 * entries that give one key are an error.
 */
public final class Rewrite {
  private final List<Part> parts = new ArrayList<>();

  /** What is done with the entries of a collection. */
  private record Part(Collection collection, Rewriter work) {}

  /** Says what an entry of a table becomes. */
  @FunctionalInterface
  public interface Work<K, V> {
    /** Writes it to {@code out}, or nothing. An exception holds the node. */
    void rewrite(K key, V value, KVStore out);
  }

  /** What each entry of a table becomes. */
  public <K, V> Rewrite each(Table<K, V> before, Work<K, V> work) {
    return add(
        before,
        (key, value, sink) ->
            work.rewrite(before.keyOf(key), before.valueOf(value), new Out(sink)));
  }

  /** What each key of a set becomes. */
  public <K> Rewrite each(KeySet<K> before, BiConsumer<K, KVStore> work) {
    return add(before, (key, value, sink) -> work.accept(before.keyOf(key), new Out(sink)));
  }

  /** Nothing becomes of a collection, such as an index that is written from its table again. */
  public Rewrite drop(Collection before) {
    return add(before, (key, value, sink) -> {});
  }

  /** A collection of the new layout, of which no entry may be there yet. */
  public Rewrite added(Collection after) {
    return add(
        after,
        (key, value, sink) -> {
          throw new IllegalArgumentException("is of " + after.name() + ", which is new");
        });
  }

  /** The load of a store, for the handler's {@code prepare}. */
  public StoreLoad.Rewrite of(String store) {
    List<Part> all = List.copyOf(parts);
    return new StoreLoad.Rewrite(store, (key, value, sink) -> run(all, store, key, value, sink));
  }

  private Rewrite add(Collection collection, Rewriter work) {
    for (Part part : parts) {
      if (Prefix.overlap(part.collection().prefix(), collection.prefix())) {
        throw new IllegalArgumentException(
            "the prefixes of "
                + part.collection().name()
                + " and "
                + collection.name()
                + " overlap: say once what becomes of a prefix");
      }
    }
    parts.add(new Part(collection, work));
    return this;
  }

  private static void run(
      List<Part> parts, String store, byte[] key, byte[] value, Rewriter.Sink sink) {
    for (Part part : parts) {
      if (part.collection().holds(key)) {
        try {
          part.work().rewrite(key, value, sink);
        } catch (IllegalArgumentException | IllegalStateException e) {
          throw new IllegalArgumentException(
              "key " + Json.hex(key) + " of store " + store + ": " + e.getMessage(), e);
        }
        return;
      }
    }
    sink.put(key, value);
  }

  /** What a work writes. */
  private record Out(Rewriter.Sink sink) implements KVStore {
    @Override
    public byte @Nullable [] get(byte[] key) {
      return null;
    }

    @Override
    public boolean has(byte[] key) {
      return false;
    }

    @Override
    public void set(byte[] key, byte[] value) {
      sink.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
      throw new UnsupportedOperationException("a rewrite only writes: leave out what is to go");
    }

    @Override
    public KVIterator iterate(byte[] from, byte @Nullable [] to) {
      throw unseen();
    }

    @Override
    public KVIterator reverse(byte[] from, byte @Nullable [] to) {
      throw unseen();
    }

    private static UnsupportedOperationException unseen() {
      return new UnsupportedOperationException(
          "a rewrite sees one entry: use StoreLoad.Custom for what needs more of them");
    }
  }
}
