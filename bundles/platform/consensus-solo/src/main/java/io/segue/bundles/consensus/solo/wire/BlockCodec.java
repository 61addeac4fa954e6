package io.segue.bundles.consensus.solo.wire;

import io.segue.kernel.api.engine.Engine.Block;
import io.segue.kernel.api.engine.Engine.BlockId;
import io.segue.kernel.api.engine.Engine.BlockMeta;
import io.segue.kernel.api.engine.Engine.Commit;
import io.segue.kernel.api.engine.Engine.Header;
import java.util.ArrayList;
import java.util.List;

/** Blocks: encoding and id. */
public final class BlockCodec {
  /** Size of the parts in which CometBFT gossips a block; it enters the block id. */
  private static final int PART_BYTES = 65536;

  /** Room for what a block has beside its transactions. */
  private static final int FRAME_BYTES = 1024;

  private BlockCodec() {}

  /**
   * A block with its encoding.
   *
   * @param txStarts where in {@code bytes} each transaction starts
   */
  public record Encoded(Block block, byte[] bytes, int[] txStarts) {
    /** The block without its transactions. */
    public BlockMeta meta() {
      return new BlockMeta(block.id(), block.header(), bytes.length, txStarts.length);
    }
  }

  /** Encodes a block and computes its id. */
  public static Encoded encode(Header header, List<byte[]> txs, Commit lastCommit) {
    long txBytes = 0;
    for (byte[] tx : txs) {
      txBytes += tx.length + 6;
    }
    ProtoWriter out = new ProtoWriter(Math.toIntExact(txBytes) + FRAME_BYTES);
    int mark = out.begin(1);
    HeaderCodec.write(out, header);
    out.end(mark);
    int[] txStarts = writeTxs(out, txs);
    out.end(out.begin(3));
    mark = out.begin(4);
    CommitCodec.write(out, lastCommit);
    out.end(mark);
    byte[] bytes = out.toBytes();
    BlockId id = id(header, bytes);
    return new Encoded(new Block(id, header, List.copyOf(txs), lastCommit), bytes, txStarts);
  }

  /** Decodes a block whose id is known. */
  public static Block decode(BlockId id, ProtoReader in) {
    Header header = null;
    List<byte[]> txs = new ArrayList<>();
    Commit lastCommit = CommitCodec.NONE;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> header = HeaderCodec.read(in.message());
        case 2 -> {
          ProtoReader data = in.message();
          for (int f = data.next(); f != 0; f = data.next()) {
            txs.add(data.bytes());
          }
        }
        case 4 -> lastCommit = CommitCodec.read(in.message());
        default -> in.skip();
      }
    }
    if (header == null) {
      throw new IllegalArgumentException("a block without a header");
    }
    return new Block(id, header, List.copyOf(txs), lastCommit);
  }

  private static int[] writeTxs(ProtoWriter out, List<byte[]> txs) {
    int[] starts = new int[txs.size()];
    int mark = out.begin(2);
    for (int i = 0; i < starts.length; i++) {
      out.element(1, txs.get(i));
      starts[i] = out.size() - txs.get(i).length - mark;
    }
    int length = out.size() - mark;
    int contentStart = out.end(mark).size() - length;
    for (int i = 0; i < starts.length; i++) {
      starts[i] += contentStart;
    }
    return starts;
  }

  private static BlockId id(Header header, byte[] bytes) {
    int parts = (bytes.length + PART_BYTES - 1) / PART_BYTES;
    return new BlockId(HeaderCodec.hash(header), parts, Merkle.rootOfPieces(bytes, PART_BYTES));
  }
}
