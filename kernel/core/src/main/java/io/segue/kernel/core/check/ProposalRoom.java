package io.segue.kernel.core.check;

import io.segue.kernel.core.gas.BlockGas;
import java.util.function.ToLongFunction;

/**
 * What the transactions of a proposal may take, by the consensus parameters of its block: bytes,
 * each transaction with its frame in a block, and gas, what each asks for. One that can't be
 * decoded uses no gas and counts none. Used by one thread.
 */
public final class ProposalRoom {
  /** Bytes that protobuf adds to a transaction in a block, besides those of its length. */
  private static final int TX_TAG_BYTES = 1;

  private final BlockGas gas;
  private final ToLongFunction<byte[]> gasWanted;
  private long bytes;

  /**
   * A proposal without transactions.
   *
   * @param bytes that all of them may have
   * @param gas that all of them may ask for
   * @param gasWanted of a transaction; not called where gas has no limit
   */
  ProposalRoom(long bytes, BlockGas gas, ToLongFunction<byte[]> gasWanted) {
    this.bytes = bytes;
    this.gas = gas;
    this.gasWanted = gasWanted;
  }

  /** Adds a transaction, if it fits. */
  public boolean add(byte[] tx) {
    long framed = TX_TAG_BYTES + lengthBytes(tx.length) + (long) tx.length;
    if (framed > bytes) {
      return false;
    }
    if (gas.isLimited()) {
      long wanted = gasWanted.applyAsLong(tx);
      if (!gas.has(wanted)) {
        return false;
      }
      gas.use(wanted);
    }
    bytes -= framed;
    return true;
  }

  private static int lengthBytes(int length) {
    return (Integer.SIZE - Integer.numberOfLeadingZeros(length | 1) + 6) / 7;
  }
}
