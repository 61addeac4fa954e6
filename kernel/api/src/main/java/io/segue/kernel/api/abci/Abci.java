package io.segue.kernel.api.abci;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The messages of ABCI 2.0 as records of bytes. Field names, meaning and defaults are those of
 * CometBFT v0.38's {@code tendermint.abci} package; addresses are 20 raw bytes, hashes 32.
 */
public final class Abci {
  private Abci() {}

  /** Something that happened in a transaction or block; searchable by clients. */
  public record Event(String type, List<Attribute> attributes) {
    public Event {
      attributes = List.copyOf(attributes);
    }

    /** An event with indexed attributes, from alternating keys and values. */
    public static Event of(String type, String... keysAndValues) {
      Attribute[] attributes = new Attribute[keysAndValues.length / 2];
      for (int i = 0; i < attributes.length; i++) {
        attributes[i] = new Attribute(keysAndValues[2 * i], keysAndValues[2 * i + 1], true);
      }
      return new Event(type, List.of(attributes));
    }

    /** This event with one more indexed attribute at its end. */
    public Event with(String key, String value) {
      Attribute[] longer = attributes.toArray(new Attribute[attributes.size() + 1]);
      longer[attributes.size()] = new Attribute(key, value, true);
      return new Event(type, List.of(longer));
    }
  }

  /** One attribute of an event; the key is never empty. */
  public record Attribute(String key, String value, boolean index) {}

  /** A validator's new voting power; 0 removes it. */
  public record ValidatorUpdate(String keyType, byte[] publicKey, long power) {}

  /** Consensus parameters; an absent group stays as it is, a present one replaces it whole. */
  public record ConsensusParams(
      Optional<BlockParams> block,
      Optional<EvidenceParams> evidence,
      Optional<ValidatorParams> validator,
      Optional<VersionParams> version,
      Optional<AbciParams> abci) {
    /** Parameters that leave vote extensions as they are. */
    public ConsensusParams(
        Optional<BlockParams> block,
        Optional<EvidenceParams> evidence,
        Optional<ValidatorParams> validator,
        Optional<VersionParams> version) {
      this(block, evidence, validator, version, Optional.empty());
    }

    /** These parameters with the groups that {@code changes} has in place of their own. */
    public ConsensusParams with(ConsensusParams changes) {
      return new ConsensusParams(
          changes.block().or(this::block),
          changes.evidence().or(this::evidence),
          changes.validator().or(this::validator),
          changes.version().or(this::version),
          changes.abci().or(this::abci));
    }

    /** CometBFT's defaults of v0.38, with app version {@code app}. */
    public static ConsensusParams defaults(long app) {
      return new ConsensusParams(
          Optional.of(new BlockParams(22020096, -1)),
          Optional.of(new EvidenceParams(100000, Duration.ofHours(48), 1048576)),
          Optional.of(new ValidatorParams(List.of("ed25519"))),
          Optional.of(new VersionParams(app)));
    }
  }

  /** Limits of a block; {@code maxGas} -1 means no limit. */
  public record BlockParams(long maxBytes, long maxGas) {}

  /** How long evidence of misbehaviour counts. */
  public record EvidenceParams(long maxAgeNumBlocks, Duration maxAgeDuration, long maxBytes) {}

  /** Key types that validators may use. */
  public record ValidatorParams(List<String> pubKeyTypes) {}

  /** The application's version, as the block header carries it. */
  public record VersionParams(long app) {}

  /**
   * What of ABCI is in use.
   *
   * @param voteExtensionsEnableHeight first height whose precommits carry vote extensions; 0 for
   *     never
   */
  public record AbciParams(long voteExtensionsEnableHeight) {}

  /** Answer to Info. */
  public record InfoResponse(
      String data,
      String version,
      long appVersion,
      long lastBlockHeight,
      byte[] lastBlockAppHash) {}

  /** A chain's start; {@code appState} is the raw JSON of the genesis file's {@code app_state}. */
  public record InitChainRequest(
      Instant time,
      String chainId,
      ConsensusParams consensusParams,
      List<ValidatorUpdate> validators,
      byte[] appState,
      long initialHeight) {}

  /** Answer to InitChain. */
  public record InitChainResponse(
      ConsensusParams consensusParams, List<ValidatorUpdate> validators, byte[] appHash) {}

  /** A transaction to check; {@code recheck} when it was checked before. */
  public record CheckTxRequest(byte[] tx, boolean recheck) {}

  /** Verdict on a transaction; code 0 admits it. */
  public record CheckTxResponse(
      int code, String codespace, String log, long gasWanted, long gasUsed, List<Event> events) {}

  /** How one validator voted for the block before; flag as in CometBFT's BlockIDFlag. */
  public record VoteInfo(byte[] validatorAddress, long power, int blockIdFlag) {
    /** Flag of a validator whose vote for the block is in the commit. */
    public static final int COMMIT = 2;

    /** Whether the validator signed the block before. */
    public boolean signed() {
      return blockIdFlag == COMMIT;
    }
  }

  /** The votes for the block before. */
  public record CommitInfo(int round, List<VoteInfo> votes) {
    /** No votes, as in the first block. */
    public static final CommitInfo EMPTY = new CommitInfo(0, List.of());
  }

  /**
   * Evidence against a validator.
   *
   * @param type {@link #DUPLICATE_VOTE} or {@link #LIGHT_CLIENT_ATTACK}
   * @param power that the validator had at {@code height}
   * @param height at which it misbehaved
   * @param totalPower of all validators at {@code height}
   */
  public record Misbehavior(
      int type, byte[] validatorAddress, long power, long height, Instant time, long totalPower) {
    /** It signed two blocks in one round. */
    public static final int DUPLICATE_VOTE = 1;

    /** It signed a block that light clients were to take for one of the chain. */
    public static final int LIGHT_CLIENT_ATTACK = 2;
  }

