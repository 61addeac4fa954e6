package io.segue.bundles.shell.command;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A proposal as {@code cosmos.gov.v1.Query/Proposals} answers it, read by field numbers: the
 * platform has no class of a module's messages, and the numbers are the ecosystem's.
 */
final class Proposal {
  private static final List<String> STATUS =
      List.of("UNSPECIFIED", "DEPOSIT_PERIOD", "VOTING_PERIOD", "PASSED", "REJECTED", "FAILED");

  private final UnknownFieldSet fields;

  private Proposal(UnknownFieldSet fields) {
    this.fields = fields;
  }

  /** The proposals of a response. */
  static List<Proposal> list(byte[] response) throws InvalidProtocolBufferException {
    List<Proposal> proposals = new ArrayList<>();
    for (ByteString bytes :
        UnknownFieldSet.parseFrom(response).getField(1).getLengthDelimitedList()) {
      proposals.add(new Proposal(UnknownFieldSet.parseFrom(bytes)));
    }
    return proposals;
  }

  /** A request for the newest {@code limit} proposals. */
  static byte[] newest(int limit) {
    UnknownFieldSet page =
        UnknownFieldSet.newBuilder()
            .addField(3, UnknownFieldSet.Field.newBuilder().addVarint(limit).build())
            .addField(5, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();
    return UnknownFieldSet.newBuilder()
        .addField(
            4, UnknownFieldSet.Field.newBuilder().addLengthDelimited(page.toByteString()).build())
        .build()
        .toByteArray();
  }

  long id() {
    return number(fields, 1);
  }

  String status() {
    int status = (int) number(fields, 3);
    return status < STATUS.size() ? STATUS.get(status) : "STATUS_" + status;
  }

  String title() {
    return text(fields, 11);
  }

  /** Type URLs of what it would do. */
  List<String> messages() throws InvalidProtocolBufferException {
    List<String> types = new ArrayList<>();
    for (ByteString any : fields.getField(2).getLengthDelimitedList()) {
      types.add(text(UnknownFieldSet.parseFrom(any), 1));
    }
    return types;
  }

  /** When its deposit or voting period ends; empty where neither began. */
  String ends() throws InvalidProtocolBufferException {
    String voting = time(9);
    return voting.isEmpty() ? time(6) : voting;
  }

  Map<String, Object> json() throws InvalidProtocolBufferException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id());
    json.put("status", status());
    json.put("title", title());
    json.put("summary", text(fields, 12));
    json.put("messages", messages());
    json.put("proposer", text(fields, 13));
    json.put("expedited", number(fields, 14) != 0);
    json.put("submitTime", time(5));
    json.put("depositEndTime", time(6));
    json.put("totalDeposit", deposit());
    json.put("votingStartTime", time(8));
    json.put("votingEndTime", time(9));
    json.put("finalTally", tally());
    json.put("failedReason", text(fields, 15));
    return json;
  }

  private List<Object> deposit() throws InvalidProtocolBufferException {
    List<Object> coins = new ArrayList<>();
    for (ByteString bytes : fields.getField(7).getLengthDelimitedList()) {
      UnknownFieldSet coin = UnknownFieldSet.parseFrom(bytes);
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("denom", text(coin, 1));
      json.put("amount", text(coin, 2));
      coins.add(json);
    }
    return coins;
  }

  private Map<String, Object> tally() throws InvalidProtocolBufferException {
    UnknownFieldSet tally = message(4);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("yes", text(tally, 1));
    json.put("abstain", text(tally, 2));
    json.put("no", text(tally, 3));
    json.put("noWithVeto", text(tally, 4));
    return json;
  }

  private String time(int field) throws InvalidProtocolBufferException {
    if (!fields.hasField(field)) {
      return "";
    }
    UnknownFieldSet timestamp = message(field);
    return Instant.ofEpochSecond(number(timestamp, 1), number(timestamp, 2)).toString();
  }

  private UnknownFieldSet message(int field) throws InvalidProtocolBufferException {
    List<ByteString> values = fields.getField(field).getLengthDelimitedList();
    return values.isEmpty()
        ? UnknownFieldSet.getDefaultInstance()
        : UnknownFieldSet.parseFrom(values.get(values.size() - 1));
  }

  private static long number(UnknownFieldSet fields, int field) {
    List<Long> values = fields.getField(field).getVarintList();
    return values.isEmpty() ? 0 : values.get(values.size() - 1);
  }

  private static String text(UnknownFieldSet fields, int field) {
    List<ByteString> values = fields.getField(field).getLengthDelimitedList();
    return values.isEmpty() ? "" : values.get(values.size() - 1).toStringUtf8();
  }
}
