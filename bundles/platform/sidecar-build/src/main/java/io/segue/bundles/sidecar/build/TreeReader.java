package io.segue.bundles.sidecar.build;

import io.segue.kernel.api.upgrade.SidecarException;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Reads the files of a commit into memory, within the limits, and refuses what is no file. */
final class TreeReader {
  private final BuildRules rules;
  private final BuildRequest request;
  private final SortedMap<String, byte[]> files = new TreeMap<>();
  private int count;
  private long bytes;

  TreeReader(BuildRules rules, BuildRequest request) {
    this.rules = rules;
    this.request = request;
  }

  SourceTree read(Repository repository, RevTree root) throws IOException, SidecarException {
    try (TreeWalk walk = new TreeWalk(repository)) {
      walk.addTree(start(repository, root));
      while (walk.next()) {
        String path = walk.getPathString();
        refuseName(path);
        FileMode mode = walk.getFileMode();
        if (mode.equals(FileMode.TREE)) {
          walk.enterSubtree();
        } else if (mode.equals(FileMode.SYMLINK)) {
          throw refused(path, "it is a symbolic link; put the file itself there");
        } else if (mode.equals(FileMode.GITLINK)) {
          throw refused(path, "it is a submodule; put its files there");
        } else {
          file(path, repository.open(walk.getObjectId(0)));
        }
      }
    }
    return new SourceTree(files);
  }

  private ObjectId start(Repository repository, RevTree root) throws IOException, SidecarException {
    if (request.path().isEmpty()) {
      return root;
    }
    try (TreeWalk found = TreeWalk.forPath(repository, request.path(), root)) {
      if (found == null || !found.getFileMode().equals(FileMode.TREE)) {
        throw BuildRules.refused(
            request.what(),
            "the commit has no such folder",
            "have governance cancel the plan and schedule it with the right path");
      }
      return found.getObjectId(0);
    }
  }

  private void file(String path, ObjectLoader content) throws IOException, SidecarException {
    count++;
    if (count > rules.maxFiles) {
      throw BuildRules.tooMuch(
          request.what(), "it has more files than may be built", "maxFiles", rules.maxFiles);
    }
    if (!request.maven() && !SourceTree.matters(path)) {
      return;
    }
    bytes += content.getSize();
    if (bytes > rules.maxSourceBytes) {
      throw BuildRules.tooMuch(
          request.what(),
          "its files have more bytes than may be built",
          "maxSourceBytes",
          rules.maxSourceBytes);
    }
    files.put(path, content.getCachedBytes((int) content.getSize()));
  }

  private void refuseName(String path) throws SidecarException {
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (name.equals(".")
        || name.equals("..")
        || name.equalsIgnoreCase(".git")
        || path.indexOf('\\') >= 0
        || path.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw refused(path, "its name could lead out of the folder");
    }
  }

  private SidecarException refused(String path, String why) {
    return BuildRules.refused(
        request.what(),
        "file '" + path + "' is refused: " + why,
        "fix the repository and have governance schedule the new commit");
  }
}
