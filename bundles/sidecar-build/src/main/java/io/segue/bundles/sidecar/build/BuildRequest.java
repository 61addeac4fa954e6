package io.segue.bundles.sidecar.build;

import io.segue.kernel.api.upgrade.Sidecar.Task;
import io.segue.kernel.api.upgrade.SidecarException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a plan asks to be built.
 *
 * <pre>
 * {"sidecar": {"name": "build", "commit": "&lt;40 hex digits&gt;", "path": "upgrades/v3"},
 *  "binaries": {"any": "https://host/chain.git?checksum=sha256:&lt;digest of what comes out&gt;"}}
 * </pre>
 *
 * @param repository where the sources are: the plan's URL
 * @param commit full hash; a branch or a tag could be moved
 * @param path folder in the repository, without slashes around it; empty for all of it
 * @param sha256 digest that the artifact has to have
 */
record BuildRequest(String repository, String commit, String path, String sha256) {
  private static final Set<String> PARAMETERS = Set.of("commit", "path");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern PATH = Pattern.compile("([A-Za-z0-9_][A-Za-z0-9._-]*/?)*");

  /**
   * Reads the parameters of a task.
   *
   * @throws SidecarException with the parameter that is missing or wrong
   */
  static BuildRequest of(Task task) throws SidecarException {
    String plan = "plan " + task.plan().name();
    Set<String> unknown = new TreeSet<>(task.parameters().keySet());
    unknown.removeAll(PARAMETERS);
    if (!unknown.isEmpty()) {
      throw wrong(plan, "it has the parameters " + unknown + ", which the sidecar does not know");
    }
    String commit = task.parameters().getOrDefault("commit", "");
    if (!COMMIT.matcher(commit).matches()) {
      throw wrong(
          plan, "parameter commit (\"" + commit + "\") is not a full hash of 40 lower-case digits");
    }
    String path = task.parameters().getOrDefault("path", "");
    if (!PATH.matcher(path).matches()) {
      throw wrong(plan, "parameter path (\"" + path + "\") is no relative folder like upgrades/v3");
    }
    if (!SHA256.matcher(task.sha256()).matches()) {
      throw wrong(plan, "it names no digest of the artifact");
    }
    return new BuildRequest(
        task.url(),
        commit,
        path.endsWith("/") ? path.substring(0, path.length() - 1) : path,
        task.sha256());
  }

  /** The request as messages name it. */
  String what() {
    return repository + " at " + commit + (path.isEmpty() ? "" : ", folder " + path);
  }

  private static SidecarException wrong(String plan, String reason) {
    return BuildRules.refused(
        plan, reason, "have governance cancel the plan and schedule it with a right info");
  }
}