  /**
   * How one validator voted for the block before, with its vote extension, which is empty where
   * there was none.
   */
  public record ExtendedVoteInfo(
      byte[] validatorAddress,
      long power,
      byte[] voteExtension,
      byte[] extensionSignature,
      int blockIdFlag) {}

  /** The votes for the block before, with their extensions; only who proposes has them. */
  public record ExtendedCommitInfo(int round, List<ExtendedVoteInfo> votes) {
    /** No votes, as in the first block. */
    public static final ExtendedCommitInfo EMPTY = new ExtendedCommitInfo(0, List.of());

    /** The same votes, as all validators get them with the block. */
    public CommitInfo withoutExtensions() {
      return new CommitInfo(
          round,
          votes.stream()
              .map(vote -> new VoteInfo(vote.validatorAddress(), vote.power(), vote.blockIdFlag()))
              .toList());
    }
  }

  /** What may go into a proposal. */
  public record PrepareProposalRequest(
      long maxTxBytes,
      List<byte[]> txs,
      ExtendedCommitInfo localLastCommit,
      List<Misbehavior> misbehavior,
      long height,
      Instant time,
      byte[] nextValidatorsHash,
      byte[] proposerAddress) {}

  /** A proposal to check. */
  public record ProcessProposalRequest(
      List<byte[]> txs,
      CommitInfo proposedLastCommit,
      List<Misbehavior> misbehavior,
      byte[] hash,
      long height,
      Instant time,
      byte[] nextValidatorsHash,
      byte[] proposerAddress) {}

  /** Verdict on a proposal or a vote extension. */
  public enum ProposalStatus {
    UNKNOWN,
    ACCEPT,
    REJECT
  }

  /** A block for which a vote extension is wanted. */
  public record ExtendVoteRequest(
      byte[] hash,
      long height,
      Instant time,
      List<byte[]> txs,
      CommitInfo proposedLastCommit,
      List<Misbehavior> misbehavior,
      byte[] nextValidatorsHash,
      byte[] proposerAddress) {}

  /** A vote extension; empty for none. */
  public record ExtendVoteResponse(byte[] voteExtension) {}

  /** Another validator's vote extension. */
  public record VerifyVoteExtensionRequest(
      byte[] hash, byte[] validatorAddress, long height, byte[] voteExtension) {}

  /** A decided block. */
  public record FinalizeBlockRequest(
      List<byte[]> txs,
      CommitInfo decidedLastCommit,
      List<Misbehavior> misbehavior,
      byte[] hash,
      long height,
      Instant time,
      byte[] nextValidatorsHash,
      byte[] proposerAddress) {}

  /** Result of one transaction of a block. */
  public record ExecTxResult(
      int code,
      byte[] data,
      String log,
      long gasWanted,
      long gasUsed,
      List<Event> events,
      String codespace) {}

  /** Results of a block; {@code txResults} has one entry for each transaction, in order. */
  public record FinalizeBlockResponse(
      List<Event> events,
      List<ExecTxResult> txResults,
      List<ValidatorUpdate> validatorUpdates,
      Optional<ConsensusParams> consensusParamUpdates,
      byte[] appHash) {}

  /** Answer to Commit; blocks below {@code retainHeight} may be deleted, 0 keeps all. */
  public record CommitResponse(long retainHeight) {}

  /** A query; height 0 means the last committed height. */
  public record QueryRequest(byte[] data, String path, long height, boolean prove) {}

  /** Answer to a query. */
  public record QueryResponse(
      int code,
      String codespace,
      String log,
      byte[] key,
      byte[] value,
      List<ProofOp> proofOps,
      long height) {}

  /** One step of a Merkle proof; {@code data} is an ICS-23 CommitmentProof. */
  public record ProofOp(String type, byte[] key, byte[] data) {}

  /**
   * A snapshot of the state of a height, for state sync.
   *
   * @param chunks how many pieces it is fetched in
   * @param hash over all chunks; equal on all nodes
   * @param metadata what else its maker says of it
   */
  public record Snapshot(long height, int format, int chunks, byte[] hash, byte[] metadata) {}

  /** A snapshot that a peer has; {@code appHash} is what the light client says of its height. */
  public record OfferSnapshotRequest(Snapshot snapshot, byte[] appHash) {}

  /** What becomes of an offered snapshot. */
  public enum OfferSnapshotResult {
    UNKNOWN,
    ACCEPT,
    ABORT,
    REJECT,
    REJECT_FORMAT,
    REJECT_SENDER
  }

  /** A piece of a snapshot that this node listed; chunks count from 0. */
  public record LoadSnapshotChunkRequest(long height, int format, int chunk) {}

  /** A piece of the accepted snapshot, from a peer. */
  public record ApplySnapshotChunkRequest(int index, byte[] chunk, String sender) {}

  /** What becomes of a piece of a snapshot. */
  public enum ApplySnapshotChunkResult {
    UNKNOWN,
    ACCEPT,
    ABORT,
    RETRY,
    RETRY_SNAPSHOT,
    REJECT_SNAPSHOT
  }

  /**
   * Answer to ApplySnapshotChunk.
   *
   * @param refetchChunks pieces that are wanted again
   * @param rejectSenders peers whose pieces are no longer wanted
   */
  public record ApplySnapshotChunkResponse(
      ApplySnapshotChunkResult result, List<Integer> refetchChunks, List<String> rejectSenders) {}
}
