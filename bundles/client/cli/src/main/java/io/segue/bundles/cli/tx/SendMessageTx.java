package io.segue.bundles.cli.tx;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Any;
import io.segue.bundles.cli.chain.ChainTypes;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.module.FieldText;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue tx send-message}. */
@Command(
    name = "send-message",
    description = {
      "Sends messages of any module, given as JSON.",
      "Example: segue tx send-message '{\"@type\": \"/cosmos.bank.v1beta1.MsgSend\", ...}' --from alice"
    },
    mixinStandardHelpOptions = true)
final class SendMessageTx implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private TxOptions options = new TxOptions();
  @Mixin private FromOption from = new FromOption();

  @Parameters(
      paramLabel = "JSON",
      arity = "1..*",
      description =
          "A message with its type in @type, an array of them, or a file with either. Several go"
              + " into one transaction.")
  private List<String> texts = new ArrayList<>();

  @Override
  public Integer call() {
    ChainTypes types = ChainTypes.of(options.node.client());
    List<Any> messages = new ArrayList<>();
    for (String text : texts) {
      JsonNode json = FieldText.json("JSON", text);
      if (json.isArray()) {
        json.forEach(one -> messages.add(types.parseAny(one)));
      } else {
        messages.add(types.parseAny(json));
      }
    }
    if (messages.isEmpty()) {
      throw new CliException("there is no message in the JSON; a transaction has at least one");
    }
    return new TxSender(spec, options, types).send(from.sender(options), messages);
  }
}
