package io.segue.bundles.shell.command.store;

import io.segue.bundles.shell.command.Answer;
import io.segue.bundles.shell.command.Arguments;
import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.Hex;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.bundles.shell.command.NodeSuggestions;
import io.segue.bundles.shell.command.ShellCommand;
import io.segue.bundles.shell.command.Suggestions;
import io.segue.bundles.shell.command.Usage;
import io.segue.bundles.shell.output.Text;
import io.segue.kernel.api.abci.Abci.QueryRequest;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code store:get}. A key is written as CometBFT's JSON-RPC takes it: text, or 0x and hex. */
@Component(
    service = ShellCommand.class,
    property = {"osgi.command.scope=store", "osgi.command.function=get"})
public final class StoreGet extends ShellCommand {
  private static final String IN_HEX = "0x";

  private final NodeAccess access;

  @Activate
  public StoreGet(@Reference NodeAccess access) {
    super(
        Usage.of("store:get", "Shows the value of a key in a store.")
            .details(
                """
                A key is text, or hex digits behind 0x: store:get acc 0x01ab.
                """)
            .operand("<store>", NodeSuggestions::stores)
            .operand("<key>", Suggestions.NONE)
            .option(HEIGHT, "<height>", HEIGHT_MEANING, NodeSuggestions::heights));
    this.access = access;
  }

  @Override
  public Answer run(CommandSession session, Arguments arguments) throws CommandException {
    String store = arguments.operand(0);
    String asked = arguments.operand(1);
    byte[] key = key(asked);
    QueryResponse response =
        access
            .application()
            .query(
                new QueryRequest(
                    key, "/store/" + store + "/key", arguments.number(HEIGHT).orElse(0), false));
    if (response.code() != 0 || !response.log().isEmpty()) {
      throw new CommandException(
          "store %s can't be read at height %d: %s; store:list --height %d lists what is there"
              .formatted(store, response.height(), response.log(), response.height()));
    }
    if (response.value().length == 0) {
      throw new CommandException(
          "store %s has no key %s at height %d; a key in hex starts with 0x"
              .formatted(store, asked, response.height()));
    }
    return answer(store, key, response, description(store, key, response.height()));
  }

  /** The entry in the words of its module; empty where it has none. */
  private String description(String store, byte[] key, long height) throws CommandException {
    QueryRequest request = new QueryRequest(key, "/store/" + store + "/describe", height, false);
    return new String(access.application().query(request).value(), StandardCharsets.UTF_8);
  }

  private static byte[] key(String text) throws CommandException {
    return text.startsWith(IN_HEX)
        ? Hex.parse("a key behind 0x", text.substring(IN_HEX.length()))
        : text.getBytes(StandardCharsets.UTF_8);
  }

  private static Answer answer(
      String store, byte[] key, QueryResponse response, String description) {
    byte[] value = response.value();
    Optional<String> readable = readable(value);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("store", store);
    json.put("height", response.height());
    json.put("key", Hex.of(key));
    json.put("value", Hex.of(value));
    json.put("text", readable.orElse(null));
    json.put("means", description.isEmpty() ? null : description);
    Map<String, String> text = new LinkedHashMap<>();
    text.put("height", "" + response.height());
    text.put("key", IN_HEX + Hex.of(key));
    text.put("value", IN_HEX + Hex.of(value));
    readable.ifPresent(words -> text.put("as text", words));
    if (!description.isEmpty()) {
      text.put("means", description);
    }
    text.put("size", value.length + " bytes");
    return new Answer(json, Text.pairs("", text));
  }

  /** Bytes as text, where all of them are printable. */
  private static Optional<String> readable(byte[] value) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
      return text.chars().noneMatch(Character::isISOControl) ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
