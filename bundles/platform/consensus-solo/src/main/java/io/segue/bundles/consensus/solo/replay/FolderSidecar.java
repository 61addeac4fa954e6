package io.segue.bundles.consensus.solo.replay;

import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.upgrade.Sidecar;
import io.segue.kernel.api.upgrade.SidecarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Stands in for the sidecar {@code fetch} in a replay: what a plan names is taken from a folder, by
 * its digest, whatever its URL.
 */
final class FolderSidecar implements Sidecar {
  private final BundleFolder folder;

  FolderSidecar(BundleFolder folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return "fetch";
  }

  @Override
  public Path run(Task task, Progress progress) throws SidecarException {
    try {
      Path target = task.directory().resolve(task.sha256());
      if (Files.exists(target)) {
        return target;
      }
      Optional<Path> found = folder.withDigest(task.sha256());
      if (found.isEmpty()) {
        throw new SidecarException(
            "no file in "
                + folder.folder()
                + " has the digest sha256:"
                + task.sha256()
                + " of plan "
                + task.plan().name()
                + "; put it there",
            true,
            null);
      }
      Path part = Files.createTempFile(task.directory(), "incoming-", "");
      try {
        Files.copy(found.get(), part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
      return target;
    } catch (IOException e) {
      throw new SidecarException(
          folder.folder()
              + " or "
              + task.directory()
              + " refuses: "
              + FailureText.of(e)
              + "; check both folders",
          true,
          e);
    }
  }
}
