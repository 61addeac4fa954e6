package io.segue.kernel.api.upgrade;

import java.nio.file.Path;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Attends to what lies outside the chain before an upgrade: brings the bytes of its bundles. A
 * platform bundle publishes it as a service; the kernel calls it in the background, after a plan is
 * scheduled, and again with growing pauses after a failure while there is time.
 */
@ConsumerType
public interface Sidecar {
  /** Name that a plan's info uses; {@code fetch}. */
  String name();

  /**
   * Brings the artifact. Blocks; stops soon after an interrupt.
   *
   * @return the file, below {@link Task#directory}, complete and with the digest asked for
   * @throws SidecarException with what was refused, why, and what the operator does next
   * @throws InterruptedException when the plan was cancelled or the node stops
   */
  Path run(Task task, Progress progress) throws SidecarException, InterruptedException;

  /**
   * What to bring.
   *
   * @param plan the plan
   * @param url where it is
   * @param sha256 its digest, 64 lower-case hex digits
   * @param parameters from the plan's info
   * @param directory the content store: a file in it is named by its digest
   */
  record Task(
      Plan plan, String url, String sha256, Map<String, String> parameters, Path directory) {}

  /** Hears how far it is; any thread. */
  @FunctionalInterface
  interface Progress {
    /** {@code totalBytes} is -1 where it is not known. */
    void at(long doneBytes, long totalBytes);
  }
}
