package io.segue.bundles.consensus.solo.store;

import io.segue.bundles.consensus.solo.wire.BlockCodec;
import io.segue.bundles.consensus.solo.wire.CommitCodec;
import io.segue.bundles.consensus.solo.wire.HeaderCodec;
import io.segue.bundles.consensus.solo.wire.ProtoReader;
import io.segue.bundles.consensus.solo.wire.ProtoWriter;
import io.segue.bundles.consensus.solo.wire.ResultsCodec;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.engine.Engine.Block;
import io.segue.kernel.api.engine.Engine.BlockMeta;
import io.segue.kernel.api.engine.Engine.Commit;
import io.segue.kernel.api.engine.Engine.Header;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The blocks of the chain and their results, in a {@link BlockLog}. Of each height there are two
 * records, in this order:
 *
 * <pre>
 * BLOCK    head     1 BlockID, 2 Header, 3 size in bytes, 4 number of transactions, 5 the commit
 *                   that this node has seen for the block
 *          body     the block; elements are its transactions
 * RESULTS  head     the engine's state after the block, as the engine encodes it
 *          body     ABCI's FinalizeBlockResponse; elements are the transactions' results
 * </pre>
 *
 * The state before the first block is a RESULTS record of the height below the first one.
 *
 * <p>One thread writes; any thread reads. A read of what is not kept answers empty; a failing disk
 * is an {@link UncheckedIOException} for readers and an IOException for the writer.
 */
public final class BlockStore implements AutoCloseable {
  private static final int BLOCK = 1;
  private static final int RESULTS = 2;

  private final BlockLog log;

  /** Room for a result, by what one took in the last block. Writer's thread only. */
  private int bytesPerResult = 512;

  /** A transaction with its result. */
  public record StoredTx(byte[] tx, ExecTxResult result) {}

  private BlockStore(BlockLog log) {
    this.log = log;
  }

  /**
   * Opens or creates the store.
   *
   * @param blocksPerFile at most so many heights share a file; files are what {@link #removeBelow}
   *     removes
   */
  public static BlockStore open(Path directory, long blocksPerFile) throws IOException {
    return new BlockStore(new BlockLog(directory, BlockLog.SEGMENT_BYTES, blocksPerFile));
  }

  /** The same, whose files are opened in another way. */
  public static BlockStore open(FileOpener files, Path directory, long blocksPerFile)
      throws IOException {
    return new BlockStore(new BlockLog(files, directory, BlockLog.SEGMENT_BYTES, blocksPerFile));
  }

  /**
   * Opens the store of another process for reading, as it is now: nothing of it is changed, and
   * what is written later is not seen.
   */
  public static BlockStore read(Path directory) throws IOException {
    return new BlockStore(BlockLog.read(directory));
  }

  /** Height of the newest block; empty where there is none. */
  public Optional<Long> lastBlock() {
    return reading(() -> log.lastHeight(BLOCK));
  }

  /** Height of the newest results, the state before the first block included. */
  public Optional<Long> lastResults() {
    return reading(() -> log.lastHeight(RESULTS));
  }

  /** Height of the oldest block; empty where there is none. */
  public Optional<Long> oldestBlock() {
    return reading(() -> log.firstHeight(BLOCK));
  }

  /** Writes a block and the commit that this node has seen for it. */
  public void putBlock(BlockCodec.Encoded encoded, Commit seen) throws IOException {
    BlockMeta meta = encoded.meta();
    ProtoWriter head = new ProtoWriter(1024);
    int mark = head.begin(1);
    HeaderCodec.writeBlockId(head, meta.id());
    head.end(mark);
    mark = head.begin(2);
    HeaderCodec.write(head, meta.header());
    head.end(mark).number(3, meta.sizeBytes()).number(4, meta.txCount());
    mark = head.begin(5);
    CommitCodec.write(head, seen);
    head.end(mark);
    int[] lengths = encoded.block().txs().stream().mapToInt(tx -> tx.length).toArray();
    byte[] bytes = encoded.bytes();
    byte[] front = IndexedRecord.encodeFront(head.toBytes(), encoded.txStarts(), lengths);
    log.append(BLOCK, meta.header().height(), front, bytes, bytes.length);
  }

  /** Writes a block's results and the engine's state after it. */
  public void putResults(long height, byte[] state, FinalizeBlockResponse response)
      throws IOException {
    int count = response.txResults().size();
    int[] starts = new int[count];
    int[] lengths = new int[count];
    ProtoWriter body = new ProtoWriter(Math.max(1024, count * bytesPerResult));
    ResultsCodec.write(
        body,
        response,
        (index, start, length) -> {
          starts[index] = start;
          lengths[index] = length;
        });
    if (count > 0) {
      bytesPerResult = body.size() / count + 64;
    }
    byte[] front = IndexedRecord.encodeFront(state, starts, lengths);
    log.append(RESULTS, height, front, body.buffer(), body.size());
  }

