package io.segue.kernel.core.osgi;

import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.Node.DeployException;
import io.segue.kernel.api.node.Node.Deployed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder {@code deploy/}: a bundle ({@code .jar}) or an archive of bundles ({@code .zip}) that
 * is put there is deployed as by {@code upgrade:deploy}. Nothing is moved. What became of {@code
 * v2.zip} is written beside it:
 *
 * <pre>
 * v2.zip.deployed   it was copied and staged; changing or deleting v2.zip does nothing from now on
 * v2.zip.refused    it was not, and why; a changed v2.zip is tried again, and where there was no
 *                   room on a disk, so is the same one
 * </pre>
 *
 * <p>Thread safety: one thread calls {@link #doWork}.
 */
final class DeployFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeployFolder.class);

  private final WatchedFolder folder;
  private final Supplier<Node> node;

  DeployFolder(Path folder, Supplier<Node> node) {
    this.folder = new WatchedFolder(folder, "[!.]*.{jar,zip}");
    this.node = node;
  }

  /** Looks at the folder from now on. */
  static DeployFolder open(Path folder, Supplier<Node> node) {
    DeployFolder deployed = new DeployFolder(folder, node);
    deployed.folder.watch("segue-deploy", deployed::look);
    return deployed;
  }

  /** Looks at the folder once and deploys what is complete. */
  void doWork() {
    folder.once(this::look);
  }

  private void look() throws IOException {
    folder.make();
    if (folder.isPrivate()) {
      for (Path file : folder.files()) {
        look(file);
      }
    }
  }

  private void look(Path file) throws IOException {
    if (Files.exists(WatchedFolder.deployedMarker(file))) {
      return;
    }
    if (folder.isNew(file) && WatchedFolder.wasRefused(file)) {
      folder.pass(file);
    } else {
      folder.handOn(file, this::deploy);
    }
  }

  private void deploy(Path file) throws IOException {
    try {
      Deployed deployed = node.get().deploy(file);
      String what =
          "plan %s, SHA-256 %s, generation %s"
              .formatted(deployed.plan(), deployed.sha256(), deployed.generationDigest());
      LOG.info("Deployed {}: {}", file, what);
      folder.deployed(file, what);
    } catch (DeployException e) {
      folder.refused(file, file + " is not deployed: " + e.getMessage(), e, "");
    }
  }

  @Override
  public void close() {
    folder.close();
  }
}
