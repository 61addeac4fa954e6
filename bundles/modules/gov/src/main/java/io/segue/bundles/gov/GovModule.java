package io.segue.bundles.gov;

import io.segue.bundles.gov.genesis.GovGenesis;
import io.segue.bundles.gov.proposal.Tally;
import io.segue.bundles.gov.query.GovQueries;
import io.segue.bundles.gov.query.LegacyQueries;
import io.segue.bundles.gov.state.GovState;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.consensus.ConsensusTxProto;
import io.segue.bundles.sdk.proto.gov.GovOpaqueProto;
import io.segue.bundles.sdk.proto.gov.GovProto;
import io.segue.bundles.sdk.proto.gov.GovQueryProto;
import io.segue.bundles.sdk.proto.gov.GovTxProto;
import io.segue.bundles.sdk.proto.gov.MsgCancelProposal;
import io.segue.bundles.sdk.proto.gov.MsgCancelProposalResponse;
import io.segue.bundles.sdk.proto.gov.MsgDeposit;
import io.segue.bundles.sdk.proto.gov.MsgExecLegacyContent;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposalResponse;
import io.segue.bundles.sdk.proto.gov.MsgUpdateParams;
import io.segue.bundles.sdk.proto.gov.MsgVote;
import io.segue.bundles.sdk.proto.gov.MsgVoteWeighted;
import io.segue.bundles.sdk.proto.govv1beta1.GovV1Beta1Proto;
import io.segue.bundles.sdk.proto.govv1beta1.GovV1Beta1QueryProto;
import io.segue.bundles.sdk.proto.govv1beta1.GovV1Beta1TxProto;
import io.segue.bundles.sdk.service.Services;
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
import java.util.Optional;

/**
 * Governance: those who have stake decide together, and what they decide is executed in the name of
 * the gov account.
 *
 * <p>A proposal carries messages. It is submitted with a deposit ({@link
 * MsgSubmitProposalHandler}), gathers more ({@link MsgDepositHandler}) until voting starts, is
 * voted on ({@link MsgVoteHandler}, {@link MsgVoteWeightedHandler}), and when its time is up
 * counted ({@link Tally}) and executed ({@link ProposalMessages}) at the end of a block ({@link
 * EndBlocker}). Its proposer may take it back ({@link MsgCancelProposalHandler}). Clients of older
 * versions have the same under older names ({@link LegacyMessages}, {@link LegacyQueries}). The
 * consensus parameters, which no module keeps, are changed through it ({@link
 * ConsensusParamsHandler}).
 *
 * <p>It asks bank to move deposits and staking who has how much power. Where things are kept is
 * drawn in {@link GovState}.
 *
 * <p>Thread safety: immutable; whatever a call needs lives in objects made for that call.
 */
final class GovModule implements Module {
  private static final long CONSENSUS_VERSION = 1;

  private final Addresses addresses;
  private final long gasPerBlock;
  private final Services services;

  GovModule(Addresses addresses) {
    this(addresses, EndBlocker.GAS_PER_BLOCK);
  }

  /**
   * For tests.
   *
   * @param gasPerBlock what the end of a block has room for
   */
  GovModule(Addresses addresses, long gasPerBlock) {
    this.addresses = addresses;
    this.gasPerBlock = gasPerBlock;
    this.services = services(addresses);
  }

  @Override
  public String name() {
    return GovState.NAME;
  }

  @Override
  public long consensusVersion() {
    return CONSENSUS_VERSION;
  }

  @Override
  public byte[] descriptors() {
    return services.descriptors();
  }

  @Override
  public Map<String, MessageHandler> messages() {
    return services.messages();
  }

  @Override
  public Map<String, QueryHandler> queries() {
    return services.queries();
  }

  @Override
  public List<ValidatorUpdate> endBlock(Context context) {
    new EndBlocker(context, addresses, gasPerBlock).run();
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

  @Override
  public Optional<String> describe(String store, byte[] key, byte[] value) {
    return GovState.SCHEMA.describe(key, value);
  }

  private static Services services(Addresses addresses) {
    MsgSubmitProposalHandler submit = new MsgSubmitProposalHandler(addresses);
    MsgDepositHandler deposit = new MsgDepositHandler(addresses);
    MsgVoteHandler vote = new MsgVoteHandler(addresses);
    MsgVoteWeightedHandler weightedVote = new MsgVoteWeightedHandler(addresses);
    MsgCancelProposalHandler cancel = new MsgCancelProposalHandler(addresses);
    MsgUpdateParamsHandler params = new MsgUpdateParamsHandler(addresses);
    MsgExecLegacyContentHandler legacyContent = new MsgExecLegacyContentHandler(addresses);
    Services.Builder services =
        Services.of(
                addresses,
                GovProto.getDescriptor(),
                GovTxProto.getDescriptor(),
                GovQueryProto.getDescriptor(),
                GovOpaqueProto.getDescriptor(),
                ConsensusTxProto.getDescriptor(),
                GovV1Beta1Proto.getDescriptor(),
                GovV1Beta1TxProto.getDescriptor(),
                GovV1Beta1QueryProto.getDescriptor())
            .message(MsgSubmitProposal.getDefaultInstance())
            .maxBytes(MsgSubmitProposalHandler.MAX_BYTES)
            .check(submit::check)
            .answer(MsgSubmitProposalResponse.getDefaultInstance(), submit::handle)
            .message(MsgDeposit.getDefaultInstance())
            .maxBytes(MsgDepositHandler.MAX_BYTES)
            .check(deposit::check)
            .handle(deposit::handle)
            .message(MsgVote.getDefaultInstance())
            .maxBytes(MsgVoteHandler.MAX_BYTES)
            .check(vote::check)
            .handle(vote::handle)
            .message(MsgVoteWeighted.getDefaultInstance())
            .maxBytes(MsgVoteWeightedHandler.MAX_BYTES)
            .check(weightedVote::check)
            .handle(weightedVote::handle)
            .message(MsgCancelProposal.getDefaultInstance())
            .maxBytes(MsgCancelProposalHandler.MAX_BYTES)
            .check(cancel::check)
            .answer(MsgCancelProposalResponse.getDefaultInstance(), cancel::handle)
            .governed(MsgUpdateParams.getDefaultInstance())
            .maxBytes(MsgUpdateParamsHandler.MAX_BYTES)
            .check(params::check)
            .handle(params::handle)
            .governed(io.segue.bundles.sdk.proto.consensus.MsgUpdateParams.getDefaultInstance())
            .check(ConsensusParamsHandler::check)
            .handle(ConsensusParamsHandler::handle)
            .governed(MsgExecLegacyContent.getDefaultInstance())
            .maxBytes(MsgExecLegacyContentHandler.MAX_BYTES)
            .refuseOthers(MsgExecLegacyContentHandler::refuse)
            .check(legacyContent::check)
            .handle(legacyContent::handle);
    new LegacyMessages(addresses).addTo(services, submit, deposit, vote, weightedVote);
    GovQueries queries = new GovQueries(addresses);
    queries.addTo(services);
    new LegacyQueries(queries).addTo(services);
    return services.build();
  }
}
