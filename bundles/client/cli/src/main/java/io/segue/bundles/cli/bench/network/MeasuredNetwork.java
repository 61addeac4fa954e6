package io.segue.bundles.cli.bench.network;

import io.segue.bundles.cli.chain.NodeClient;
import java.util.List;

/** A network of validators on this machine that is measured, of whatever application. */
interface MeasuredNetwork extends AutoCloseable {
  /** JSON-RPC of each validator. */
  List<NodeClient> clients();

  /**
   * Does nothing while all processes run.
   *
   * @throws io.segue.bundles.cli.console.CliException where one ended
   */
  void requireAlive();

  /** The most memory that a validator ever had, all of its processes together, in MB. */
  double peakMb(int validator);

  /** Stops a validator as SIGTERM does. */
  void stop(int validator);

  /** Starts a validator that was stopped. */
  void startAgain(int validator);

  @Override
  void close();
}
