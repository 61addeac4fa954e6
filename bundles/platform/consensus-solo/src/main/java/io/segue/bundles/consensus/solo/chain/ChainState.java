package io.segue.bundles.consensus.solo.chain;

import io.segue.bundles.consensus.solo.wire.HeaderCodec;
import io.segue.bundles.consensus.solo.wire.Merkle;
import io.segue.bundles.consensus.solo.wire.ParamsCodec;
import io.segue.bundles.consensus.solo.wire.ProtoReader;
import io.segue.bundles.consensus.solo.wire.ProtoWriter;
import io.segue.bundles.consensus.solo.wire.ResultsCodec;
import io.segue.kernel.api.abci.Abci.BlockParams;
import io.segue.kernel.api.abci.Abci.CommitInfo;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.ExtendedCommitInfo;
import io.segue.kernel.api.abci.Abci.ExtendedVoteInfo;
import io.segue.kernel.api.abci.Abci.FinalizeBlockRequest;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.Misbehavior;
import io.segue.kernel.api.abci.Abci.VoteInfo;
import io.segue.kernel.api.abci.ConsensusBounds;
import io.segue.kernel.api.engine.Engine.Block;
import io.segue.kernel.api.engine.Engine.BlockId;
import io.segue.kernel.api.engine.Engine.Commit;
import io.segue.kernel.api.engine.Engine.Header;
import io.segue.kernel.api.engine.Engine.ValidatorInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the engine carries from one block to the next. Immutable; stored with the results of each
 * height.
 *
 * @param height the block after which this holds; one below the first height at genesis
 * @param lastBlockId id of that block
 * @param lastBlockTime its time
 * @param lastValidators those of that block
 * @param validators those of the next height
 * @param nextValidators those of the height after the next
 * @param params those of the next height, every group present
 * @param appHash the application's root after the block
 * @param lastResultsHash hash of the block's results
 */
