package io.segue.kernel.testkit;

import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.QueryHandler;
import io.segue.kernel.api.module.TxFormat;
import io.segue.kernel.testkit.modules.PlainTx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Counts by a step that differs between versions: what the state holds tells which code ran. Its
 * store keeps {@code n -> decimal text}, version 2 {@code total -> decimal text}; both keep {@code
 * last -> height}.
 */
final class CounterModule implements Module {
  static final String COUNT = "/test.Count";
  static final String QUERY = "/test.Query/Count";

  /** Answers with height, time and app version of the block. */
  static final String BLOCK = "/test.Query/Block";

  private final long version;
  private final String key;
  private final int step;

  private CounterModule(long version, String key, int step) {
    this.version = version;
    this.key = key;
    this.step = step;
  }

  static CounterModule one() {
    return new CounterModule(1, "n", 1);
  }

  static CounterModule two() {
    return two(10);
  }

  /** Version 2, counting by another step. */
  static CounterModule two(int step) {
    return new CounterModule(2, "total", step);
  }

  static byte[] tx() {
    return PlainTx.of(COUNT, new byte[0]);
  }

  @Override
  public String name() {
    return "counter";
  }

  @Override
  public long consensusVersion() {
    return version;
  }

  @Override
  public Optional<TxFormat> txFormat() {
    return Optional.of(new PlainTx());
  }

  @Override
  public byte[] defaultGenesis() {
    return "{}".getBytes(StandardCharsets.UTF_8);
  }

  /** An object with a member for each row. */
  @Override
  public List<ValidatorUpdate> initGenesis(Context context, byte[] genesisJson) {
    String rows = new String(genesisJson, StandardCharsets.UTF_8).replaceAll("[{}\"]", "");
    for (String row : rows.isEmpty() ? new String[0] : rows.split(",")) {
      String[] parts = row.split(":");
      context.store().set(bytes(parts[0]), bytes(parts[1]));
    }
    return List.of();
  }

  @Override
  public byte[] exportGenesis(Context context) {
    StringJoiner rows = new StringJoiner(",", "{", "}");
    try (KVIterator entries = context.store().iterate(new byte[0], null)) {
      while (entries.next()) {
        rows.add(
            "\""
                + new String(entries.key(), StandardCharsets.US_ASCII)
                + "\":\""
                + new String(entries.value(), StandardCharsets.US_ASCII)
                + "\"");
      }
    }
    return bytes(rows.toString());
  }

  @Override
  public Map<Long, Migration> migrations() {
    return version == 1 ? Map.of() : Map.of(1L, context -> {});
  }

  @Override
  public Map<String, MessageHandler> messages() {
    return Map.of(
        COUNT,
        new MessageHandler() {
          @Override
          public List<byte[]> signers(byte[] message) {
            return List.of();
          }

          @Override
          public byte[] handle(Context context, byte[] message) {
            long next = value(context) + step;
            context
                .store()
                .set(bytes(key), Long.toString(next).getBytes(StandardCharsets.US_ASCII));
            context
                .store()
                .set(
                    bytes("last"),
                    Long.toString(context.height()).getBytes(StandardCharsets.US_ASCII));
            return new byte[0];
          }
        });
  }

  @Override
  public Map<String, QueryHandler> queries() {
    return Map.of(
        QUERY,
        (context, request) -> bytes(version + ":" + value(context)),
        BLOCK,
        (context, request) ->
            bytes(context.height() + " " + context.time() + " " + appVersion(context)));
  }

  private static long appVersion(Context context) {
    return context.consensusParams().version().orElseThrow().app();
  }

  private long value(Context context) {
    byte[] value = context.store().get(bytes(key));
    return value == null ? 0 : Long.parseLong(new String(value, StandardCharsets.US_ASCII));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
