package io.segue.bundles.consensus.solo.blockfile;

import io.segue.bundles.consensus.solo.wire.BlockCodec;
import io.segue.bundles.consensus.solo.wire.HeaderCodec;
import io.segue.bundles.consensus.solo.wire.Merkle;
import io.segue.bundles.consensus.solo.wire.ProtoReader;
import io.segue.kernel.api.abci.Abci.Misbehavior;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads a block file from its start to its end; used by one thread. Every record's checksum is
 * verified before it is used, and that of the whole at its end.
 */
public final class BlockFileReader implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final InputStream in;
  private final MessageDigest digest = Merkle.digest();
  private final BlockFileChain chain;
  private long offset;
  private @Nullable Entry ahead;

  /** A record; its bytes are not yet in the digest of the whole. */
  private record Entry(int kind, long height, byte[] header, byte[] payload) {}

  /** Opens a file and reads which chain it holds. */
  public BlockFileReader(Path file) throws IOException {
    this.file = file;
    this.in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      byte[] magic = in.readNBytes(BlockFileFormat.MAGIC.length);
      if (!Arrays.equals(magic, BlockFileFormat.MAGIC)) {
        throw new BlockFileException(
            file
                + " is no block file of a format that this version knows; make one with segue"
                + " blocks export");
      }
      digest.update(magic);
      offset = magic.length;
      chain = firstRecord();
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /**
   * Heights of the plans that the chain passed over, ascending. Looks at the kinds of the records
   * alone; who reads the blocks finds out whether the file is damaged.
   */
  public static SortedSet<Long> skippedHeights(Path file) throws IOException {
    SortedSet<Long> heights = new TreeSet<>();
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer header = ByteBuffer.allocate(BlockFileFormat.RECORD_HEADER_BYTES);
      long at = BlockFileFormat.MAGIC.length;
      while (channel.read(header.clear(), at) == header.capacity()) {
        int length = header.flip().getInt();
        if (length < 0) {
          break;
        }
        if (header.get(BlockFileFormat.UNCHECKED_BYTES) == BlockFileFormat.SKIPPED) {
          heights.add(header.getLong(BlockFileFormat.UNCHECKED_BYTES + 1));
        }
        at += header.capacity() + length;
      }
    }
    return heights;
  }

  /** Which blocks the file holds. */
  public BlockFileChain chain() {
    return chain;
  }

  /** Copies the genesis file; called once, before {@link #next}. */
  public void genesisTo(OutputStream out) throws IOException {
    while (peek().kind() == BlockFileFormat.GENESIS) {
      out.write(take(BlockFileFormat.GENESIS).payload());
    }
  }

  /**
   * What follows; empty at the end, whose checksum was right then.
   *
   * @throws BlockFileException where the file is damaged or cut off
   */
  public Optional<BlockFileItem> next() throws IOException {
    Entry entry = peek();
    try {
      return switch (entry.kind()) {
        case BlockFileFormat.GENERATION ->
            Optional.of(generation(take(BlockFileFormat.GENERATION)));
        case BlockFileFormat.SKIPPED -> Optional.of(skipped(take(BlockFileFormat.SKIPPED)));
        case BlockFileFormat.BLOCK -> Optional.of(block(take(BlockFileFormat.BLOCK)));
        case BlockFileFormat.END -> end(entry);
        default -> throw damaged("a record of kind " + entry.kind() + " is not expected");
      };
    } catch (IllegalArgumentException e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private Optional<BlockFileItem> end(Entry entry) throws IOException {
    if (!Arrays.equals(digest.digest(), entry.payload())) {
      throw damaged("its records are not those that were written");
    }
    return Optional.empty();
  }

  private Entry peek() throws IOException {
    Entry known = ahead;
    if (known == null) {
      known = read();
      ahead = known;
    }
    return known;
  }

  private Entry take(int kind) throws IOException {
    Entry entry = peek();
    if (entry.kind() != kind) {
      throw damaged("a record of kind " + entry.kind() + " stands where " + kind + " belongs");
    }
    digest.update(entry.header());
    digest.update(entry.payload());
    ahead = null;
    return entry;
  }

  private Entry read() throws IOException {
    byte[] header = in.readNBytes(BlockFileFormat.RECORD_HEADER_BYTES);
    if (header.length < BlockFileFormat.RECORD_HEADER_BYTES) {
      throw damaged("it is cut off");
    }
    ByteBuffer fields = ByteBuffer.wrap(header);
    int length = fields.getInt();
    int checksum = fields.getInt();
    int kind = fields.get();
    long height = fields.getLong();
    if (length < 0 || length > BlockFileFormat.MAX_PAYLOAD_BYTES) {
      throw damaged("a record says that it has " + length + " bytes");
    }
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw damaged("it is cut off");
    }
    CRC32C crc = new CRC32C();
    crc.update(
        header, BlockFileFormat.UNCHECKED_BYTES, header.length - BlockFileFormat.UNCHECKED_BYTES);
    crc.update(payload);
    if ((int) crc.getValue() != checksum) {
      throw damaged("a checksum is wrong");
    }
    offset += header.length + payload.length;
    return new Entry(kind, height, header, payload);
  }

  private BlockFileChain firstRecord() throws IOException {
    try {
      return chain(take(BlockFileFormat.CHAIN));
    } catch (IllegalArgumentException e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
  }

  private static BlockFileChain chain(Entry entry) {
    ProtoReader reader = new ProtoReader(entry.payload());
    String chainId = "";
    long initialHeight = 1;
    for (int field = reader.next(); field != 0; field = reader.next()) {
      switch (field) {
        case 1 -> chainId = reader.text();
        case 2 -> initialHeight = reader.number();
        default -> reader.skip();
      }
    }
    return new BlockFileChain(chainId, initialHeight, entry.height());
  }

  private static BlockFileItem generation(Entry entry) {
    ProtoReader reader = new ProtoReader(entry.payload());
    String name = "";
    String sha256 = "";
    for (int field = reader.next(); field != 0; field = reader.next()) {
      switch (field) {
        case 1 -> name = reader.text();
        case 2 -> sha256 = reader.text();
        default -> reader.skip();
      }
    }
    return new BlockFileItem.Generation(name, sha256, entry.height());
  }

  private static BlockFileItem skipped(Entry entry) {
    ProtoReader reader = new ProtoReader(entry.payload());
    String name = "";
    for (int field = reader.next(); field != 0; field = reader.next()) {
      if (field == 1) {
        name = reader.text();
      } else {
        reader.skip();
      }
    }
    return new BlockFileItem.Skipped(name, entry.height());
  }

  private static BlockFileItem block(Entry entry) {
    ProtoReader reader = new ProtoReader(entry.payload());
    var id = HeaderCodec.NO_BLOCK;
    byte[] encoded = {};
    byte[] appHash = {};
    byte[] resultsHash = {};
    List<Misbehavior> misbehavior = new ArrayList<>();
    for (int field = reader.next(); field != 0; field = reader.next()) {
      switch (field) {
        case 1 -> id = HeaderCodec.readBlockId(reader.message());
        case 2 -> encoded = reader.bytes();
        case 3 -> appHash = reader.bytes();
        case 4 -> resultsHash = reader.bytes();
        case 5 -> misbehavior.add(MisbehaviorCodec.read(reader.message()));
        default -> reader.skip();
      }
    }
    return new BlockFileItem.Executed(
        BlockCodec.decode(id, new ProtoReader(encoded)),
        List.copyOf(misbehavior),
        appHash,
        resultsHash);
  }

  private BlockFileException damaged(String why) {
    return new BlockFileException(
        file
            + " is damaged behind byte "
            + offset
            + ": "
            + why
            + "; copy it again, or export it again with segue blocks export");
  }
}
