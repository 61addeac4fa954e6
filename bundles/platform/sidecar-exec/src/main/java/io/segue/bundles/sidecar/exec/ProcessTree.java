package io.segue.bundles.sidecar.exec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program and all that it started, also what outlives it. Asked to end, each gets a polite signal
 * and, after a grace, one that can't be ignored.
 */
final class ProcessTree {
  private static final long LOOK_EVERY_MS = 100;

  private final Process program;
  private final Map<Long, ProcessHandle> seen = new LinkedHashMap<>();

  ProcessTree(Process program) {
    this.program = program;
  }

  /** Waits for the program's end; false where it did not end in time. */
  boolean await(long timeoutMs) throws InterruptedException {
    long endNs = System.nanoTime() + timeoutMs * 1_000_000;
    while (System.nanoTime() - endNs < 0) {
      look();
      if (program.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    return false;
  }

  /** Ends what is left of the tree; returns when all is gone or was sent the last signal. */
  void end(long graceMs) {
    look();
    seen.values().forEach(ProcessHandle::destroy);
    program.destroy();
    long endNs = System.nanoTime() + graceMs * 1_000_000;
    boolean interrupted = false;
    while (anyAlive() && System.nanoTime() - endNs < 0) {
      try {
        look();
        TimeUnit.MILLISECONDS.sleep(10);
      } catch (InterruptedException e) {
        interrupted = true;
        break;
      }
    }
    look();
    seen.values().forEach(ProcessHandle::destroyForcibly);
    program.destroyForcibly();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean anyAlive() {
    return program.isAlive() || seen.values().stream().anyMatch(ProcessHandle::isAlive);
  }

  /**
   * Children of a process that ended belong to nobody we know, so they are noted while it lives.
   */
  private void look() {
    program.descendants().forEach(child -> seen.putIfAbsent(child.pid(), child));
    for (ProcessHandle child : seen.values().toArray(ProcessHandle[]::new)) {
      child.descendants().forEach(grandchild -> seen.putIfAbsent(grandchild.pid(), grandchild));
    }
  }
}
