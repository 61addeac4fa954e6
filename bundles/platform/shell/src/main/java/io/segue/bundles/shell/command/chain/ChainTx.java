package io.segue.bundles.shell.command.chain;

import io.segue.bundles.shell.command.Answer;
import io.segue.bundles.shell.command.Arguments;
import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.Hex;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.bundles.shell.command.ShellCommand;
import io.segue.bundles.shell.command.Suggestion;
import io.segue.bundles.shell.command.Usage;
import io.segue.bundles.shell.output.Text;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.engine.Engine.Block;
import io.segue.kernel.api.engine.Engine.TxResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code chain:tx}. */
@Component(
    service = ShellCommand.class,
    property = {"osgi.command.scope=chain", "osgi.command.function=tx"})
public final class ChainTx extends ShellCommand {
  private static final int HASH_BYTES = 32;

  private final NodeAccess access;

  @Activate
  public ChainTx(@Reference NodeAccess access) {
    super(
        Usage.of("chain:tx", "Shows a committed transaction: its block, result and events.")
            .operand("<hash>", ChainTx::newest));
    this.access = access;
  }

  @Override
  public Answer run(CommandSession session, Arguments arguments) throws CommandException {
    String asked = arguments.operand(0);
    byte[] hash = Hex.parse("a transaction's hash", asked);
    if (hash.length != HASH_BYTES) {
      throw new CommandException(
          "a transaction's hash has %d hex digits, not %d"
              .formatted(2 * HASH_BYTES, asked.length()));
    }
    TxResult found =
        access
            .engine()
            .tx(hash)
            .orElseThrow(
                () ->
                    new CommandException(
                        "no committed transaction has the hash "
                            + asked
                            + "; one that waits for a block is not found yet"));
    TxSummary tx = TxSummary.of(found.tx());
    return new Answer(json(found, tx), text(found, tx));
  }

  /** Transactions of the newest block. */
  private static List<Suggestion> newest(NodeAccess access, Path directory, String typed)
      throws CommandException {
    return access
        .engine()
        .block(access.engine().height())
        .map(Block::txs)
        .orElse(List.of())
        .stream()
        .map(TxSummary::of)
        .map(tx -> new Suggestion(tx.hash(), String.join(", ", tx.messages())))
        .toList();
  }

  private static Map<String, Object> json(TxResult found, TxSummary tx) {
    ExecTxResult result = found.result();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("hash", tx.hash());
    json.put("height", found.height());
    json.put("index", found.index());
    json.put("code", result.code());
    json.put("codespace", result.codespace());
    json.put("log", result.log());
    json.put("gasWanted", result.gasWanted());
    json.put("gasUsed", result.gasUsed());
    json.put("messages", tx.messages());
    json.put("memo", tx.memo());
    json.put("sizeBytes", found.tx().length);
    List<Object> events = new ArrayList<>();
    for (Event event : result.events()) {
      List<Object> attributes = new ArrayList<>();
      event
          .attributes()
          .forEach(
              a -> {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("key", a.key());
                one.put("value", a.value());
                attributes.add(one);
              });
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("type", event.type());
      one.put("attributes", attributes);
      events.add(one);
    }
    json.put("events", events);
    return json;
  }

  private static String text(TxResult found, TxSummary tx) {
    ExecTxResult result = found.result();
    Map<String, String> text = new LinkedHashMap<>();
    text.put("hash", tx.hash());
    text.put("height", found.height() + ", transaction " + found.index() + " of its block");
    text.put(
        "result",
        result.code() == 0
            ? "done"
            : "failed, %s/%d: %s".formatted(result.codespace(), result.code(), result.log()));
    text.put("gas", result.gasUsed() + " used of " + result.gasWanted());
    text.put("messages", String.join(", ", tx.messages()));
    if (!tx.memo().isEmpty()) {
      text.put("memo", tx.memo());
    }
    text.put("size", found.tx().length + " bytes");
    StringBuilder events = new StringBuilder("events\n");
    for (Event event : result.events()) {
      String attributes =
          event.attributes().stream()
              .map(a -> a.key() + "=" + a.value())
              .collect(Collectors.joining(" "));
      events.append("  ").append(event.type()).append("  ").append(attributes).append('\n');
    }
    return Text.pairs("", text) + events;
  }
}