  /** Writes the engine's state before the first block, at the height below it. */
  public void putState(long height, byte[] state) throws IOException {
    byte[] front = IndexedRecord.encodeFront(state, new int[0], new int[0]);
    log.append(RESULTS, height, front, new byte[0], 0);
  }

  /** Makes what was written survive the end of the machine. */
  public void force() throws IOException {
    log.force();
  }

  /** A whole block. */
  public Optional<Block> block(long height) {
    return reading(
        () -> {
          Optional<BlockLog.Place> place = log.find(BLOCK, height);
          if (place.isEmpty()) {
            return Optional.empty();
          }
          byte[] record = place.get().segment().payload(place.get().offset());
          Head head = Head.read(IndexedRecord.head(record));
          ProtoReader body =
              new ProtoReader(record, IndexedRecord.bodyStart(record), record.length);
          return Optional.of(BlockCodec.decode(head.meta().id(), body));
        });
  }

  /** A block without its transactions. */
  public Optional<BlockMeta> meta(long height) {
    return head(height).map(Head::meta);
  }

  /** The commit that this node has seen for a block. */
  public Optional<Commit> seenCommit(long height) {
    return head(height).map(Head::seen);
  }

  /** The results of a height. */
  public Optional<FinalizeBlockResponse> results(long height) {
    return reading(
        () -> {
          Optional<BlockLog.Place> place = log.find(RESULTS, height);
          if (place.isEmpty()) {
            return Optional.empty();
          }
          byte[] record = place.get().segment().payload(place.get().offset());
          return Optional.of(
              ResultsCodec.read(
                  new ProtoReader(record, IndexedRecord.bodyStart(record), record.length)));
        });
  }

  /** The engine's state after a height. */
  public Optional<byte[]> state(long height) {
    return reading(
        () -> {
          Optional<BlockLog.Place> place = log.find(RESULTS, height);
          return place.isEmpty()
              ? Optional.empty()
              : Optional.of(IndexedRecord.readHead(place.get()));
        });
  }

  /** One transaction of a height, without reading the others. */
  public Optional<StoredTx> tx(long height, int index) {
    return reading(
        () -> {
          Optional<BlockLog.Place> block = log.find(BLOCK, height);
          Optional<BlockLog.Place> results = log.find(RESULTS, height);
          if (block.isEmpty() || results.isEmpty()) {
            return Optional.empty();
          }
          byte[] result = IndexedRecord.readElement(results.get(), index);
          return Optional.of(
              new StoredTx(
                  IndexedRecord.readElement(block.get(), index),
                  ResultsCodec.readTxResult(new ProtoReader(result))));
        });
  }

  /** First height of the file after the oldest one; empty where there is but one file. */
  public Optional<Long> secondFile() {
    return log.secondFile();
  }

  /** Removes files that hold nothing but heights below {@code height}. */
  public void removeBelow(long height) throws IOException {
    log.removeBelow(height);
  }

  /** Removes everything; nobody may read meanwhile. */
  public void clear() throws IOException {
    log.removeAbove(Long.MIN_VALUE);
  }

  /** Removes the blocks and results of heights above {@code height}; nobody may read meanwhile. */
  public void removeAbove(long height) throws IOException {
    log.removeAbove(height);
  }

  @Override
  public void close() throws IOException {
    log.close();
  }

  private Optional<Head> head(long height) {
    return reading(
        () -> {
          Optional<BlockLog.Place> place = log.find(BLOCK, height);
          return place.isEmpty()
              ? Optional.empty()
              : Optional.of(Head.read(IndexedRecord.readHead(place.get())));
        });
  }

  private static <T> Optional<T> reading(Read<T> read) {
    try {
      return read.run();
    } catch (ClosedChannelException e) {
      return Optional.empty(); // removed, or the node stops
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FunctionalInterface
  private interface Read<T> {
    Optional<T> run() throws IOException;
  }

  private record Head(BlockMeta meta, Commit seen) {
    static Head read(byte[] bytes) {
      ProtoReader in = new ProtoReader(bytes);
      var id = HeaderCodec.NO_BLOCK;
      Header header = null;
      int size = 0;
      int txs = 0;
      Commit seen = CommitCodec.NONE;
      for (int field = in.next(); field != 0; field = in.next()) {
        switch (field) {
          case 1 -> id = HeaderCodec.readBlockId(in.message());
          case 2 -> header = HeaderCodec.read(in.message());
          case 3 -> size = (int) in.number();
          case 4 -> txs = (int) in.number();
          case 5 -> seen = CommitCodec.read(in.message());
          default -> in.skip();
        }
      }
      if (header == null) {
        throw new IllegalArgumentException("a block without a header");
      }
      return new Head(new BlockMeta(id, header, size, txs), seen);
    }
  }
}
