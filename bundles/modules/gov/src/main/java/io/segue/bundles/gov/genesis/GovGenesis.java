package io.segue.bundles.gov.genesis;

import com.google.protobuf.Message;
import io.segue.bundles.gov.deposit.DepositSettlements;
import io.segue.bundles.gov.deposit.Deposits;
import io.segue.bundles.gov.proposal.ProposalLifecycle;
import io.segue.bundles.gov.proposal.Proposals;
import io.segue.bundles.gov.proposal.Tally;
import io.segue.bundles.gov.proposal.Votes;
import io.segue.bundles.gov.state.GovErrors;
import io.segue.bundles.gov.state.GovParams;
import io.segue.bundles.gov.state.GovState;
import io.segue.bundles.gov.state.OpaqueMessages;
import io.segue.bundles.gov.state.TextLimits;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.GenesisJson;
import io.segue.bundles.sdk.JsonParts;
import io.segue.bundles.sdk.JsonParts.Part;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.proto.auth.MsgEnsureModuleAccount;
import io.segue.bundles.sdk.proto.gov.Backlog;
import io.segue.bundles.sdk.proto.gov.Count;
import io.segue.bundles.sdk.proto.gov.Deposit;
import io.segue.bundles.sdk.proto.gov.GenesisState;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.proto.gov.ProposalStatus;
import io.segue.bundles.sdk.proto.gov.Settlement;
import io.segue.bundles.sdk.proto.gov.Vote;
import io.segue.bundles.sdk.service.Client;
import io.segue.bundles.sdk.state.Pair;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The state of governance as the genesis file has it, in the form of the Cosmos SDK 0.50. Where
 * blocks have not come to the end of what they have to do, two members say so that the SDK does not
 * have: {@code settlements} and {@code backlog}.
 */
public final class GovGenesis {
  /** Highest first id: proposals after it have ids that count up. */
  static final long MAX_STARTING_PROPOSAL_ID = 1L << 62;

  private static final String BURNER = "burner";

  /** The member with the closed proposals whose deposits are being settled. */
  static final String SETTLEMENTS = "settlements";

  /** The member that says what is closed and what is being counted. */
  static final String BACKLOG = "backlog";

  private static final String PROPOSALS = "proposals";
  private static final String DEPOSITS = "deposits";
  private static final String VOTES = "votes";
  private static final List<String> PARTS =
      List.of(SETTLEMENTS, BACKLOG, PROPOSALS, DEPOSITS, VOTES);

  private final Context context;
  private final KVStore store;
  private final Addresses addresses;
  private final Proposals proposals;
  private final Deposits held;
  private final Votes votes;
  private final DepositSettlements settlements;
  private final GenesisJson json;

  public GovGenesis(Context context, Addresses addresses) {
    this.context = context;
    this.store = context.store();
    this.addresses = addresses;
    this.proposals = new Proposals(store);
    this.held = new Deposits(context, addresses);
    this.votes = new Votes(context, addresses);
    this.settlements = new DepositSettlements(context, addresses);
    this.json = GenesisJson.withDescriptors(context.descriptors().all());
  }

  /** The genesis of a chain that says nothing about governance. */
  public static byte[] defaults() {
    return GenesisJson.withTypes()
        .printBytes(
            GenesisState.newBuilder()
                .setStartingProposalId(1)
                .setParams(GovParams.defaults())
                .build());
  }

  /**
   * Writes the first state, entry by entry.
   *
   * @throws ModuleException gov/8 or sdk/18; names the entry
   */
  public void init(byte[] genesisJson) {
    Map<String, Part> members;
    try {
      members = JsonParts.document(genesisJson);
    } catch (IllegalArgumentException e) {
      throw SdkErrors.invalidRequest("genesis of gov: " + e.getMessage());
    }
    GenesisState genesis =
        json.parse(GovState.NAME, rest(members), GenesisState.newBuilder()).build();
    MsgEnsureModuleAccount account =
        MsgEnsureModuleAccount.newBuilder().setName(GovState.NAME).addPermissions(BURNER).build();
    Client.of(context).call(account);
    require(genesis.hasParams(), "params are missing");
    GovParams.validate(genesis.getParams(), addresses);
    GovParams.requireDestination(context, genesis.getParams(), addresses);
    GovParams.save(store, genesis.getParams());
    GovState.CONSTITUTION.set(store, genesis.getConstitution());
    require(genesis.getStartingProposalId() > 0, "starting_proposal_id must be greater than 0");
    require(
        genesis.getStartingProposalId() <= MAX_STARTING_PROPOSAL_ID,
        "starting_proposal_id must be at most " + MAX_STARTING_PROPOSAL_ID);
    GovState.NEXT_ID.set(store, genesis.getStartingProposalId());
    each(members, SETTLEMENTS, Settlement.getDefaultInstance(), this::add);
    Map<Long, Coins> open = new TreeMap<>();
    each(
        members,
        PROPOSALS,
        Proposal.getDefaultInstance(),
        proposal -> {
          add(proposal, genesis.getStartingProposalId());
          if (ProposalLifecycle.open(proposal)) {
            open.put(proposal.getId(), Coins.strict(proposal.getTotalDepositList()));
          }
        });
    each(members, DEPOSITS, Deposit.getDefaultInstance(), deposit -> add(deposit, open));
    open.forEach(
        (id, rest) -> require(rest.isEmpty(), "deposits on proposal " + id + " lack " + rest));
    each(members, VOTES, Vote.getDefaultInstance(), this::add);
    Part backlog = members.get(BACKLOG);
    if (backlog != null) {
      add(json.parse(GovState.NAME, backlog.json(), Backlog.newBuilder()).build());
    }
    Coins missing = held.missing();
    require(missing.isEmpty(), "the gov account lacks " + missing + " of the deposits");
  }

