package io.segue.bundles.consensus.solo;

import io.segue.bundles.consensus.solo.chain.ChainState;
import io.segue.bundles.consensus.solo.chain.Head;
import io.segue.bundles.consensus.solo.store.BlockSearch;
import io.segue.bundles.consensus.solo.store.BlockStore;
import io.segue.bundles.consensus.solo.store.TxIndex;
import io.segue.bundles.consensus.solo.store.TxSearch;
import io.segue.bundles.consensus.solo.wire.Merkle;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.engine.Engine.Block;
import io.segue.kernel.api.engine.Engine.BlockMeta;
import io.segue.kernel.api.engine.Engine.Commit;
import io.segue.kernel.api.engine.Engine.HeightPage;
import io.segue.kernel.api.engine.Engine.TxPage;
import io.segue.kernel.api.engine.Engine.TxProof;
import io.segue.kernel.api.engine.Engine.TxQuery;
import io.segue.kernel.api.engine.Engine.TxResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads the chain from the block store and the index. Shows a height only once it is committed. Any
 * thread; never waits for a block.
 */
final class ChainQueries {
  private final BlockStore store;
  private final TxIndex index;
  private final TxSearch search;
  private final BlockSearch blockSearch;
  private final Supplier<Optional<Head>> head;
  private final long initialHeight;

  ChainQueries(BlockStore store, TxIndex index, Supplier<Optional<Head>> head, long initialHeight) {
    this.store = store;
    this.index = index;
    this.search = new TxSearch(index);
    this.blockSearch = new BlockSearch(index);
    this.head = head;
    this.initialHeight = initialHeight;
  }

  long height() {
    return head.get().map(block -> block.next().height()).orElse(0L);
  }

  long oldestHeight() {
    return height() == 0 ? 0 : store.oldestBlock().orElse(0L);
  }

  Optional<Block> block(long height) {
    return isCommitted(height) ? store.block(height) : Optional.empty();
  }

  Optional<BlockMeta> meta(long height) {
    return isCommitted(height) ? store.meta(height) : Optional.empty();
  }

  Optional<Commit> commit(long height) {
    return isCommitted(height) ? store.seenCommit(height) : Optional.empty();
  }

  Optional<FinalizeBlockResponse> results(long height) {
    return isCommitted(height) ? store.results(height) : Optional.empty();
  }

  /** The state from which the block of {@code height} is or will be made. */
  Optional<ChainState> before(long height) {
    Optional<Head> newest = head.get();
    if (newest.isEmpty() || height < initialHeight) {
      return Optional.empty();
    }
    ChainState next = newest.get().next();
    if (height > next.height()) {
      return height == next.height() + 1 ? Optional.of(next) : Optional.empty();
    }
    return store.state(height - 1).map(ChainState::decode);
  }

  Optional<TxResult> tx(byte[] hash) {
    try {
      return index.find(hash).flatMap(place -> txAt(place.height(), place.index()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<TxProof> proof(long height, int txIndex) {
    return block(height)
        .filter(block -> txIndex >= 0 && txIndex < block.txs().size())
        .map(block -> proof(block, txIndex));
  }

  TxPage search(TxQuery query) {
    try {
      TxSearch.Found found = search.find(query, oldestHeight(), height());
      List<TxResult> txs =
          found.hits().stream().flatMap(hit -> txAt(hit.height(), hit.index()).stream()).toList();
      return new TxPage(txs, found.total());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HeightPage searchBlocks(TxQuery query) {
    try {
      return blockSearch.find(query, oldestHeight(), height());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<Long> heightOf(byte[] blockHash) {
    try {
      return index.findBlock(blockHash).filter(this::isCommitted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isCommitted(long height) {
    return height >= initialHeight && height <= height();
  }

  private Optional<TxResult> txAt(long height, int txIndex) {
    return store
        .tx(height, txIndex)
        .map(
            stored ->
                new TxResult(
                    Merkle.sha256(stored.tx()), height, txIndex, stored.tx(), stored.result()));
  }

  private static TxProof proof(Block block, int txIndex) {
    List<byte[]> hashes = block.txs().stream().map(Merkle::sha256).toList();
    Merkle.Proof proof = Merkle.prove(hashes, txIndex);
    return new TxProof(
        block.header().dataHash(), proof.total(), proof.index(), proof.leafHash(), proof.aunts());
  }
}
