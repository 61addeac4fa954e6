package io.segue.bundles.cli;

import io.segue.bundles.cli.bench.BenchCommand;
import io.segue.bundles.cli.demo.DemoCommand;
import io.segue.bundles.cli.project.NewCommand;
import io.segue.bundles.cli.query.QueryCommand;
import io.segue.bundles.cli.query.StatusQuery;
import io.segue.bundles.cli.replay.ReplayCommand;
import io.segue.bundles.cli.testnet.TestnetCommand;
import io.segue.bundles.cli.tx.TxCommand;
import io.segue.kernel.api.node.FailureText;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

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
      ShellCommand.class,
      ConfigCommand.class,
      NewCommand.class,
      TestnetCommand.class,
      BlocksCommand.class,
      RollbackCommand.class,
      ReplayCommand.class,
      DemoCommand.class,
      BenchCommand.class,
      CompletionCommand.class,
      VersionCommand.class
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
      return refuse(commandLine, e, CommandLine.ExitCode.USAGE);
    }
    return commandLine.execute(args);
  }

  private static int refuse(CommandLine commandLine, RuntimeException refusal, int status) {
    commandLine.getErr().println("segue: " + refusal.getMessage());
    commandLine.getErr().flush();
    return status;
  }

  /** The command line with its error policy: a refusal is one line, without a stack trace. */
  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Segue());
    commandLine.setExecutionExceptionHandler(
        (exception, failed, parsed) -> {
          String text =
              exception instanceof CliException
                  ? exception.getMessage()
                  : FailureText.of(exception);
          failed.getErr().println("segue: " + text);
          if (System.getenv("SEGUE_TRACE") != null) {
            exception.printStackTrace(failed.getErr());
          }
          return CommandLine.ExitCode.SOFTWARE;
        });
    return commandLine;
  }
}
