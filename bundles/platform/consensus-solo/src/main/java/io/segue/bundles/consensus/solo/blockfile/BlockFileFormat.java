package io.segue.bundles.consensus.solo.blockfile;

/**
 * The layout of a block file. Numbers are big endian.
 *
 * <pre>
 * file    0  8 bytes  "SEGUEBX1"; the digit is the version of this layout
 *         8  records
 * record  0  u32      length of the payload
 *         4  u32      CRC-32C of all that follows in the record
 *         8  u8       kind
 *         9  u64      height
 *        17  payload
 *
 * kind           height                payload
 * 1 CHAIN        last height           protobuf: 1 chain id, 2 initial height
 * 2 GENESIS      number of the piece   a piece of the genesis file
 * 3 GENERATION   its first height      protobuf: 1 plan, 2 digest; stands before that block
 * 4 BLOCK        of the block          protobuf: 1 block id, 2 block as CometBFT encodes it,
 *                                      3 app hash after it, 4 hash of its results,
 *                                      5 each misbehavior, as ABCI encodes it
 * 5 END          last height           SHA-256 of the file up to this record
 * 6 SKIPPED      of the plan           protobuf: 1 plan; stands before that block
 * </pre>
 *
 * One CHAIN, then GENESIS, then GENERATION, SKIPPED and BLOCK by height, then END. A file without
 * END was cut off.
 */
final class BlockFileFormat {
  static final byte[] MAGIC = {'S', 'E', 'G', 'U', 'E', 'B', 'X', '1'};
  static final int RECORD_HEADER_BYTES = 17;

  /** What the checksum of a record leaves out: length and checksum. */
  static final int UNCHECKED_BYTES = 8;

  static final int CHAIN = 1;
  static final int GENESIS = 2;
  static final int GENERATION = 3;
  static final int BLOCK = 4;
  static final int END = 5;
  static final int SKIPPED = 6;

  /** A genesis file is cut into pieces of this size. */
  static final int GENESIS_PIECE_BYTES = 1 << 20;

  /** No record is larger: a block has at most 100 MiB by CometBFT's limit. */
  static final int MAX_PAYLOAD_BYTES = 128 << 20;

  private BlockFileFormat() {}
}