  /** Writes the state as genesis JSON; {@link #init} of it gives the same state. */
  public void export(OutputStream out) throws IOException {
    new GovExport(context, addresses, json, out).write();
  }

  /** The genesis without what is read entry by entry. */
  private static String rest(Map<String, Part> members) {
    StringJoiner rest = new StringJoiner(",", "{", "}");
    members.forEach(
        (name, value) -> {
          if (!PARTS.contains(name)) {
            rest.add("\"" + name + "\":" + value.json());
          }
        });
    return rest.toString();
  }

  /** The entries of a list, one after the other. */
  private <M extends Message> void each(
      Map<String, Part> members, String name, M prototype, Consumer<M> visitor) {
    Part list = members.get(name);
    if (list == null || list.json().equals("null")) {
      return;
    }
    JsonParts.elements(
        list,
        entry -> {
          Message read =
              json.parse(GovState.NAME + "." + name, entry.json(), prototype.newBuilderForType())
                  .build();
          visitor.accept(type(prototype).cast(read));
        });
  }

  @SuppressWarnings("unchecked")
  private static <M extends Message> Class<M> type(M prototype) {
    return (Class<M>) prototype.getClass();
  }

  private void add(Proposal proposal, long nextId) {
    String where = "proposal " + Long.toUnsignedString(proposal.getId());
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
        !ProposalLifecycle.inDeposit(proposal) || proposal.hasDepositEndTime(),
        where + " has no deposit_end_time");
    require(
        !ProposalLifecycle.inVoting(proposal)
            || proposal.hasVotingStartTime() && proposal.hasVotingEndTime(),
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
    require(
        !GovState.DEPOSITS.has(store, Pair.of(deposit.getProposalId(), depositor)),
        where + " stands twice");
    if (!settlements.has(deposit.getProposalId())) {
      require(rest.covers(amount), where + " is not part of the proposal's total_deposit");
      open.put(deposit.getProposalId(), rest.minus(amount));
    }
    held.record(deposit.getProposalId(), depositor, amount);
  }

  private void add(Vote vote) {
    String where = "vote of " + vote.getVoter() + " on proposal " + vote.getProposalId();
    byte[] voter = addresses.member(where, vote.getVoter());
    require(
        proposals.inVoting(vote.getProposalId()) || settlements.has(vote.getProposalId()),
        where + " is on none in its voting period");
    Pair<Long, byte[]> key = Pair.of(vote.getProposalId(), voter);
    require(!GovState.VOTES.has(store, key), where + " stands twice");
    Votes.requireWeights(vote.getOptionsList());
    TextLimits.requireMetadata(vote.getMetadata());
    GovState.VOTES.set(store, key, vote);
  }

  private void add(Settlement settlement) {
    String where = "settlement of proposal " + Long.toUnsignedString(settlement.getProposalId());
    require(!settlements.has(settlement.getProposalId()), where + " stands twice");
    require(isRatio(settlement.getChargeRatio()), where + " has no charge_ratio from 0 to 1");
    if (!settlement.getChargeDestination().isEmpty()) {
      addresses.member(where, settlement.getChargeDestination());
    }
    settlements.put(settlement);
  }

  private void add(Backlog backlog) {
    if (backlog.hasClosedUntil()) {
      proposals.closeUntil(Times.instant(backlog.getClosedUntil()));
    }
    if (backlog.hasCount()) {
      Count count = backlog.getCount();
      require(
          proposals
              .find(count.getProposalId())
              .filter(ProposalLifecycle::inVoting)
              .filter(proposals::closed)
              .isPresent(),
          "the proposal that is being counted is none in its voting period that is closed: "
              + Long.toUnsignedString(count.getProposalId()));
      try {
        votes.put(new Tally(count).count(count.getProposalId()));
      } catch (IllegalArgumentException e) {
        throw GovErrors.invalidGenesis("the count that is going on: " + e.getMessage());
      }
    }
  }

  private static boolean isRatio(String text) {
    try {
      Dec ratio = Dec.parse(text);
      return ratio.signum() >= 0 && ratio.compareTo(Dec.ONE) <= 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw GovErrors.invalidGenesis(otherwise);
    }
  }
}
