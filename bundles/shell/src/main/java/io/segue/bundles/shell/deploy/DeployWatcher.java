package io.segue.bundles.shell.deploy;

import io.segue.bundles.shell.command.NodeAccess;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Gives the {@link DeployFolder} of the node's home a thread. */
@Component(service = DeployWatcher.class, immediate = true)
public final class DeployWatcher {
  /** Pause between two looks; a complete file is deployed after two of them. */
  static final long PAUSE_MS = 500;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;

  @Activate
  public DeployWatcher(@Reference NodeAccess access) {
    DeployFolder folder = new DeployFolder(access.home().resolve("deploy"), access::find);
    thread = new Thread(() -> watch(folder), "deploy folder");
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends the thread, after the deployment at hand. */
  @Deactivate
  public void close() throws InterruptedException {
    stopped.countDown();
    thread.join(PAUSE_MS);
  }

  private void watch(DeployFolder folder) {
    try {
      do {
        folder.doWork();
      } while (!stopped.await(PAUSE_MS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
