package io.segue.kernel.core.check;

import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.core.exec.BlockHeader;
import io.segue.kernel.core.gas.Deadline;
import io.segue.kernel.core.gas.Gas;

/**
 * What one query or simulation may use on this node. The operator's settings: they never change
 * what a block does.
 *
 * @param queryGas gas of a query; 0 for no limit
 * @param simulationGas gas of a simulation where the chain's blocks have no limit; 0 for none
 * @param timeoutMs milliseconds of a query or a simulation; 0 for no limit
 * @param atOnce how many run at once, of one path half of that; 0 for no limit
 */
public record QueryLimits(long queryGas, long simulationGas, long timeoutMs, long atOnce) {
  /** Reads about 100 MB of state, or lists a million short entries. */
  public static final long QUERY_GAS = 300_000_000;

  /** As a query. */
  public static final long SIMULATION_GAS = 300_000_000;

  /** Ten seconds. */
  public static final long TIMEOUT_MS = 10_000;

  /** Fewer than the threads of JSON-RPC, so that some are left for what is no query. */
  public static final long AT_ONCE = 12;

  /** The defaults of the settings. */
  public static final QueryLimits DEFAULT =
      new QueryLimits(QUERY_GAS, SIMULATION_GAS, TIMEOUT_MS, AT_ONCE);

  /** The gas of a query as a meter has it. */
  public long queryMeter() {
    return meter(queryGas);
  }

  /**
   * The gas of a simulation as a meter has it.
   *
   * @param next the block that the transaction would be in
   */
  long simulationMeter(BlockHeader next) {
    long blockGas = blockGas(next);
    return blockGas > 0 ? blockGas : meter(simulationGas);
  }

  /**
   * Says of a simulation that failed for want of gas whose limit that was, where it is the node's.
   */
  QueryException explain(QueryException failure, Gas gas, BlockHeader next) {
    if (gas.used() <= gas.limit() || blockGas(next) > 0) {
      return failure;
    }
    return new QueryException(
        failure.status(),
        "it needs more than "
            + gas.limit()
            + " gas, the simulationGasLimit of this node; ask for less at once, or ask a node with a"
            + " higher one: "
            + failure.getMessage());
  }

  private static long blockGas(BlockHeader next) {
    return next.consensusParams().block().map(block -> block.maxGas()).orElse(-1L);
  }

  /** When a query that begins now has to end. */
  public Deadline deadline() {
    return timeoutMs == 0 ? Deadline.NONE : new Deadline(timeoutMs);
  }

  private static long meter(long gas) {
    return gas == 0 ? Long.MAX_VALUE : gas;
  }
}
