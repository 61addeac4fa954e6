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
 * @param maven whether the operator's Maven builds it; parameter {@code with} is {@code maven} then
 * @param sha256 digest that the artifact has to have
 */
record BuildRequest(String repository, String commit, String path, boolean maven, String sha256) {
  private static final Set<String> PARAMETERS = Set.of("commit", "path", "with");
  private static final String JAVAC = "javac";
  private static final String MAVEN = "maven";
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern PATH = Pattern.compile("(\\w[\\w.-]*(/\\w[\\w.-]*)*/?)?");

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
    if (!SHA256.matcher(task.sha256()).matches()) {
      throw wrong(plan, "it names no digest of the artifact");
    }
    return of(
        plan,
        task.url(),
        task.parameters().getOrDefault("commit", ""),
        task.parameters().getOrDefault("path", ""),
        task.parameters().getOrDefault("with", JAVAC),
        task.sha256());
  }

  /**
   * A request whose digest is not known yet.
   *
   * @throws SidecarException with the part that is wrong
   */
  static BuildRequest of(String repository, String commit, String path) throws SidecarException {
    return of(repository, repository, commit, path, JAVAC, "");
  }

  private static BuildRequest of(
      String what, String repository, String commit, String path, String with, String sha256)
      throws SidecarException {
    if (!COMMIT.matcher(commit).matches()) {
      throw wrong(
          what, "parameter commit (\"" + commit + "\") is not a full hash of 40 lower-case digits");
    }
    if (!PATH.matcher(path).matches()) {
      throw wrong(what, "parameter path (\"" + path + "\") is no relative folder like upgrades/v3");
    }
    if (!with.equals(JAVAC) && !with.equals(MAVEN)) {
      throw wrong(what, "parameter with (\"" + with + "\") is neither javac nor maven");
    }
    return new BuildRequest(
        repository,
        commit,
        path.endsWith("/") ? path.substring(0, path.length() - 1) : path,
        with.equals(MAVEN),
        sha256);
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
