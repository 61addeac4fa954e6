package io.segue.bundles.gov;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.DescriptorSets;
import io.segue.bundles.sdk.proto.consensus.ConsensusTxProto;
import io.segue.bundles.sdk.proto.gov.GovOpaqueProto;
import io.segue.bundles.sdk.proto.gov.GovProto;
import io.segue.bundles.sdk.proto.gov.GovQueryProto;
import io.segue.bundles.sdk.proto.gov.GovTxProto;
import io.segue.bundles.sdk.proto.govv1beta1.GovV1Beta1Proto;
import io.segue.bundles.sdk.proto.govv1beta1.GovV1Beta1QueryProto;
import io.segue.bundles.sdk.proto.govv1beta1.GovV1Beta1TxProto;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.QueryHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Governance: those who have stake decide together, and what they decide is executed in the name of
 * the gov account.
 *
 * <p>A proposal carries messages. It is submitted with a deposit ({@link SubmitProposal}), gathers
 * more ({@link MakeDeposit}) until voting starts, is voted on ({@link CastVote}, {@link
 * CastWeightedVote}), and when its time is up counted ({@link Tally}) and executed ({@link
 * ProposalMessages}) at the end of a block ({@link EndOfPeriods}). Its proposer may take it back
 * ({@link CancelProposal}). Clients of older versions have the same under older names ({@link
 * LegacyMessages}, {@link LegacyQueries}). The consensus parameters, which no module keeps, are
 * changed through it ({@link UpdateConsensusParams}).
 *
 * <p>It asks bank to move deposits and staking who has how much power. Where things are kept is
 * drawn in {@link GovKeys}.
 *
 * <p>Thread safety: immutable; whatever a call needs lives in objects made for that call.
 */
final class GovModule implements Module {
  static final String NAME = "gov";

  private static final long CONSENSUS_VERSION = 1;

  private final Addresses addresses;
  private final long gasPerBlock;

  GovModule(Addresses addresses) {
    this(addresses, EndOfPeriods.GAS_PER_BLOCK);
  }

  /**
   * For tests.
   *
   * @param gasPerBlock what the end of a block has room for
   */
  GovModule(Addresses addresses, long gasPerBlock) {
    this.addresses = addresses;
    this.gasPerBlock = gasPerBlock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public long consensusVersion() {
    return CONSENSUS_VERSION;
  }

  @Override
  public byte[] descriptors() {
    return DescriptorSets.of(
        GovProto.getDescriptor(),
        GovTxProto.getDescriptor(),
        GovQueryProto.getDescriptor(),
        GovOpaqueProto.getDescriptor(),
        ConsensusTxProto.getDescriptor(),
        GovV1Beta1Proto.getDescriptor(),
        GovV1Beta1TxProto.getDescriptor(),
        GovV1Beta1QueryProto.getDescriptor());
  }

  @Override
  public Map<String, MessageHandler> messages() {
    SubmitProposal submit = new SubmitProposal(addresses);
    MakeDeposit deposit = new MakeDeposit(addresses);
    CastVote vote = new CastVote(addresses);
    CastWeightedVote weightedVote = new CastWeightedVote(addresses);
    Map<String, MessageHandler> messages = new TreeMap<>();
    messages.put(SubmitProposal.TYPE_URL, submit);
    messages.put(MakeDeposit.TYPE_URL, deposit);
    messages.put(CastVote.TYPE_URL, vote);
    messages.put(CastWeightedVote.TYPE_URL, weightedVote);
    messages.put(CancelProposal.TYPE_URL, new CancelProposal(addresses));
    messages.put(UpdateParams.TYPE_URL, new UpdateParams(addresses));
    messages.put(UpdateConsensusParams.TYPE_URL, UpdateConsensusParams.handler(addresses));
    messages.put(ExecLegacyContent.TYPE_URL, new ExecLegacyContent(addresses));
    messages.putAll(new LegacyMessages(addresses).byTypeUrl(submit, deposit, vote, weightedVote));
    return messages;
  }

  @Override
  public Map<String, QueryHandler> queries() {
    GovQueries current = new GovQueries(addresses);
    Map<String, QueryHandler> queries = new TreeMap<>(current.byPath());
    queries.putAll(new LegacyQueries(current).byPath());
    return queries;
  }

  @Override
  public List<ValidatorUpdate> endBlock(Context context) {
    new EndOfPeriods(context, addresses, gasPerBlock).run();
    return List.of();
  }

  @Override
  public byte[] defaultGenesis() {
    return GovGenesis.defaults();
  }

  @Override
  public List<ValidatorUpdate> initGenesis(Context context, byte[] genesisJson) {
    new GovGenesis(context, addresses).init(genesisJson);
    return List.of();
  }

  @Override
  public byte[] exportGenesis(Context context) {
    ByteArrayOutputStream genesis = new ByteArrayOutputStream();
    try {
      exportGenesis(context, genesis);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return genesis.toByteArray();
  }

  @Override
  public void exportGenesis(Context context, OutputStream out) throws IOException {
    new GovGenesis(context, addresses).export(out);
  }

  @Override
  public Map<String, Invariant> invariants() {
    return new GovInvariants(addresses).byName();
  }
}
