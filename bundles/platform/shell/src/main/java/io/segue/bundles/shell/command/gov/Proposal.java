package io.segue.bundles.shell.command.gov;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.segue.bundles.shell.command.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A proposal as {@code cosmos.gov.v1.Proposal} has it. */
final class Proposal {
  private static final List<String> STATUS =
      List.of("UNSPECIFIED", "DEPOSIT_PERIOD", "VOTING_PERIOD", "PASSED", "REJECTED", "FAILED");

  private final Fields fields;

  Proposal(Fields fields) {
    this.fields = fields;
  }

  /** A request for the newest {@code limit} proposals. */
  static byte[] newest(long limit) {
    UnknownFieldSet page =
        UnknownFieldSet.newBuilder()
            .addField(3, UnknownFieldSet.Field.newBuilder().addVarint(limit).build())
            .addField(5, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();
    return Fields.withBytes(4, page.toByteArray());
  }

  long id() {
    return fields.number(1);
  }

  String status() {
    long status = fields.number(3);
    return status >= 0 && status < STATUS.size() ? STATUS.get((int) status) : "STATUS_" + status;
  }

  boolean inVotingPeriod() {
    return status().equals("VOTING_PERIOD");
  }

  String title() {
    return fields.text(11);
  }

  /** Type URLs of what it would do. */
  List<String> messages() throws InvalidProtocolBufferException {
    return fields.messages(2).stream().map(any -> any.text(1)).toList();
  }

  /** When its deposit or voting period ends; empty where neither began. */
  String ends() throws InvalidProtocolBufferException {
    String voting = fields.time(9);
    return voting.isEmpty() ? fields.time(6) : voting;
  }

  Map<String, Object> json() throws InvalidProtocolBufferException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id());
    json.put("status", status());
    json.put("title", title());
    json.put("summary", fields.text(12));
    json.put("messages", messages());
    json.put("proposer", fields.text(13));
    json.put("expedited", fields.number(14) != 0);
    json.put("submitTime", fields.time(5));
    json.put("depositEndTime", fields.time(6));
    json.put("totalDeposit", deposit());
    json.put("votingStartTime", fields.time(8));
    json.put("votingEndTime", fields.time(9));
    json.put("finalTally", tally(fields.message(4)));
    json.put("failedReason", fields.text(15));
    return json;
  }

  /** Lines for people. */
  Map<String, String> text() throws InvalidProtocolBufferException {
    Map<String, String> text = new LinkedHashMap<>();
    text.put("id", "" + id());
    text.put("status", status() + (fields.number(14) != 0 ? ", expedited" : ""));
    text.put("title", title());
    text.put("summary", fields.text(12));
    text.put("messages", String.join(", ", messages()));
    text.put("proposer", fields.text(13));
    List<String> coins = new ArrayList<>();
    for (Fields coin : fields.messages(7)) {
      coins.add(coin.text(2) + coin.text(1));
    }
    text.put("deposit", String.join(",", coins));
    text.put("submitted", fields.time(5));
    text.put("deposit ends", fields.time(6));
    text.put("voting begins", fields.time(8));
    text.put("voting ends", fields.time(9));
    text.put("failed for", fields.text(15));
    text.values().removeIf(String::isEmpty);
    return text;
  }

  /** The votes of a {@code TallyResult}. */
  static Map<String, Object> tally(Fields tally) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("yes", tally.text(1));
    json.put("abstain", tally.text(2));
    json.put("no", tally.text(3));
    json.put("noWithVeto", tally.text(4));
    return json;
  }

  Fields finalTally() throws InvalidProtocolBufferException {
    return fields.message(4);
  }

  private List<Object> deposit() throws InvalidProtocolBufferException {
    List<Object> coins = new ArrayList<>();
    for (Fields coin : fields.messages(7)) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("denom", coin.text(1));
      json.put("amount", coin.text(2));
      coins.add(json);
    }
    return coins;
  }
}
