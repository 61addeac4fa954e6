package io.segue.bundles.consensus.solo.wire;

import io.segue.kernel.api.engine.Engine.BlockId;
import io.segue.kernel.api.engine.Engine.Header;
import java.time.Instant;
import java.util.List;

/** Block headers and block ids: encoding and hash. */
public final class HeaderCodec {
  /** Version of CometBFT's block format. */
  public static final long BLOCK_PROTOCOL = 11;

  /** The id of no block, as the first block and its commit carry it. */
  public static final BlockId NO_BLOCK = new BlockId(new byte[0], 0, new byte[0]);

  private static final int HEADER_BYTES = 512;

  private HeaderCodec() {}

  /** Writes the fields of a header. */
  public static void write(ProtoWriter out, Header header) {
    int version = out.begin(1);
    writeVersion(out, header);
    out.end(version);
    out.text(2, header.chainId());
    out.number(3, header.height());
    out.timestamp(4, header.time());
    int last = out.begin(5);
    writeBlockId(out, header.lastBlockId());
    out.end(last);
    out.bytes(6, header.lastCommitHash());
    out.bytes(7, header.dataHash());
    out.bytes(8, header.validatorsHash());
    out.bytes(9, header.nextValidatorsHash());
    out.bytes(10, header.consensusHash());
    out.bytes(11, header.appHash());
    out.bytes(12, header.lastResultsHash());
    out.bytes(13, header.evidenceHash());
    out.bytes(14, header.proposerAddress());
  }

  /** Reads the fields of a header. */
  public static Header read(ProtoReader in) {
    long blockProtocol = 0;
    long appVersion = 0;
    String chainId = "";
    long height = 0;
    Instant time = Instant.EPOCH;
    BlockId last = NO_BLOCK;
    byte[][] hashes = new byte[15][];
    java.util.Arrays.fill(hashes, new byte[0]);
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> {
          ProtoReader version = in.message();
          for (int f = version.next(); f != 0; f = version.next()) {
            switch (f) {
              case 1 -> blockProtocol = version.number();
              case 2 -> appVersion = version.number();
              default -> version.skip();
            }
          }
        }
        case 2 -> chainId = in.text();
        case 3 -> height = in.number();
        case 4 -> time = in.timestamp();
        case 5 -> last = readBlockId(in.message());
        case 6, 7, 8, 9, 10, 11, 12, 13, 14 -> hashes[field] = in.bytes();
        default -> in.skip();
      }
    }
    return new Header(
        blockProtocol,
        appVersion,
        chainId,
        height,
        time,
        last,
        hashes[6],
        hashes[7],
        hashes[8],
        hashes[9],
        hashes[10],
        hashes[11],
        hashes[12],
        hashes[13],
        hashes[14]);
  }

  /** Writes the fields of a block id; the part set header is present even when it is empty. */
  public static void writeBlockId(ProtoWriter out, BlockId id) {
    out.bytes(1, id.hash());
    int parts = out.begin(2);
    out.number(1, id.partsTotal());
    out.bytes(2, id.partsHash());
    out.end(parts);
  }

  /** Reads the fields of a block id. */
  public static BlockId readBlockId(ProtoReader in) {
    byte[] hash = new byte[0];
    int total = 0;
    byte[] partsHash = new byte[0];
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> hash = in.bytes();
        case 2 -> {
          ProtoReader parts = in.message();
          for (int f = parts.next(); f != 0; f = parts.next()) {
            switch (f) {
              case 1 -> total = (int) parts.number();
              case 2 -> partsHash = parts.bytes();
              default -> parts.skip();
            }
          }
        }
        default -> in.skip();
      }
    }
    return new BlockId(hash, total, partsHash);
  }

  /**
   * The hash of a header: the Merkle root over its fourteen fields, each encoded on its own,
   * numbers and bytes as protobuf's wrapper types.
   */
  public static byte[] hash(Header header) {
    ProtoWriter version = new ProtoWriter(16);
    writeVersion(version, header);
    ProtoWriter time = new ProtoWriter(16);
    time.number(1, header.time().getEpochSecond()).number(2, header.time().getNano());
    ProtoWriter last = new ProtoWriter(96);
    writeBlockId(last, header.lastBlockId());
    return Merkle.root(
        List.of(
            version.toBytes(),
            new ProtoWriter(64).text(1, header.chainId()).toBytes(),
            new ProtoWriter(16).number(1, header.height()).toBytes(),
            time.toBytes(),
            last.toBytes(),
            wrapped(header.lastCommitHash()),
            wrapped(header.dataHash()),
            wrapped(header.validatorsHash()),
            wrapped(header.nextValidatorsHash()),
            wrapped(header.consensusHash()),
            wrapped(header.appHash()),
            wrapped(header.lastResultsHash()),
            wrapped(header.evidenceHash()),
            wrapped(header.proposerAddress())));
  }

  /** A header's encoding as a message of its own. */
  public static byte[] encode(Header header) {
    ProtoWriter out = new ProtoWriter(HEADER_BYTES);
    write(out, header);
    return out.toBytes();
  }

  private static void writeVersion(ProtoWriter out, Header header) {
    out.number(1, header.blockProtocol()).number(2, header.appVersion());
  }

  private static byte[] wrapped(byte[] value) {
    return new ProtoWriter(40).bytes(1, value).toBytes();
  }
}
