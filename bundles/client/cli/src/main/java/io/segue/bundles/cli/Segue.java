package io.segue.bundles.cli;

import io.segue.bundles.cli.bench.BenchCommand;
import io.segue.bundles.cli.check.CheckCommand;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.OfflineCommand;
import io.segue.bundles.cli.demo.DemoCommand;
import io.segue.bundles.cli.diverge.DivergeCommand;
import io.segue.bundles.cli.home.ClientDefaults;
import io.segue.bundles.cli.home.ConfigCommand;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.init.InitCommand;
import io.segue.bundles.cli.keys.KeysCommand;
import io.segue.bundles.cli.project.NewCommand;
import io.segue.bundles.cli.query.QueryCommand;
import io.segue.bundles.cli.query.StatusQuery;
import io.segue.bundles.cli.testnet.TestnetCommand;
import io.segue.bundles.cli.tx.TxCommand;
import io.segue.bundles.nodes.NodeException;
import io.segue.kernel.api.node.FailureText;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code segue}. Exit status: 0 done, 1 refused, 2 wrong usage; replay has more. */
@Command(
    name = "segue",
    description = "A blockchain application node that upgrades itself between two blocks.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      InitCommand.class,
      StartHelp.class,
      ExportHelp.class,
      KeysCommand.class,
      TxCommand.class,
      QueryCommand.class,
      StatusQuery.class,
      ShellSessionCommand.class,
      ConfigCommand.class,
      NewCommand.class,
      CheckCommand.class,
      TestnetCommand.class
      // The rest is added by addCommands.
    },
    footer = {"", "Each command has --help. The README has a walk through them."})
public final class Segue implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Missing command");
  }

  /** Runs the command line and ends the process with its exit status. */
  public static void main(String[] args) {
    System.exit(execute(commandLine(), args));
  }

  /**
   * Runs one command line. What the client does not know by itself, a module of the running node
   * may have.
   */
  static int execute(CommandLine commandLine, String... args) {
    try {
      if (args.length > 0 && (args[0].equals("tx") || args[0].equals("query"))) {
        ModuleCommands.addWanted(commandLine, args);
        // What was added prints where the rest does.
        commandLine.setOut(commandLine.getOut());
        commandLine.setErr(commandLine.getErr());
      }
      commandLine.setDefaultValueProvider(new ClientDefaults(args));
    } catch (CliException e) {
      return refuse(commandLine, e, CommandLine.ExitCode.SOFTWARE);
    } catch (CommandLine.ParameterException e) {
      return refuse(commandLine, withHelp(e, e.getMessage()), CommandLine.ExitCode.USAGE);
    }
    return commandLine.execute(args);
  }

  /**
   * The command line with its error policy, which the node's shell has, too: a refusal is one line,
   * without a stack trace, and a wrong usage names the command whose help there is.
   */
  public static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Segue());
    addCommands(commandLine);
    addHomes(commandLine);
    commandLine.setParameterExceptionHandler((wrong, words) -> refuseUsage(wrong));
    commandLine.setExecutionExceptionHandler(
        (exception, failed, parsed) -> {
          if (System.getenv("SEGUE_TRACE") != null) {
            exception.printStackTrace(failed.getErr());
          }
          return refuse(failed, exception, CommandLine.ExitCode.SOFTWARE);
        });
    return commandLine;
  }

  /** Adds the commands of other jars of the client, and behind them those that are listed last. */
  private static void addCommands(CommandLine segue) {
    ServiceLoader.load(OfflineCommand.class).forEach(segue::addSubcommand);
    Stream.of(
            new DivergeCommand(),
            new DemoCommand(),
            new BenchCommand(),
            new CompletionCommand(),
            new VersionCommand())
        .forEach(segue::addSubcommand);
  }

  /** Every command that asks a node finds that of a home: {@link ClientDefaults} looks there. */
  private static void addHomes(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    if (spec.findOption("--node") != null && spec.findOption("--home") == null) {
      spec.addMixin("home", CommandSpec.forAnnotatedObject(new Home()));
    }
    command.getSubcommands().values().forEach(Segue::addHomes);
  }

  private static int refuseUsage(CommandLine.ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    String text = wrong.getMessage();
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      List<String> alike = unmatched.getSuggestions();
      text += alike.isEmpty() ? "" : "; did you mean " + String.join(" or ", alike) + "?";
    } else if (!command.getSubcommands().isEmpty()) {
      command.usage(command.getErr());
    }
    return refuse(command, withHelp(wrong, text), CommandLine.ExitCode.USAGE);
  }

  private static String withHelp(CommandLine.ParameterException wrong, String text) {
    return text + "; see " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help";
  }

  private static int refuse(CommandLine command, Exception refusal, int status) {
    boolean plain = refusal instanceof CliException || refusal instanceof NodeException;
    return refuse(command, plain ? refusal.getMessage() : FailureText.of(refusal), status);
  }

  private static int refuse(CommandLine command, String refusal, int status) {
    command.getErr().println("segue: " + refusal);
    command.getErr().flush();
    return status;
  }
}
