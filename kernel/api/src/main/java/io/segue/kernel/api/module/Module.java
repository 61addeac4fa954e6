package io.segue.kernel.api.module;

import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A part of the application's state machine. Builders of chains implement it, the kernel calls it.
 *
 * <p>Every method is a pure function of the committed state and its arguments: no clock, no
 * randomness, no threads, no floating point, no iteration over an unordered collection. A module
 * keeps no state between calls: the block thread, CheckTx and queries call it concurrently. It
 * reaches other modules only through its {@link Context}.
 *
 * <p>The maps are read once, when the generation is put together.
 */
@ConsumerType
public interface Module {
  /** Short name, unique in a generation: lower case letters, digits and dashes; {@code bank}. */
  String name();

  /** Version of the layout and meaning of this module's stored state, from 1 up. */
  long consensusVersion();

  /** Names of the stores this module owns; no other module can open them. */
  default List<String> stores() {
    return List.of(name());
  }

  /**
   * A serialized protobuf {@code FileDescriptorSet}: all messages and services of this module with
   * their imports, with the signer, amino and HTTP options. Servers are built from it.
   */
  default byte[] descriptors() {
    return new byte[0];
  }

  /** Handlers of messages, by type URL ({@code /cosmos.bank.v1beta1.MsgSend}). */
  default Map<String, MessageHandler> messages() {
    return Map.of();
  }

  /** Handlers of queries, by path ({@code /cosmos.bank.v1beta1.Query/Balance}). */
  default Map<String, QueryHandler> queries() {
    return Map.of();
  }

  /** Steps of the ante chain, by name; the generation's manifest gives their order. */
  default Map<String, AnteStep> anteSteps() {
    return Map.of();
  }

  /** The transaction format, in the one module of a generation that has it. */
  default Optional<TxFormat> txFormat() {
    return Optional.empty();
  }

  /**
   * What votes carry, in the one module of a generation that has it.
   *
   * @since 1.4
   */
  default Optional<VoteExtension> voteExtension() {
    return Optional.empty();
  }

  /** Runs before the transactions of each block. */
  default void beginBlock(Context context) {}

  /** Runs after the transactions of each block; returns changes of the validator set. */
  default List<ValidatorUpdate> endBlock(Context context) {
    return List.of();
  }

  /** The genesis of a chain that says nothing about this module, as JSON in UTF-8. */
  default byte[] defaultGenesis() {
    return new byte[] {'{', '}'};
  }

  /**
   * Writes the first state.
   *
   * @param genesisJson this module's member of {@code app_state}, UTF-8
   * @return the genesis validators, from the one module that keeps them
   * @throws ModuleException where the genesis is refused; names the entry
   */
  default List<ValidatorUpdate> initGenesis(Context context, byte[] genesisJson) {
    return List.of();
  }

  /** The state as genesis JSON, UTF-8; {@link #initGenesis} of it gives the same state. */
  default byte[] exportGenesis(Context context) {
    return defaultGenesis();
  }

  /**
   * Writes what {@link #exportGenesis(Context)} returns; to override where the state may be large.
   *
   * @param out stays open
   * @throws IOException where {@code out} does
   */
  default void exportGenesis(Context context, OutputStream out) throws IOException {
    out.write(exportGenesis(context));
  }

  /** Migrations of stored state: key n takes the state from consensus version n to n + 1. */
  default Map<Long, Migration> migrations() {
    return Map.of();
  }

  /** Statements about the state that always hold, by name; tests and rehearsals call them. */
  default Map<String, Invariant> invariants() {
    return Map.of();
  }

  /**
   * An entry of a store in words, such as {@code names "segue" = {"owner":"cosmos1..."}}: for
   * operators who read the state, never for the state.
   *
   * @param store one of {@link #stores}
   * @return empty where the module has no words for it
   * @throws IllegalStateException where the entry is damaged
   * @since 1.5
   */
  default Optional<String> describe(String store, byte[] key, byte[] value) {
    return Optional.empty();
  }

  /** Takes a module's state from one consensus version to the next; runs on the block thread. */
  @FunctionalInterface
  @ConsumerType
  interface Migration {
    /** Must be complete when it returns; an exception holds the node, nothing of it is kept. */
    void migrate(Context context);
  }

  /** A statement about the state that always holds. */
  @FunctionalInterface
  @ConsumerType
  interface Invariant {
    /** Empty when the statement holds, otherwise what is wrong. */
    Optional<String> check(Context context);
  }
}
