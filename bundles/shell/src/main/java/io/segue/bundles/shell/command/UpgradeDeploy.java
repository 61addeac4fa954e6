package io.segue.bundles.shell.command;

import io.segue.bundles.shell.CommandException;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.Node.DeployException;
import io.segue.kernel.api.node.Node.Deployed;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code upgrade:deploy}. */
@Component(
    service = ShellCommand.class,
    property = {"osgi.command.scope=upgrade", "osgi.command.function=deploy"})
public final class UpgradeDeploy extends ShellCommand {
  private static final String SUMMARY =
      "Deploys an upgrade's artifact, a bundle or an archive of bundles, into the running node.";
  private static final String DETAILS =
      """
      It is copied, admitted, installed and resolved beside the running code, and runs from its
      plan's height on. A node that holds for it goes on at once. A URL is https, or http on
      this machine, and carries ?checksum=sha256:<digest> unless the pending plan names one.
      """;

  private final NodeAccess access;

  @Activate
  public UpgradeDeploy(@Reference NodeAccess access) {
    super(
        Usage.of("upgrade:deploy", SUMMARY)
            .details(DETAILS)
            .operand("<file or url>", FileNames.artifacts()));
    this.access = access;
  }

  @Override
  Answer run(CommandSession session, Arguments arguments) throws CommandException {
    Node node = access.node();
    String from = arguments.operand(0);
    Path artifact =
        from.contains("://")
            ? new RemoteArtifact(access, node).download(from)
            : Arguments.path(session, from);
    try {
      return answer(node.deploy(artifact));
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
