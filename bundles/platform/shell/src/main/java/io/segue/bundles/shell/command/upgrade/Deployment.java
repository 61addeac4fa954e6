package io.segue.bundles.shell.command.upgrade;

import io.segue.bundles.shell.command.Answer;
import io.segue.bundles.shell.command.Arguments;
import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.bundles.shell.output.Text;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.Node.DeployException;
import io.segue.kernel.api.node.Node.DeployOptions;
import io.segue.kernel.api.node.Node.Deployed;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;

/** Brings an artifact into the node, for the commands that take one. */
final class Deployment {
  private final NodeAccess access;

  Deployment(NodeAccess access) {
    this.access = access;
  }

  /**
   * Deploys a file, or what a URL leads to.
   *
   * @throws CommandException where it is refused, with the reason and what to do
   */
  Answer deploy(CommandSession session, String from, DeployOptions options)
      throws CommandException {
    Node node = access.node();
    Path artifact =
        from.contains("://")
            ? new RemoteArtifact(access, node).download(from)
            : Arguments.path(session, from);
    try {
      return answer(node.deploy(artifact, options));
    } catch (DeployException e) {
      throw new CommandException(from + " is not deployed: " + e.getMessage());
    }
  }

  private static Answer answer(Deployed deployed) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("plan", deployed.plan());
    json.put("sha256", deployed.sha256());
    json.put("generationDigest", deployed.generationDigest());
    json.put("bundles", deployed.bundles());
    Map<String, String> text = new LinkedHashMap<>();
    text.put("deployed for plan", deployed.plan());
    text.put("SHA-256", deployed.sha256());
    text.put("generation", deployed.generationDigest());
    String separator = "\n  ";
    return new Answer(
        json,
        Text.pairs("", text)
            + "bundles"
            + separator
            + String.join(separator, deployed.bundles())
            + "\n");
  }
}
