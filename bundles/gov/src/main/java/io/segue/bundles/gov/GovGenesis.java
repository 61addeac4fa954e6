package io.segue.bundles.gov;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.GenesisJson;
import io.segue.bundles.sdk.proto.auth.MsgEnsureModuleAccount;
import io.segue.bundles.sdk.proto.gov.Deposit;
import io.segue.bundles.sdk.proto.gov.GenesisState;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.proto.gov.ProposalStatus;
import io.segue.bundles.sdk.proto.gov.Vote;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.util.Map;
import java.util.TreeMap;

/** The state of governance as the genesis file has it, in the form of the Cosmos SDK 0.50. */
final class GovGenesis {
  /** Highest first id: proposals after it have ids that count up. */
  static final long MAX_STARTING_PROPOSAL_ID = 1L << 62;

  private static final String ENSURE_MODULE_ACCOUNT = "/segue.auth.v1.MsgEnsureModuleAccount";
  private static final String BURNER = "burner";

  private final Context context;
  private final KVStore store;
  private final Addresses addresses;
  private final AccountRows<Deposit> deposits;
  private final AccountRows<Vote> votes;
  private final GenesisJson json;

  GovGenesis(Context context, Addresses addresses) {
    this.context = context;
    this.store = context.store();
    this.addresses = addresses;
    this.deposits = AccountRows.deposits(store);
    this.votes = AccountRows.votes(store);
    this.json = GenesisJson.withDescriptors(context.descriptors().all());
  }

  /** The genesis of a chain that says nothing about governance. */
  static byte[] defaults() {
    return GenesisJson.withTypes()
        .printBytes(
            GenesisState.newBuilder()
                .setStartingProposalId(1)
                .setParams(GovParams.defaults())
                .build());
  }

  /**
   * Writes the first state.
   *
   * @throws ModuleException gov/8 or sdk/18; names the entry
   */
  void init(byte[] genesisJson) {
    GenesisState genesis =
        json.parse(GovModule.NAME, genesisJson, GenesisState.newBuilder()).build();
    MsgEnsureModuleAccount account =
        MsgEnsureModuleAccount.newBuilder().setName(GovModule.NAME).addPermissions(BURNER).build();
    context.call(ENSURE_MODULE_ACCOUNT, account.toByteArray());
    require(genesis.hasParams(), "params are missing");
    GovParams.validate(genesis.getParams(), addresses);
    GovParams.requireDestination(context, genesis.getParams(), addresses);
    GovParams.save(store, genesis.getParams());
    Constitution.save(store, genesis.getConstitution());
    require(genesis.getStartingProposalId() > 0, "starting_proposal_id must be greater than 0");
    require(
        genesis.getStartingProposalId() <= MAX_STARTING_PROPOSAL_ID,
        "starting_proposal_id must be at most " + MAX_STARTING_PROPOSAL_ID);
    new Proposals(store).nextId(genesis.getStartingProposalId());
    Map<Long, Coins> open = new TreeMap<>();
    for (Proposal proposal : genesis.getProposalsList()) {
      add(proposal, genesis.getStartingProposalId());
      open.put(
          proposal.getId(),
          Life.open(proposal) ? Coins.strict(proposal.getTotalDepositList()) : Coins.NONE);
    }
    for (Deposit deposit : genesis.getDepositsList()) {
      add(deposit, open);
    }
    open.forEach(
        (id, rest) -> require(rest.isEmpty(), "deposits on proposal " + id + " lack " + rest));
    for (Vote vote : genesis.getVotesList()) {
      add(vote);
    }
    Coins missing = new Deposits(context, addresses).missing();
    require(missing.isEmpty(), "the gov account lacks " + missing + " of the deposits");
  }

  /** The state as genesis JSON. */
  byte[] export() {
    Proposals proposals = new Proposals(store);
    GenesisState.Builder genesis =
        GenesisState.newBuilder()
            .setStartingProposalId(proposals.nextId())
            .setParams(GovParams.load(store))
            .setConstitution(Constitution.load(store));
    OpaqueMessages messages = new OpaqueMessages(json);
    proposals.forEach(proposal -> genesis.addProposals(messages.hidden(proposal)));
    deposits.forEach(genesis::addDeposits);
    votes.forEach(genesis::addVotes);
    return json.printBytes(genesis.build());
  }

  private void add(Proposal proposal, long nextId) {
    String where = "proposal " + Long.toUnsignedString(proposal.getId());
    Proposals proposals = new Proposals(store);
    require(
        proposal.getId() > 0 && proposal.getId() < nextId,
        where + " is not below starting_proposal_id " + nextId);
    require(proposals.find(proposal.getId()).isEmpty(), where + " stands twice");
    require(
        proposal.getStatus() != ProposalStatus.PROPOSAL_STATUS_UNSPECIFIED
            && proposal.getStatus() != ProposalStatus.UNRECOGNIZED,
        where + " has no status");
    require(proposal.hasFinalTallyResult(), where + " has no final_tally_result");
    require(
        !Life.inDeposit(proposal) || proposal.hasDepositEndTime(),
        where + " has no deposit_end_time");
    require(
        !Life.inVoting(proposal) || proposal.hasVotingStartTime() && proposal.hasVotingEndTime(),
        where + " has no voting_start_time or voting_end_time");
    proposals.add(OpaqueMessages.shown(proposal));
  }

  private void add(Deposit deposit, Map<Long, Coins> open) {
    String where =
        "deposit of " + deposit.getDepositor() + " on proposal " + deposit.getProposalId();
    byte[] depositor = addresses.member(where, deposit.getDepositor());
    Coins rest = open.getOrDefault(deposit.getProposalId(), Coins.NONE);
    Coins amount = Coins.strict(deposit.getAmountList());
    require(!amount.isEmpty(), where + " is empty");
    require(!deposits.has(deposit.getProposalId(), depositor), where + " stands twice");
    require(rest.covers(amount), where + " is not part of the proposal's total_deposit");
    open.put(deposit.getProposalId(), rest.minus(amount));
    deposits.put(deposit.getProposalId(), depositor, deposit);
  }

  private void add(Vote vote) {
    String where = "vote of " + vote.getVoter() + " on proposal " + vote.getProposalId();
    byte[] voter = addresses.member(where, vote.getVoter());
    require(
        new Proposals(store).inVoting(vote.getProposalId()),
        where + " is on none in its voting period");
    require(!votes.has(vote.getProposalId(), voter), where + " stands twice");
    Ballots.requireWeights(vote.getOptionsList());
    votes.put(vote.getProposalId(), voter, vote);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw GovErrors.invalidGenesis(otherwise);
    }
  }
}
