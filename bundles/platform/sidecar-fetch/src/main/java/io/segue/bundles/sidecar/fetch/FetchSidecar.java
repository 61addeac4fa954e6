package io.segue.bundles.sidecar.fetch;

import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.upgrade.Sidecar;
import io.segue.kernel.api.upgrade.SidecarException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sidecar {@code fetch}: brings an artifact by HTTP. The digest is mandatory and is that of the
 * whole; what the content store already has, with the right digest, is not downloaded again. The
 * operator's settings ({@link FetchSettings}) say what may be asked for; changed settings count
 * from the next run on.
 *
 * <p>Thread safety: {@link #run} may be called from several threads; only runs that bring the same
 * artifact take turns.
 */
@Component(
    configurationPid = "io.segue.sidecar.fetch",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class FetchSidecar implements Sidecar {
  private static final Logger log = LoggerFactory.getLogger(FetchSidecar.class);
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final FetchRules rules;
  private final Map<Path, Run> runs = new ConcurrentHashMap<>();

  /** Those who bring one artifact, one after the other. */
  private static final class Run {
    private final ReentrantLock turn = new ReentrantLock();
    private int callers;
  }

  @Activate
  public FetchSidecar(FetchSettings settings) {
    this.rules = new FetchRules(settings);
  }

  @Override
  public String name() {
    return "fetch";
  }

  @Override
  public Path run(Task task, Progress progress) throws SidecarException, InterruptedException {
    if (!SHA256.matcher(task.sha256()).matches()) {
      throw FetchRules.refused(
          task.url(),
          "the digest asked for (\"" + task.sha256() + "\") is not 64 lower-case hex digits",
          "have the URL carry ?checksum=sha256:<digest of the artifact>");
    }
    Path present = task.directory().resolve(task.sha256());
    Run run = begin(present);
    try {
      run.turn.lockInterruptibly();
      try {
        return bring(task, progress, present);
      } finally {
        run.turn.unlock();
      }
    } finally {
      end(present);
    }
  }

  private Run begin(Path artifact) {
    return Objects.requireNonNull(
        runs.compute(
            artifact,
            (path, there) -> {
              Run run = there == null ? new Run() : there;
              run.callers++;
              return run;
            }));
  }

  private void end(Path artifact) {
    runs.computeIfPresent(artifact, (path, run) -> --run.callers == 0 ? null : run);
  }

  private Path bring(Task task, Progress progress, Path present)
      throws SidecarException, InterruptedException {
    if (isWhole(present, task.sha256())) {
      long size = present.toFile().length();
      progress.at(size, size);
      return present;
    }
    long beginNs = System.nanoTime();
    Path file = new Download(rules, progress).to(task.directory(), task.url(), task.sha256());
    log.info(
        "Fetched {}: {} bytes in {} ms",
        task.url(),
        file.toFile().length(),
        (System.nanoTime() - beginNs) / 1_000_000);
    return file;
  }

  /** Whether the store has the artifact; a file that is damaged is fetched again. */
  private static boolean isWhole(Path file, String sha256)
      throws SidecarException, InterruptedException {
    try {
      return Files.isRegularFile(file) && Digests.of(file).equals(sha256);
    } catch (ClosedByInterruptException e) {
      throw Digests.interrupted();
    } catch (IOException e) {
      throw new SidecarException(
          "%s can't be read: %s. Next: fix or delete the file".formatted(file, FailureText.of(e)),
          true,
          e);
    }
  }
}
