package io.segue.bundles.shell.command.chain;

import io.segue.bundles.shell.command.Answer;
import io.segue.bundles.shell.command.Arguments;
import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.Hex;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.bundles.shell.command.NodeSuggestions;
import io.segue.bundles.shell.command.ShellCommand;
import io.segue.bundles.shell.command.Usage;
import io.segue.bundles.shell.output.Text;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.engine.Engine.Block;
import io.segue.kernel.api.engine.Engine.Header;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code chain:block}. */
@Component(
    service = ShellCommand.class,
    property = {"osgi.command.scope=chain", "osgi.command.function=block"})
public final class ChainBlock extends ShellCommand {
  private final NodeAccess access;

  @Activate
  public ChainBlock(@Reference NodeAccess access) {
    super(
        Usage.of("chain:block", "Shows a block: its header, its transactions and their results.")
            .details("Without a height it shows the newest one.")
            .operand("[height]", NodeSuggestions::heights));
    this.access = access;
  }

  @Override
  public Answer run(CommandSession session, Arguments arguments) throws CommandException {
    Engine engine = access.engine();
    Optional<String> asked = arguments.optionalOperand(0);
    long height = asked.isPresent() ? arguments.positive("[height]", asked.get()) : engine.height();
    Block block =
        engine
            .block(height)
            .orElseThrow(
                () ->
                    new CommandException(
                        "there is no block %d here; this node keeps %d to %d"
                            .formatted(height, engine.oldestHeight(), engine.height())));
    List<ExecTxResult> results =
        engine.results(height).map(FinalizeBlockResponse::txResults).orElse(List.of());
    return new Answer(json(block, results), text(block, results));
  }

  private static Map<String, Object> json(Block block, List<ExecTxResult> results) {
    Header header = block.header();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("height", header.height());
    json.put("hash", Hex.of(block.id().hash()));
    json.put("time", header.time());
    json.put("chainId", header.chainId());
    json.put("appVersion", header.appVersion());
    json.put("appHash", Hex.of(header.appHash()));
    json.put("dataHash", Hex.of(header.dataHash()));
    json.put("lastResultsHash", Hex.of(header.lastResultsHash()));
    json.put("validatorsHash", Hex.of(header.validatorsHash()));
    json.put("proposer", Hex.of(header.proposerAddress()));
    List<Object> txs = new ArrayList<>();
    for (int i = 0; i < block.txs().size(); i++) {
      TxSummary tx = TxSummary.of(block.txs().get(i));
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("hash", tx.hash());
      one.put("messages", tx.messages());
      if (i < results.size()) {
        one.put("code", results.get(i).code());
        one.put("gasUsed", results.get(i).gasUsed());
      }
      txs.add(one);
    }
    json.put("txs", txs);
    return json;
  }

  private static String text(Block block, List<ExecTxResult> results) {
    Header header = block.header();
    Map<String, String> text = new LinkedHashMap<>();
    text.put("height", "" + header.height());
    text.put("hash", Hex.of(block.id().hash()));
    text.put("time", header.time().toString());
    text.put("app version", "" + header.appVersion());
    text.put("app hash", Hex.of(header.appHash()) + " of the height before");
    text.put("proposer", Hex.of(header.proposerAddress()));
    text.put("transactions", "" + block.txs().size());
    if (block.txs().isEmpty()) {
      return Text.pairs("", text);
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("HASH", "CODE", "GAS USED", "MESSAGES"));
    for (int i = 0; i < block.txs().size(); i++) {
      TxSummary tx = TxSummary.of(block.txs().get(i));
      boolean known = i < results.size();
      rows.add(
          List.of(
              tx.hash(),
              known ? "" + results.get(i).code() : "",
              known ? "" + results.get(i).gasUsed() : "",
              String.join(", ", tx.messages())));
    }
    return Text.pairs("", text) + Text.table("  ", rows);
  }
}
