package io.segue.bundles.shell.command;

import io.segue.bundles.shell.client.TypedLine;
import io.segue.bundles.shell.command.chain.ChainBlock;
import io.segue.bundles.shell.command.chain.ChainTx;
import io.segue.bundles.shell.command.gov.GovProposal;
import io.segue.bundles.shell.command.gov.GovProposals;
import io.segue.bundles.shell.command.node.LogLevel;
import io.segue.bundles.shell.command.node.ModuleVersions;
import io.segue.bundles.shell.command.node.NodeStatus;
import io.segue.bundles.shell.command.store.StoreCheckpoint;
import io.segue.bundles.shell.command.store.StoreGet;
import io.segue.bundles.shell.command.store.StoreList;
import io.segue.bundles.shell.command.store.StoreSnapshots;
import io.segue.bundles.shell.command.store.StoreVerify;
import io.segue.bundles.shell.command.upgrade.UpgradeCancelPrepared;
import io.segue.bundles.shell.command.upgrade.UpgradeCheck;
import io.segue.bundles.shell.command.upgrade.UpgradeDeploy;
import io.segue.bundles.shell.command.upgrade.UpgradeGenerations;
import io.segue.bundles.shell.command.upgrade.UpgradeHistory;
import io.segue.bundles.shell.command.upgrade.UpgradePlan;
import io.segue.bundles.shell.command.upgrade.UpgradePrepare;
import io.segue.bundles.shell.command.upgrade.UpgradeProgress;
import io.segue.bundles.shell.command.upgrade.UpgradeRetry;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;

/** Runs commands as the shell does, in a real Gogo without a framework. */
public final class Gogo {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final CommandList commands = new CommandList();
  private NodeAccess access = new NodeAccess(Path.of("/"));
  private final CommandProcessorImpl processor = new CommandProcessorImpl(new ThreadIOImpl());

  /** All our commands on one access to a node. */
  public static Gogo with(NodeAccess access) {
    Gogo gogo = new Gogo();
    gogo.access = access;
    for (ShellCommand command : all(access)) {
      gogo.commands.add(command);
      String[] name = ("segue:" + command.usage().name()).split(":");
      gogo.processor.addCommand(name[name.length - 2], command, name[name.length - 1]);
    }
    gogo.processor.addCommand("segue", new Help(gogo.commands), "help");
    return gogo;
  }

  private static List<ShellCommand> all(NodeAccess access) {
    return List.of(
        new NodeStatus(access),
        new UpgradePlan(access),
        new UpgradeProgress(access),
        new UpgradeDeploy(access),
        new UpgradeCheck(access),
        new UpgradeGenerations(access),
        new GovProposals(access),
        new GovProposal(access),
        new ChainBlock(access),
        new ChainTx(access),
        new ModuleVersions(access),
        new UpgradeHistory(access),
        new UpgradePrepare(access),
        new UpgradeRetry(access),
        new UpgradeCancelPrepared(access),
        new StoreList(access),
        new StoreSnapshots(access),
        new StoreGet(access),
        new StoreVerify(access),
        new StoreCheckpoint(access),
        new UpgradeCheck(access),
        new LogLevel(),
        new Grep());
  }

  public List<Usage> usages() {
    return commands.all();
  }

  /** How a line may go on, by the words alone. */
  public List<String> complete(String line, Path directory) {
    List<String> felix = List.of("felix:lb", "felix:headers", "gogo:grope");
    return new Completion(access, commands)
        .complete(TypedLine.of(line), felix, directory).stream().map(Suggestion::value).toList();
  }

  /** Runs a line and answers with what it printed. */
  public String run(String line) throws Exception {
    out.reset();
    try (CommandSession session =
        processor.createSession(InputStream.nullInputStream(), out, out)) {
      session.put(CommandSession.OPTION_NO_GLOB, true);
      session.put("SCOPE", "segue:*");
      session.currentDir(Path.of("/srv/here"));
      session.execute(line);
    }
    return printed();
  }

  /** What the last line printed, whether it failed or not. */
  public String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