public record ChainState(
    long height,
    BlockId lastBlockId,
    Instant lastBlockTime,
    ValidatorSet lastValidators,
    ValidatorSet validators,
    ValidatorSet nextValidators,
    ConsensusParams params,
    byte[] appHash,
    byte[] lastResultsHash) {
  /** The state before the first block. */
  public static ChainState genesis(
      long initialHeight,
      Instant time,
      ValidatorSet validators,
      ConsensusParams params,
      byte[] appHash) {
    return new ChainState(
        initialHeight - 1,
        HeaderCodec.NO_BLOCK,
        time,
        ValidatorSet.EMPTY,
        validators,
        validators,
        checked(params),
        appHash,
        Merkle.emptyRoot());
  }

  /**
   * The state after {@code block}: updates of validators take effect two heights later, those of
   * parameters one height later.
   *
   * @throws IllegalArgumentException where the application asks for updates that CometBFT refuses
   */
  public ChainState after(Block block, FinalizeBlockResponse response) {
    int txs = block.txs().size();
    if (response.txResults().size() != txs) {
      throw new IllegalArgumentException(
          "the application answered "
              + response.txResults().size()
              + " results for the "
              + txs
              + " transactions of block "
              + block.header().height());
    }
    return new ChainState(
        block.header().height(),
        block.id(),
        block.header().time(),
        validators,
        nextValidators,
        nextValidators.with(response.validatorUpdates()),
        response.consensusParamUpdates().map(this::withUpdates).orElse(params),
        response.appHash(),
        ResultsCodec.hash(response.txResults()));
  }

  /**
   * The call that executes the next block on the application.
   *
   * @param misbehavior that the block's evidence proves
   */
  public FinalizeBlockRequest request(Block block, List<Misbehavior> misbehavior) {
    Header header = block.header();
    return new FinalizeBlockRequest(
        block.txs(),
        commitInfo(block.lastCommit()),
        misbehavior,
        block.id().hash(),
        header.height(),
        header.time(),
        header.nextValidatorsHash(),
        header.proposerAddress());
  }

  /** The application's version, as the next header carries it. */
  public long appVersion() {
    return params.version().orElseThrow().app();
  }

  /** Limits of the next block. */
  public BlockParams blockParams() {
    return params.block().orElseThrow();
  }

  /** Writes the fields of this state. */
  public byte[] encode() {
    ProtoWriter out = new ProtoWriter(512);
    out.number(1, height);
    int mark = out.begin(2);
    HeaderCodec.writeBlockId(out, lastBlockId);
    out.end(mark);
    out.timestamp(3, lastBlockTime);
    writeValidators(out, 4, validators);
    writeValidators(out, 5, nextValidators);
    mark = out.begin(6);
    ParamsCodec.write(out, params);
    out.end(mark);
    out.bytes(7, appHash);
    out.bytes(8, lastResultsHash);
    writeValidators(out, 9, lastValidators);
    return out.toBytes();
  }

  /** Reads what {@link #encode} wrote. */
  public static ChainState decode(byte[] bytes) {
    ProtoReader in = new ProtoReader(bytes);
    long height = 0;
    BlockId lastBlockId = HeaderCodec.NO_BLOCK;
    Instant lastBlockTime = Instant.EPOCH;
    List<ValidatorInfo> lastValidators = new ArrayList<>();
    List<ValidatorInfo> validators = new ArrayList<>();
    List<ValidatorInfo> nextValidators = new ArrayList<>();
    ConsensusParams params =
        new ConsensusParams(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    byte[] appHash = new byte[0];
    byte[] lastResultsHash = new byte[0];
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> height = in.number();
        case 2 -> lastBlockId = HeaderCodec.readBlockId(in.message());
        case 3 -> lastBlockTime = in.timestamp();
        case 4 -> validators.add(readValidator(in.message()));
        case 5 -> nextValidators.add(readValidator(in.message()));
        case 6 -> params = ParamsCodec.read(in.message());
        case 7 -> appHash = in.bytes();
        case 8 -> lastResultsHash = in.bytes();
        case 9 -> lastValidators.add(readValidator(in.message()));
        default -> in.skip();
      }
    }
    return new ChainState(
        height,
        lastBlockId,
        lastBlockTime,
        new ValidatorSet(lastValidators),
        new ValidatorSet(validators),
        new ValidatorSet(nextValidators),
        params,
        appHash,
        lastResultsHash);
  }

  /** The votes of a commit; those of this engine have no extensions. */
  ExtendedCommitInfo extendedCommitInfo(Commit commit) {
    CommitInfo info = commitInfo(commit);
    return new ExtendedCommitInfo(
        info.round(),
        info.votes().stream()
            .map(
                vote ->
                    new ExtendedVoteInfo(
                        vote.validatorAddress(),
                        vote.power(),
                        new byte[0],
                        new byte[0],
                        vote.blockIdFlag()))
            .toList());
  }

  private CommitInfo commitInfo(Commit commit) {
    List<ValidatorInfo> voters = lastValidators.validators();
    List<VoteInfo> votes = new ArrayList<>(voters.size());
    for (int i = 0; i < voters.size(); i++) {
      ValidatorInfo validator = voters.get(i);
      votes.add(
          new VoteInfo(
              validator.address(), validator.power(), commit.signatures().get(i).blockIdFlag()));
    }
    return new CommitInfo(commit.round(), votes);
  }

  private ConsensusParams withUpdates(ConsensusParams updates) {
    return checked(params.with(updates));
  }

  private static ConsensusParams checked(ConsensusParams params) {
    if (params.block().isEmpty()
        || params.evidence().isEmpty()
        || params.validator().isEmpty()
        || params.version().isEmpty()) {
      throw new IllegalArgumentException("the consensus parameters lack a group: " + params);
    }
    return ConsensusBounds.check(params);
  }

  private static void writeValidators(ProtoWriter out, int field, ValidatorSet set) {
    for (ValidatorInfo validator : set.validators()) {
      int mark = out.begin(field);
      out.bytes(1, validator.publicKey()).number(2, validator.power()).end(mark);
    }
  }

  private static ValidatorInfo readValidator(ProtoReader in) {
    byte[] key = new byte[0];
    long power = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> key = in.bytes();
        case 2 -> power = in.number();
        default -> in.skip();
      }
    }
    return new ValidatorInfo(ValidatorSet.address(key), key, power);
  }
}
