package io.segue.kernel.core.check;

import static io.segue.kernel.api.abci.ConsensusBounds.MAX_BLOCK_BYTES;
import static io.segue.kernel.api.abci.ConsensusBounds.NO_LIMIT;

import io.segue.kernel.api.abci.Abci.BlockParams;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.PrepareProposalRequest;
import io.segue.kernel.api.abci.Abci.ProcessProposalRequest;
import io.segue.kernel.core.exec.ProposedEntry;
import io.segue.kernel.core.gas.BlockGas;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node proposes for the next block, and which proposals of others it rejects, with the
 * code and the parameters of the last commit.
 *
 * <p>Thread safety: any thread.
 */
public final class ProposalHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ProposalHandler.class);

  private final CheckState checkState;
  private final VoteExtensions extensions;
  private final Supplier<ConsensusParams> params;

  /**
   * ProposalHandler.
   *
   * @param params in force for the next block
   */
  public ProposalHandler(
      CheckState checkState, VoteExtensions extensions, Supplier<ConsensusParams> params) {
    this.checkState = checkState;
    this.extensions = extensions;
    this.params = params;
  }

  /**
   * The entry of the module that extends votes, if it has one, and the transactions in the order
   * offered; what does not fit is passed over.
   */
  public List<byte[]> prepare(PrepareProposalRequest request) {
    byte[] entry = extensions.propose(request);
    List<byte[]> txs = new ArrayList<>();
    return withRoom(
        Math.min(request.maxTxBytes(), maxBlockBytes()),
        room -> {
          if (entry.length > 0 && room.add(entry)) {
            txs.add(entry);
          }
          request.txs().stream()
              .filter(tx -> !ProposedEntry.is(tx) && room.add(tx))
              .forEach(txs::add);
          return List.copyOf(txs);
        });
  }

  /**
   * Whether a proposal is one that {@link #prepare} could give: no more bytes of transactions than
   * a block may have, no more gas asked for, and no entry but one in front that the module accepts.
   * A transaction that fails is part of a block like any other, and pays.
   */
  public boolean accepts(ProcessProposalRequest request) {
    List<byte[]> txs = request.txs();
    if (!withRoom(maxBlockBytes(), room -> txs.stream().allMatch(room::add))) {
      LOG.warn(
          "The proposal for height {} is rejected: its {} transactions break max_bytes or max_gas"
              + " of the consensus parameters",
          request.height(),
          txs.size());
      return false;
    }
    boolean leads = !txs.isEmpty() && ProposedEntry.is(txs.get(0));
    boolean elsewhere = txs.stream().skip(1).anyMatch(ProposedEntry::is);
    if (elsewhere || (leads && !extensions.accepts(request))) {
      LOG.warn(
          "The proposal for height {} is rejected: no module accepts its entry in front of the"
              + " transactions",
          request.height());
      return false;
    }
    return true;
  }

  /**
   * Before the first commit there is no code yet that could tell what transactions ask for, so that
   * bytes alone count.
   */
  private <T> T withRoom(long bytes, Function<ProposalRoom, T> look) {
    return checkState.look(
        now -> {
          BlockGas gas = BlockGas.of(now.next.consensusParams());
          return look.apply(new ProposalRoom(bytes, gas, tx -> checkState.gasWanted(now, tx)));
        },
        () -> look.apply(new ProposalRoom(bytes, BlockGas.unlimited(), tx -> 0)));
  }

  private long maxBlockBytes() {
    long bytes = params.get().block().map(BlockParams::maxBytes).orElse(NO_LIMIT);
    return bytes == NO_LIMIT ? MAX_BLOCK_BYTES : bytes;
  }
}
