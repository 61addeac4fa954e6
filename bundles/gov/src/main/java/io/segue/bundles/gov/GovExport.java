package io.segue.bundles.gov;

import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.StringValue;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.GenesisJson;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.proto.gov.Backlog;
import io.segue.bundles.sdk.proto.gov.Deposit;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.proto.gov.Settlement;
import io.segue.bundles.sdk.proto.gov.Vote;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;

/** Writes the state of governance as {@link GovGenesis} reads it, entry by entry. */
final class GovExport {
  private final Context context;
  private final KVStore store;
  private final Addresses addresses;
  private final GenesisJson json;
  private final OutputStream out;

  GovExport(Context context, Addresses addresses, GenesisJson json, OutputStream out) {
    this.context = context;
    this.store = context.store();
    this.addresses = addresses;
    this.json = json;
    this.out = out;
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
    Settlements settlements = new Settlements(context, addresses);
    Proposals proposals = new Proposals(store);
    text("{\"starting_proposal_id\":\"" + Long.toUnsignedString(proposals.nextId()) + "\"");
    this.<Deposit>list("deposits", AccountRows.deposits(store)::forEach);
    this.<Vote>list("votes", AccountRows.votes(store)::forEach);
    this.<Proposal>list(
        "proposals", take -> proposals.forEach(proposal -> take.accept(messages.hidden(proposal))));
    member("params", GovParams.load(store));
    member("constitution", StringValue.of(Constitution.load(store)));
    if (settlements.first().isPresent()) {
      this.<Settlement>list(GovGenesis.SETTLEMENTS, settlements::forEach);
    }
    Backlog backlog = backlog(proposals);
    if (!backlog.equals(Backlog.getDefaultInstance())) {
      member(GovGenesis.BACKLOG, backlog);
    }
    text("}");
  }

  private Backlog backlog(Proposals proposals) {
    Backlog.Builder backlog = Backlog.newBuilder();
    Instant closedUntil = proposals.closedUntil();
    if (closedUntil != null) {
      backlog.setClosedUntil(Times.timestamp(closedUntil));
    }
    new Ballots(context, addresses).begun().ifPresent(backlog::setCount);
    return backlog.build();
  }

  private void member(String name, MessageOrBuilder value) {
    text(",\"" + name + "\":" + json.print(value));
  }

  private <M extends MessageOrBuilder> void list(String name, Consumer<Consumer<M>> walk) {
    text(",\"" + name + "\":[");
    String[] comma = {""};
    walk.accept(
        entry -> {
          text(comma[0] + json.print(entry));
          comma[0] = ",";
        });
    text("]");
  }

  private void text(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
