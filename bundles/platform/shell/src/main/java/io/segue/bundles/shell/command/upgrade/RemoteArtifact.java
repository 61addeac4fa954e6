package io.segue.bundles.shell.command.upgrade;

import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.Sidecar;
import io.segue.kernel.api.upgrade.SidecarException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An artifact that the operator names by a URL. The sidecar {@code fetch} brings it, so that the
 * rules of its settings count here too. Its digest stands in the URL, in the form that plans use,
 * or in the pending plan.
 */
final class RemoteArtifact {
  private static final Pattern CHECKSUM = Pattern.compile("[?&]checksum=sha256:([0-9a-fA-F]{64})");

  private final NodeAccess access;
  private final Node node;

  RemoteArtifact(NodeAccess access, Node node) {
    this.access = access;
    this.node = node;
  }

  /** The file that the URL leads to, in the node's content store. */
  Path download(String url) throws CommandException {
    Sidecar fetch =
        access
            .sidecar("fetch")
            .orElseThrow(
                () ->
                    new CommandException(
                        "no sidecar fetch runs here: see etc/io.segue.sidecar.fetch.cfg, or"
                            + " download the artifact and deploy the file"));
    Optional<Plan> plan = UpgradePlan.pending(node);
    Sidecar.Task task =
        new Sidecar.Task(
            plan.orElse(new Plan("upgrade:deploy", 1, "")),
            withoutChecksum(url),
            digest(url, plan),
            Map.of(),
            access.home().resolve("data").resolve("artifacts"));
    try {
      return fetch.run(task, (done, total) -> {});
    } catch (SidecarException e) {
      throw new CommandException(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(url + " is not deployed: the download was interrupted");
    }
  }

  /** The digest that a text names, if it names one; lower case. */
  static Optional<String> checksum(String text) {
    Matcher found = CHECKSUM.matcher(text);
    return found.find() ? Optional.of(found.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
  }

  private static String digest(String url, Optional<Plan> plan) throws CommandException {
    Optional<String> digest = checksum(url).or(() -> checksum(plan.map(Plan::info).orElse("")));
    if (digest.isPresent()) {
      return digest.get();
    }
    throw new CommandException(
        url
            + " is not deployed: neither it nor a pending plan names the digest of its bytes. Next:"
            + " put ?checksum=sha256:<digest> behind it, or download and check it, and deploy the"
            + " file");
  }

  private static String withoutChecksum(String url) {
    Matcher checksum = CHECKSUM.matcher(url);
    if (!checksum.find()) {
      return url;
    }
    String rest = url.substring(checksum.end());
    String separator =
        rest.startsWith("&") ? url.substring(checksum.start(), checksum.start() + 1) : "";
    return url.substring(0, checksum.start())
        + separator
        + (separator.isEmpty() ? rest : rest.substring(1));
  }
}
