package io.segue.bundles.gov.genesis;

import com.google.protobuf.StringValue;
import io.segue.bundles.gov.deposit.DepositSettlements;
import io.segue.bundles.gov.proposal.Proposals;
import io.segue.bundles.gov.proposal.Votes;
import io.segue.bundles.gov.state.GovParams;
import io.segue.bundles.gov.state.GovState;
import io.segue.bundles.gov.state.OpaqueMessages;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.GenesisJson;
import io.segue.bundles.sdk.GenesisWriter;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.proto.gov.Backlog;
import io.segue.bundles.sdk.proto.gov.Deposit;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.proto.gov.Settlement;
import io.segue.bundles.sdk.proto.gov.Vote;
import io.segue.bundles.sdk.state.Range;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Writes the state of governance as {@link GovGenesis} reads it, entry by entry. */
final class GovExport {
  private final Context context;
  private final KVStore store;
  private final Addresses addresses;
  private final GenesisJson json;
  private final GenesisWriter out;

  GovExport(Context context, Addresses addresses, GenesisJson json, OutputStream out) {
    this.context = context;
    this.store = context.store();
    this.addresses = addresses;
    this.json = json;
    this.out = new GenesisWriter(json, out);
  }

  /** Writes the genesis, UTF-8. */
  void write() throws IOException {
    try {
      writeParts();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void writeParts() {
    OpaqueMessages messages = new OpaqueMessages(json);
    DepositSettlements settlements = new DepositSettlements(context, addresses);
    Proposals proposals = new Proposals(store);
    out.text(
        "{\"starting_proposal_id\":\""
            + Long.toUnsignedString(GovState.NEXT_ID.peek(store))
            + "\"");
    out.<Deposit>list(
        "deposits",
        take ->
            GovState.DEPOSITS.forEach(store, Range.all(), (key, deposit) -> take.accept(deposit)));
    out.<Vote>list(
        "votes",
        take -> GovState.VOTES.forEach(store, Range.all(), (key, vote) -> take.accept(vote)));
    out.<Proposal>list(
        "proposals", take -> proposals.forEach(proposal -> take.accept(messages.hidden(proposal))));
    out.member("params", GovParams.load(store));
    out.member("constitution", StringValue.of(GovState.CONSTITUTION.getOr(store, "")));
    if (settlements.first().isPresent()) {
      out.<Settlement>list(GovGenesis.SETTLEMENTS, settlements::forEach);
    }
    Backlog backlog = backlog(proposals);
    if (!backlog.equals(Backlog.getDefaultInstance())) {
      out.member(GovGenesis.BACKLOG, backlog);
    }
    out.text("}");
  }

  private Backlog backlog(Proposals proposals) {
    Backlog.Builder backlog = Backlog.newBuilder();
    proposals.closedUntil().map(Times::timestamp).ifPresent(backlog::setClosedUntil);
    new Votes(context, addresses).begun().ifPresent(backlog::setCount);
    return backlog.build();
  }
}
