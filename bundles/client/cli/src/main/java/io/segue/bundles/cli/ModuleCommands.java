package io.segue.bundles.cli;

import com.google.protobuf.Descriptors.GenericDescriptor;
import io.segue.bundles.cli.chain.Modules;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.chain.NodeTypes;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.home.NodeOption;
import io.segue.bundles.cli.query.MethodQuery;
import io.segue.bundles.cli.tx.MessageTx;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Adds the commands of the running node's modules to {@code tx} and {@code query}, from the node's
 * descriptors. A command that the client has itself stays as it is, and asks no node.
 */
final class ModuleCommands {
  private static final String TX = "tx";

  private final CommandLine root;
  private final String kind;
  private final String module;
  private final String command;

  private ModuleCommands(CommandLine root, String... words) {
    this.root = root;
    this.kind = words[0];
    this.module = word(words, 1);
    this.command = module.isEmpty() ? "" : word(words, 2);
  }

  /** Makes a command of a message or a query. */
  @FunctionalInterface
  private interface Maker<T> {
    /** The command, with the path of the commands above it. */
    CommandSpec make(String path, String name, T type);
  }

  /**
   * Adds what a command line asks for and the client does not have: one command, those of a module,
   * or for a list the names of all. A list is made without a node where none answers.
   *
   * @param words of the command line; the first is {@code tx} or {@code query}
   * @throws CliException where none answers
   * @throws ParameterException where the node has no such module or command
   */
  static void addWanted(CommandLine commandLine, String... words) {
    CommandLine root = commandLine.getSubcommands().get(words[0]);
    new ModuleCommands(root, words).addWanted(NodeOption.given(words));
  }

  /** Adds the commands of all modules that a node has. */
  static void addAll(CommandLine commandLine, String url) {
    NodeTypes types = NodeTypes.ask(new NodeClient(url));
    Modules modules = Modules.of(types.files());
    for (String kind : new String[] {TX, "query"}) {
      CommandLine root = commandLine.getSubcommands().get(kind);
      Collection<String> names =
          kind.equals(TX) ? modules.messages().keySet() : modules.queries().keySet();
      names.forEach(name -> new ModuleCommands(root, kind, name).add(types, modules));
    }
  }

  private void addWanted(String url) {
    CommandLine own = root.getSubcommands().get(module);
    if (own != null
        && (own.getSubcommands().isEmpty() || own.getSubcommands().containsKey(command))) {
      return;
    }
    try {
      NodeTypes types = NodeTypes.ask(new NodeClient(url));
      add(types, Modules.of(types.files()));
    } catch (CliException e) {
      boolean lists = module.isEmpty() || own != null && command.isEmpty();
      if (!lists) {
        throw new CliException(
            "the client has no command '"
                + (kind + " " + module + " " + command).strip()
                + "' of its own, and asks the node for those of its modules: "
                + e.getMessage(),
            e);
      }
      (own == null ? root : own)
          .getCommandSpec()
          .usageMessage()
          .footer("", "What the modules of the node have besides is not here: " + e.getMessage());
    }
  }

  private void add(NodeTypes types, Modules modules) {
    if (kind.equals(TX)) {
      add(modules.messages(), (path, name, type) -> MessageTx.spec(path, name, type, types));
    } else {
      add(modules.queries(), (path, name, query) -> MethodQuery.spec(path, name, query, types));
    }
  }

  private <T extends GenericDescriptor> void add(
      SortedMap<String, SortedMap<String, T>> modules, Maker<T> maker) {
    if (module.isEmpty()) {
      modules.forEach(this::addName);
      return;
    }
    SortedMap<String, T> commands = modules.get(module);
    if (commands == null) {
      throw new ParameterException(
          root,
          "the node has no module '" + module + "' for " + kind + "; it has " + known(modules));
    }
    CommandLine group = group(commands);
    String path = "segue " + kind + " " + module;
    for (Map.Entry<String, T> named : commands.entrySet()) {
      boolean wanted = command.isEmpty() || command.equals(named.getKey());
      if (wanted && !group.getSubcommands().containsKey(named.getKey())) {
        CommandSpec made = maker.make(path, named.getKey(), named.getValue());
        made.usageMessage().hidden(named.getKey().indexOf('.') >= 0);
        group.addSubcommand(new CommandLine(made));
      }
    }
    if (!command.isEmpty() && !group.getSubcommands().containsKey(command)) {
      T named =
          commands.values().stream()
              .filter(type -> type.getFullName().equals(command))
              .findFirst()
              .orElseThrow(() -> unknown(group, commands));
      group.addSubcommand(new CommandLine(maker.make(path, command, named)));
    }
  }

  private ParameterException unknown(CommandLine group, SortedMap<String, ?> commands) {
    TreeSet<String> known = new TreeSet<>(group.getSubcommands().keySet());
    known.addAll(commands.keySet());
    return new ParameterException(
        group,
        "module '"
            + module
            + "' has no command '"
            + command
            + "' for "
            + kind
            + "; it has "
            + String.join(", ", known));
  }

  /** In a list of modules one stands with the names of its commands. */
  private void addName(String name, SortedMap<String, ?> commands) {
    if (!root.getSubcommands().containsKey(name)) {
      root.addSubcommand(new CommandLine(groupSpec(name, commands)));
    }
  }

  private CommandLine group(SortedMap<String, ?> commands) {
    if (!root.getSubcommands().containsKey(module)) {
      root.addSubcommand(new CommandLine(groupSpec(module, commands)));
    }
    return root.getSubcommands().get(module);
  }

  private static CommandSpec groupSpec(String name, SortedMap<String, ?> commands) {
    CommandSpec[] self = new CommandSpec[1];
    Runnable missing =
        () -> {
          throw new ParameterException(self[0].commandLine(), "Missing command");
        };
    self[0] = CommandSpec.wrapWithoutInspection(missing).name(name).mixinStandardHelpOptions(true);
    self[0]
        .usageMessage()
        .synopsisSubcommandLabel("COMMAND")
        .description("Of the node's module: " + String.join(", ", commands.keySet()) + ".");
    return self[0];
  }

  private String known(SortedMap<String, ?> modules) {
    TreeSet<String> known = new TreeSet<>(modules.keySet());
    root.getSubcommands().entrySet().stream()
        .filter(own -> !own.getValue().getSubcommands().isEmpty())
        .forEach(own -> known.add(own.getKey()));
    return String.join(", ", known);
  }

  private static String word(String[] words, int index) {
    return index < words.length && !words[index].startsWith("-") ? words[index] : "";
  }
}
