package io.segue.bundles.sidecar.build;

import io.segue.kernel.api.upgrade.SidecarException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URISyntaxException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;

/**
 * Fetches one commit of a repository, alone where the server gives single commits, else with its
 * history. Objects are checked against their hashes. Nothing is checked out: files are read from
 * the commit's tree, so no hook, filter, link or attribute ever works.
 */
final class GitSource {
  private static final RefSpec ALL = new RefSpec("+refs/heads/*:refs/remotes/any/*");
  private static final RefSpec ALL_TAGS = new RefSpec("+refs/tags/*:refs/tags/*");

  private final BuildRules rules;
  private final BuildRequest request;
  private final FetchMonitor monitor;
  private final BuildLog log;

  GitSource(BuildRules rules, BuildRequest request, FetchMonitor monitor, BuildLog log) {
    this.rules = rules;
    this.request = request;
    this.monitor = monitor;
    this.log = log;
    IsolatedGit.install();
  }

  /**
   * The files of the commit, below the path of the request.
   *
   * @param folder an empty one, for the repository
   */
  SourceTree fetch(Path folder) throws SidecarException, IOException, InterruptedException {
    rules.admit(request.repository());
    try (Repository repository =
        new FileRepositoryBuilder().setBare().setGitDir(folder.toFile()).build()) {
      repository.create(true);
      restrict(repository);
      RevCommit commit = fetch(repository, folder);
      return new TreeReader(rules, request).read(repository, commit.getTree());
    }
  }

  private static void restrict(Repository repository) throws IOException {
    StoredConfig config = repository.getConfig();
    // A redirect would lead past the allowed hosts.
    config.setString("http", null, "followRedirects", "false");
    config.setBoolean("transfer", null, "fsckObjects", true);
    // Nothing tidies up behind the fetch: the repository is gone soon.
    config.setInt("gc", null, "auto", 0);
    config.setInt("gc", null, "autoPackLimit", 0);
    config.setBoolean("gc", null, "autoDetach", false);
    config.save();
  }

  private RevCommit fetch(Repository repository, Path folder)
      throws SidecarException, IOException, InterruptedException {
    monitor.watch(folder);
    monitor.stopIfAsked();
    try {
      try {
        log.say("fetching " + request.commit() + " alone");
        return transfer(repository, 1, List.of(new RefSpec(request.commit() + ":refs/heads/it")));
      } catch (TransportException | MissingObjectException e) {
        stopIfAsked(e);
        log.say("the server does not give it alone (" + e.getMessage() + "); fetching all");
        return transfer(repository, 0, List.of(ALL, ALL_TAGS));
      }
    } catch (MissingObjectException | IncorrectObjectTypeException e) {
      throw BuildRules.refused(
          request.what(),
          "the repository has no such commit",
          "push it there, or cancel the plan; then upgrade:status shows the next try");
    } catch (NotSupportedException e) {
      throw BuildRules.refused(
          request.what(), String.valueOf(e.getMessage()), "have the plan's info corrected");
    } catch (TransportException e) {
      stopIfAsked(e);
      throw new SidecarException(
          "%s is not fetched: %s. Next: check the network and the repository, or build it and deploy"
                  .formatted(request.what(), e.getMessage())
              + " it: upgrade:deploy <file>",
          true,
          e);
    }
  }

  /** A thread's interrupt shows first as a broken connection; a timeout has a message. */
  private void stopIfAsked(Throwable failure) throws SidecarException, InterruptedException {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof ClosedByInterruptException
          || (e.getClass() == InterruptedIOException.class && e.getMessage() == null)) {
        Thread.currentThread().interrupt();
      }
    }
    monitor.stopIfAsked();
  }

  private RevCommit transfer(Repository repository, int depth, List<RefSpec> wanted)
      throws IOException, SidecarException {
    try (Transport transport = Transport.open(repository, new URIish(request.repository()))) {
      transport.setTagOpt(TagOpt.NO_TAGS);
      transport.setTimeout(rules.readTimeoutMs / 1_000);
      transport.setCheckFetchedObjects(true);
      if (depth > 0) {
        transport.setDepth(depth);
      }
      transport.fetch(monitor, wanted);
    } catch (URISyntaxException e) {
      throw BuildRules.refused(
          request.what(), "it is no URL: " + e.getMessage(), "have the plan's info corrected");
    }
    try (RevWalk walk = new RevWalk(repository)) {
      return walk.parseCommit(ObjectId.fromString(request.commit()));
    }
  }

  /** Removes a folder and what is in it. */
  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
