package io.segue.bundles.cli.home;

import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.OwnerFiles;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the command line does where an option does not say otherwise: {@code config/client.toml} of
 * the home, as the Cosmos SDK names it, with lines of the form {@code key = "value"}.
 */
public final class ClientFile {
  /** What may stand in the file. */
  public enum Key {
    CHAIN_ID("chain-id", "The chain to sign for; a node of another one is refused."),
    KEYRING_DIR("keyring-dir", "Folder with the keys, seen from this home. Empty: its keys/."),
    NODE("node", "JSON-RPC of the node to ask. Empty: the port of this home's own node."),
    OUTPUT("output", "How results are printed: text or json.");

    private final String text;
    private final String meaning;

    Key(String text, String meaning) {
      this.text = text;
      this.meaning = meaning;
    }

    /**
     * The key of a name.
     *
     * @throws CliException where there is none; names all
     */
    static Key of(String name) {
      for (Key key : values()) {
        if (key.text.equals(name)) {
          return key;
        }
      }
      throw new CliException(
          "the client's file has no key '"
              + name
              + "'; it has chain-id, keyring-dir, node and output");
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static final String NAME = "client.toml";
  private static final Pattern LINE =
      Pattern.compile("\\s*([A-Za-z0-9_-]+)\\s*=\\s*\"?([^\"#]*?)\"?\\s*(?:#.*)?");
  private static final Pattern PORT = Pattern.compile("(?m)^\\s*port\\s*=\\s*([1-9]\\d*)\\s*$");

  private static final Pattern RPC = Pattern.compile("(?m)^\\s*rpc\\s*=\\s*(\\S+)\\s*$");

  private final Home home;

  public ClientFile(Home home) {
    this.home = home;
  }

  /**
   * What the file says; an empty value says nothing.
   *
   * @throws CliException where a line is neither of the form nor a comment, or its key or value is
   *     refused; names file and line
   */
  Map<Key, String> all() {
    Map<Key, String> values = new EnumMap<>(Key.class);
    int number = 0;
    for (String line : text(file()).lines().toList()) {
      number++;
      if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
        try {
          read(line, values);
        } catch (CliException e) {
          throw new CliException(file() + ", line " + number + ": " + e.getMessage(), e);
        }
      }
    }
    return values;
  }

  private static void read(String line, Map<Key, String> values) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new CliException("write key = \"value\", not " + line.strip());
    }
    Key key = Key.of(parts.group(1));
    String value = parts.group(2);
    check(key, value);
    if (!value.isEmpty()) {
      values.put(key, value);
    }
  }

  /**
   * Changes a key; makes the file where there is none.
   *
   * @throws CliException where the value is none of the key's
   */
  public void set(Key key, String value) {
    check(key, value);
    String before = text(file());
    String after =
        SettingsText.set(before.isEmpty() ? template() : before, key.text, quoted(value));
    try {
      if (!OwnerFiles.isThere(file())) {
        OwnerFiles.makeFolder(file().getParent());
        OwnerFiles.writeNew(file(), after);
      } else {
        Files.writeString(file(), after);
      }
    } catch (IOException e) {
      throw new CliException(file() + " can't be written: " + FailureText.of(e), e);
    }
  }

  /** Where this home's own JSON-RPC is, as its settings say; empty where it has none. */
  Optional<String> ownNode() {
    Matcher comet = RPC.matcher(text(home.etc().resolve("io.segue.consensus.comet.cfg")));
    if (comet.find()) {
      return Optional.of(comet.group(1));
    }
    Matcher port = PORT.matcher(text(home.etc().resolve("io.segue.rpc.cfg")));
    return port.find() ? Optional.of("http://127.0.0.1:" + port.group(1)) : Optional.empty();
  }

  private static void check(Key key, String value) {
    if (value.indexOf('"') >= 0 || value.indexOf('\n') >= 0) {
      throw new CliException("a value of " + key + " has neither quotes nor line breaks");
    }
    if (key == Key.OUTPUT && !value.matches("text|json|")) {
      throw new CliException("output '" + value + "' is refused; it is text or json");
    }
    if (key == Key.NODE && !value.isEmpty()) {
      new NodeClient(value);
    }
  }

  private static String template() {
    StringBuilder text = new StringBuilder("# Defaults of segue's options.\n");
    for (Key key : Key.values()) {
      String value = key == Key.OUTPUT ? "text" : "";
      text.append("\n# ").append(key.meaning).append("\n");
      text.append(key).append(" = ").append(quoted(value)).append("\n");
    }
    return text.toString();
  }

  private static String quoted(String value) {
    return "\"" + value + "\"";
  }

  private Path file() {
    return home.config(NAME);
  }

  /** Empty where there is no such file; a home that can't be entered has none to read. */
  private static String text(Path file) {
    try {
      return Files.isReadable(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      throw new CliException(file + " can't be read: " + FailureText.of(e), e);
    }
  }
}
