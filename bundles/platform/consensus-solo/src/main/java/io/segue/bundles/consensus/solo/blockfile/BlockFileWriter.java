package io.segue.bundles.consensus.solo.blockfile;

import io.segue.bundles.consensus.solo.wire.BlockCodec;
import io.segue.bundles.consensus.solo.wire.HeaderCodec;
import io.segue.bundles.consensus.solo.wire.Merkle;
import io.segue.bundles.consensus.solo.wire.ProtoWriter;
import io.segue.kernel.api.abci.Abci.Misbehavior;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * Writes a block file from its start to its end, in the order of {@link BlockFileFormat}; used by
 * one thread. A file that is not {@link #finish finished} is refused by every reader.
 */
public final class BlockFileWriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final MessageDigest digest = Merkle.digest();
  private final OutputStream out;
  private final BlockFileChain chain;
  private long sizeBytes;

  /**
   * Starts a file.
   *
   * @throws java.nio.file.FileAlreadyExistsException where there is one
   */
  public BlockFileWriter(Path file, BlockFileChain chain) throws IOException {
    this.chain = chain;
    this.out =
        new DigestOutputStream(
            new BufferedOutputStream(
                Files.newOutputStream(
                    file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                BUFFER_BYTES),
            digest);
    out.write(BlockFileFormat.MAGIC);
    sizeBytes = BlockFileFormat.MAGIC.length;
    record(
        BlockFileFormat.CHAIN,
        chain.lastHeight(),
        new ProtoWriter(64).text(1, chain.chainId()).number(2, chain.initialHeight()).toBytes());
  }

  /** Writes the genesis file. */
  public void genesis(InputStream json) throws IOException {
    long number = 0;
    byte[] piece = json.readNBytes(BlockFileFormat.GENESIS_PIECE_BYTES);
    while (piece.length > 0) {
      record(BlockFileFormat.GENESIS, number++, piece);
      piece = json.readNBytes(BlockFileFormat.GENESIS_PIECE_BYTES);
    }
  }

  /** Writes that the next block is the first of a generation. */
  public void generation(BlockFileItem.Generation generation) throws IOException {
    record(
        BlockFileFormat.GENERATION,
        generation.height(),
        new ProtoWriter(128).text(1, generation.name()).text(2, generation.digest()).toBytes());
  }

  /** Writes that a plan was passed over in the next block. */
  public void skipped(BlockFileItem.Skipped skipped) throws IOException {
    record(
        BlockFileFormat.SKIPPED,
        skipped.height(),
        new ProtoWriter(128).text(1, skipped.name()).toBytes());
  }

  /** Writes a block and what it gave. */
  public void block(BlockFileItem.Executed executed) throws IOException {
    var block = executed.block();
    byte[] encoded = BlockCodec.encode(block.header(), block.txs(), block.lastCommit()).bytes();
    ProtoWriter payload = new ProtoWriter(encoded.length + 256);
    int mark = payload.begin(1);
    HeaderCodec.writeBlockId(payload, block.id());
    payload.end(mark);
    payload.bytes(2, encoded).bytes(3, executed.appHash()).bytes(4, executed.resultsHash());
    for (Misbehavior misbehavior : executed.misbehavior()) {
      MisbehaviorCodec.write(payload, 5, misbehavior);
    }
    record(BlockFileFormat.BLOCK, block.header().height(), payload.toBytes());
  }

  /**
   * Completes the file.
   *
   * @return SHA-256 of all that stands before its last record, hex
   */
  public String finish() throws IOException {
    byte[] sha256 = digest.digest();
    record(BlockFileFormat.END, chain.lastHeight(), sha256);
    out.flush();
    return HexFormat.of().formatHex(sha256);
  }

  /** Bytes written so far. */
  public long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private void record(int kind, long height, byte[] payload) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(BlockFileFormat.RECORD_HEADER_BYTES);
    header.putInt(payload.length).putInt(0).put((byte) kind).putLong(height);
    CRC32C crc = new CRC32C();
    crc.update(
        header.array(),
        BlockFileFormat.UNCHECKED_BYTES,
        BlockFileFormat.RECORD_HEADER_BYTES - BlockFileFormat.UNCHECKED_BYTES);
    crc.update(payload);
    header.putInt(4, (int) crc.getValue());
    out.write(header.array());
    out.write(payload);
    sizeBytes += header.capacity() + payload.length;
  }
}
