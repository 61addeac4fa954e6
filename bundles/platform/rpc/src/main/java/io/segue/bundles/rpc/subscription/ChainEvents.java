package io.segue.bundles.rpc.subscription;

import io.segue.bundles.rpc.call.Method;
import io.segue.bundles.rpc.method.TxMethods;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.engine.Engine.Block;
import io.segue.kernel.api.engine.Engine.Commit;
import io.segue.kernel.api.engine.Engine.CommitSig;
import io.segue.kernel.api.engine.Engine.Header;
import io.segue.kernel.api.engine.Engine.ValidatorInfo;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a committed height tells its subscribers, in CometBFT's order: a round begins, its proposal,
 * the votes that decided it, the block with its parts, transactions and changes of validators, and
 * the next height begins. Votes are those of the block's commit, with their signatures; of prevotes
 * the node has none, so there is no event of them.
 */
final class ChainEvents {
  private static final int COMMITTED = 2;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final Block block;
  private final FinalizeBlockResponse results;
  private final Commit commit;
  private final List<ValidatorInfo> validators;
  private final Sink sink;

  /** Takes events one after the other. */
  @FunctionalInterface
  interface Sink {
    void take(ChainEvent event) throws IOException;
  }

  private ChainEvents(
      Block block,
      FinalizeBlockResponse results,
      Commit commit,
      List<ValidatorInfo> validators,
      Sink sink) {
    this.block = block;
    this.results = results;
    this.commit = commit;
    this.validators = validators;
    this.sink = sink;
  }

  /** Gives out the events of a height; false where its block or results are no longer kept. */
  static boolean tell(Engine engine, long height, Sink sink) throws IOException {
    Optional<Block> block = engine.block(height);
    Optional<FinalizeBlockResponse> results = engine.results(height);
    Optional<Commit> commit = engine.commit(height);
    if (block.isEmpty() || results.isEmpty() || commit.isEmpty()) {
      return false;
    }
    ChainEvents all =
        new ChainEvents(block.get(), results.get(), commit.get(), engine.validators(height), sink);
    all.round();
    all.block();
    all.txs();
    all.validatorUpdates();
    all.step(height + 1, 0, "RoundStepNewHeight");
    return true;
  }

  private void round() throws IOException {
    Header header = block.header();
    long height = header.height();
    int round = commit.round();
    int proposer = indexOf(header.proposerAddress());
    take("NewRound", out -> EventJson.newRound(out, header, round, proposer));
    step(height, round, "RoundStepPropose");
    take("CompleteProposal", out -> EventJson.completeProposal(out, height, round, block.id()));
    step(height, round, "RoundStepPrevote");
    step(height, round, "RoundStepPrecommit");
    for (CommitSig signature : commit.signatures()) {
      if (signature.blockIdFlag() == COMMITTED) {
        int index = indexOf(signature.validatorAddress());
        take("Vote", out -> EventJson.vote(out, commit, signature, index));
      }
    }
    step(height, round, "RoundStepCommit");
  }

  private void block() throws IOException {
    List<Event> ofBlock = results.events();
    sink.take(
        new ChainEvent(
            "NewBlock", ofBlock, Map.of(), out -> EventJson.newBlock(out, block, results)));
    take("NewBlockHeader", out -> EventJson.newBlockHeader(out, block.header()));
    long height = block.header().height();
    int txs = block.txs().size();
    sink.take(
        new ChainEvent(
            "NewBlockEvents",
            ofBlock,
            Map.of(),
            out -> EventJson.newBlockEvents(out, height, ofBlock, txs)));
  }

  private void txs() throws IOException {
    long height = block.header().height();
    for (int i = 0; i < block.txs().size(); i++) {
      int index = i;
      byte[] tx = block.txs().get(i);
      var result = results.txResults().get(i);
      Map<String, String> own =
          Map.of("tx.hash", HEX.formatHex(TxMethods.sha256(tx)), "tx.height", "" + height);
      sink.take(
          new ChainEvent(
              "Tx", result.events(), own, out -> EventJson.tx(out, height, index, tx, result)));
    }
  }

  private void validatorUpdates() throws IOException {
    List<ValidatorUpdate> updates = results.validatorUpdates();
    if (!updates.isEmpty()) {
      take("ValidatorSetUpdates", out -> EventJson.validatorSetUpdates(out, updates));
    }
  }

  private void step(long height, int round, String step) throws IOException {
    take("NewRoundStep", out -> EventJson.roundState(out, height, round, step));
  }

  private void take(String type, Method.Answer data) throws IOException {
    sink.take(new ChainEvent(type, List.of(), Map.of(), data));
  }

  /** A validator's place in the set; -1 where it is not in it. */
  private int indexOf(byte[] address) {
    for (int i = 0; i < validators.size(); i++) {
      if (Arrays.equals(validators.get(i).address(), address)) {
        return i;
      }
    }
    return -1;
  }
}
