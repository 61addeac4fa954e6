package io.segue.bundles.sidecar.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A real Git repository in a folder, whose commits are what a test says. */
final class SourceRepository implements AutoCloseable {
  private static final PersonIdent BUILDER =
      new PersonIdent("Builder", "builder@example.org", Instant.EPOCH, ZoneOffset.UTC);

  private final Path folder;
  private final Repository repository;

  private SourceRepository(Path folder, Repository repository) {
    this.folder = folder;
    this.repository = repository;
  }

  /** A new, bare repository. */
  static SourceRepository in(Path folder) throws IOException {
    Repository repository =
        new FileRepositoryBuilder().setBare().setGitDir(folder.toFile()).build();
    repository.create(true);
    return new SourceRepository(folder, repository);
  }

  String url() {
    return "file://" + folder;
  }

  /** Commits these files, and nothing else, on top of branch main. */
  String commit(Map<String, String> files) throws IOException {
    SortedMap<String, Entry> entries = new TreeMap<>();
    files.forEach(
        (path, text) ->
            entries.put(
                path, new Entry(FileMode.REGULAR_FILE, text.getBytes(StandardCharsets.UTF_8))));
    return commitEntries(entries);
  }

  /** As {@link #commit}, with one file more that is a link or a submodule. */
  String commit(Map<String, String> files, String path, FileMode mode) throws IOException {
    SortedMap<String, Entry> entries = new TreeMap<>();
    files.forEach(
        (name, text) ->
            entries.put(
                name, new Entry(FileMode.REGULAR_FILE, text.getBytes(StandardCharsets.UTF_8))));
    entries.put(path, new Entry(mode, "/etc/passwd".getBytes(StandardCharsets.UTF_8)));
    return commitEntries(entries);
  }

  /** Commits what lies in a folder of this machine, but what builds left there. */
  String commitFolder(Path source) throws IOException {
    SortedMap<String, Entry> entries = new TreeMap<>();
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = source.relativize(file).toString();
        if (!path.contains("target/")) {
          entries.put(path, new Entry(FileMode.REGULAR_FILE, Files.readAllBytes(file)));
        }
      }
    }
    return commitEntries(entries);
  }

  private String commitEntries(SortedMap<String, Entry> entries) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      DirCacheBuilder index = DirCache.newInCore().builder();
      for (var file : entries.entrySet()) {
        DirCacheEntry entry = new DirCacheEntry(file.getKey());
        entry.setFileMode(file.getValue().mode());
        entry.setObjectId(
            file.getValue().mode() == FileMode.GITLINK
                ? ObjectId.fromString("1".repeat(40))
                : inserter.insert(Constants.OBJ_BLOB, file.getValue().bytes()));
        index.add(entry);
      }
      index.finish();
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(index.getDirCache().writeTree(inserter));
      ObjectId before = repository.resolve("refs/heads/main");
      if (before != null) {
        commit.setParentId(before);
      }
      commit.setAuthor(BUILDER);
      commit.setCommitter(BUILDER);
      commit.setMessage("sources");
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      RefUpdate main = repository.updateRef("refs/heads/main");
      main.setNewObjectId(id);
      main.update();
      return id.name();
    }
  }

  @Override
  public void close() {
    repository.close();
  }

  private record Entry(FileMode mode, byte[] bytes) {}
}
