package io.segue.bundles.shell.command;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;

/** Runs commands as the shell does, in a real Gogo without a framework. */
final class Gogo {
  private final CommandProcessorImpl processor = new CommandProcessorImpl(new ThreadIOImpl());

  /** All our commands on one access to a node. */
  static Gogo with(NodeAccess access) {
    Gogo gogo = new Gogo();
    gogo.processor.addCommand("node", new NodeStatus(access), "status");
    gogo.processor.addCommand("upgrade", new UpgradePlan(access), "plan");
    gogo.processor.addCommand("upgrade", new UpgradeProgress(access), "status");
    gogo.processor.addCommand("upgrade", new UpgradeDeploy(access), "deploy");
    gogo.processor.addCommand("upgrade", new UpgradeGenerations(access), "generations");
    gogo.processor.addCommand("gov", new GovProposals(access), "proposals");
    return gogo;
  }

  /** Runs a line and answers with what it printed. */
  String run(String line) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CommandSession session =
        processor.createSession(InputStream.nullInputStream(), out, out)) {
      session.put(CommandSession.OPTION_NO_GLOB, true);
      session.currentDir(Path.of("/srv/here"));
      session.execute(line);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
