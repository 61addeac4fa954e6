package io.segue.kernel.api.module;

import io.segue.kernel.api.abci.Abci.CommitInfo;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.Misbehavior;
import io.segue.kernel.api.abci.ConsensusBounds;
import io.segue.kernel.api.upgrade.Upgrades;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a module sees while it is called: the block, its own stores, gas, events, and the router to
 * the other modules of its generation. Valid only during the call, and only on the calling thread.
 */
@ProviderType
public interface Context {
  /** The chain's identifier, at most 50 characters. */
  String chainId();

  /**
   * Height of the block being executed; in CheckTx the height of the next block; in a query the
   * height asked for; 0 in genesis.
   */
  long height();

  /** Time of the block, from its header. */
  Instant time();

  /** Raw address (20 bytes) of the block's proposer; empty outside a block. */
  byte[] proposerAddress();

  /**
   * How the validators voted for the block before, as the block being executed has it: the same on
   * every node. Empty outside a block, and in the first one.
   *
   * @since 1.3
   */
  CommitInfo lastCommit();

  /**
   * The evidence against validators that the block being executed has, verified by the engine.
   * Empty outside a block.
   *
   * @since 1.3
   */
  List<Misbehavior> misbehavior();

  /** Why this call happens. */
  ExecMode mode();

  /**
   * The consensus parameters in force; every group is present, but {@code abci} where votes have no
   * extensions.
   */
  ConsensusParams consensusParams();

  /**
   * Changes consensus parameters from the next block on, as {@link ConsensusBounds#checkUpdate}
   * allows it. It is dropped with the branch of the state in which it is called; of several changes
   * in a block the last one of each group counts.
   *
   * @param changes groups that replace those in force
   * @throws IllegalArgumentException where the change is out of bounds; names the parameter, its
   *     value and what is allowed
   * @throws IllegalStateException in genesis, where the engine has the parameters
   * @since 1.3
   */
  void updateConsensusParams(ConsensusParams changes);

  /**
   * What this node asks as least fee, such as {@code 0.025stake}; empty outside {@link
   * ExecMode#CHECK} and {@link ExecMode#RECHECK}.
   */
  String minimumGasPrices();

  /** The module's first store. */
  KVStore store();

  /**
   * A store of the module.
   *
   * @throws IllegalArgumentException where the module does not own it
   */
  KVStore store(String name);

  /** The gas of the transaction; unlimited outside transactions. */
  GasMeter gas();

  /** Adds an event to the result. Events of a branch that fails are lost. */
  void emit(Event event);

  /** Raw address of this module's account: the first 20 bytes of SHA-256 of its name. */
  byte[] moduleAddress();

  /**
   * Sends a message in the name of this module's account.
   *
   * @return the response's bytes
   * @throws ModuleException where it is refused, can't be routed, or wants another signer
   */
  byte[] call(String typeUrl, byte[] message);

  /**
   * Checks a message without executing it; see {@link MessageHandler#validate}.
   *
   * @throws ModuleException where it would be refused, or can't be routed
   */
  void validate(String typeUrl, byte[] message);

  /** Whether a transaction or proposal may carry this message type. */
  boolean routable(String typeUrl);

  /** Who must sign a message; see {@link MessageHandler#signers}. */
  List<byte[]> signers(String typeUrl, byte[] message);

  /** Asks another module. */
  byte[] query(String path, byte[] request);

  /**
   * Runs work on a branch of the state. If it returns, its writes and events are kept; if it
   * throws, they are dropped and the exception goes on.
   */
  <T> T branch(Function<Context, T> work);

  /**
   * As {@link #branch(Function)}, for work that may use so much gas and no more, in a place where
   * nobody pays for gas as well as in a transaction.
   *
   * @param gas most gas, beside the limit that there is already
   * @throws ModuleException sdk/11 where the work uses more
   * @since 1.1
   */
  <T> T branch(long gas, Function<Context, T> work);

  /** The kernel's plan state. Only the module named {@code upgrade} may change it. */
  Upgrades upgrades();

  /** The descriptors of this generation. */
  Descriptors descriptors();
}
