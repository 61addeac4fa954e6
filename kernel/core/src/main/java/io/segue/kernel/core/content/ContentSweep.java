package io.segue.kernel.core.content;

import io.segue.kernel.core.hold.GenerationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes from a content store what belongs to nothing: artifacts and bundles of plans that were
 * cancelled or replaced, and of deployments that were refused. What belongs to a generation that is
 * named, or to one that it descends from, stays: a later one can't be put together without it, and
 * neither can a replay from genesis.
 *
 * <p>Thread safety: one thread; others may use the store meanwhile, for nothing is removed that was
 * put there a short while ago.
 */
public final class ContentSweep {
  private static final Logger LOG = LoggerFactory.getLogger(ContentSweep.class);

  /** Files that the store itself named; what sidecars leave half brought is theirs to resume. */
  private static final Pattern OWN = Pattern.compile("[0-9a-f]{64}(\\.[a-z]+)?");

  private final ContentStore contents;
  private final LongSupplier clockMs;

  /**
   * @param clockMs milliseconds since the epoch
   */
  public ContentSweep(ContentStore contents, LongSupplier clockMs) {
    this.contents = contents;
    this.clockMs = clockMs;
  }

  /**
   * What was removed.
   *
   * @param bytes of the files
   */
  public record Removed(int files, long bytes) {}

  /**
   * Removes what nothing refers to and was put there more than {@code keptMs} ago.
   *
   * @param generations digests of the generations that are needed
   * @param artifacts digests of files that are needed besides
   * @throws GenerationException where it can't be told what a generation that is needed consists
   *     of; nothing is removed then
   */
  public Removed sweep(Collection<String> generations, Collection<String> artifacts, long keptMs)
      throws IOException, GenerationException {
    Set<String> needed = new HashSet<>(artifacts);
    for (String digest : withAncestors(generations)) {
      needed.add(digest);
      contents.artifact(digest).ifPresent(needed::add);
      contents.manifest(digest).lines().forEach(line -> needed.add(line.sha256()));
    }
    int files = 0;
    long bytes = 0;
    long before = clockMs.getAsLong() - keptMs;
    for (Path file : contents.files()) {
      String name = String.valueOf(file.getFileName());
      if (OWN.matcher(name).matches() && !needed.contains(name.split("\\.")[0])) {
        try {
          long size = Files.size(file);
          if (Files.getLastModifiedTime(file).toMillis() <= before) {
            Files.delete(file);
            files++;
            bytes += size;
          }
        } catch (NoSuchFileException e) {
          continue; // somebody else removed it
        }
      }
    }
    if (files > 0) {
      LOG.info(
          "removed {} files of {} bytes from {}: no generation of this chain, no pending plan and"
              + " nothing deployed refers to them",
          files,
          bytes,
          contents.folder());
    }
    return new Removed(files, bytes);
  }

  private Set<String> withAncestors(Collection<String> generations) throws GenerationException {
    Set<String> all = new TreeSet<>();
    for (String digest : generations) {
      Optional<String> at = Optional.of(digest);
      while (at.isPresent() && all.add(at.get())) {
        at = contents.previous(at.get());
      }
    }
    return all;
  }
}
