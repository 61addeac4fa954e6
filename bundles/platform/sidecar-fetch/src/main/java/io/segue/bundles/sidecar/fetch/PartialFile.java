package io.segue.bundles.sidecar.fetch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What has come of an artifact so far; it outlives a broken connection and the node.
 *
 * <pre>
 * {@code <sha256>.part}    the first bytes
 * {@code <sha256>.from}    the URL they came from, and the server's name for that version of them
 * </pre>
 *
 * One thread.
 */
final class PartialFile {
  /** Parts that nobody went on with for so long are removed. */
  static final Duration KEPT = Duration.ofDays(7);

  private static final String PART = ".part";
  private static final String FROM = ".from";

  private final Path file;
  private final Path from;

  private PartialFile(Path file, Path from) {
    this.file = file;
    this.from = from;
  }

  /** The part of an artifact, in a folder that is made where it is missing. */
  static PartialFile of(Path folder, String sha256) throws IOException {
    Files.createDirectories(folder);
    removeForgotten(folder);
    return new PartialFile(folder.resolve(sha256 + PART), folder.resolve(sha256 + FROM));
  }

  /** How to ask this URL for the rest; empty where the whole must be asked for. */
  Optional<Rest> rest(String url) throws IOException {
    if (!Files.exists(file) || !Files.exists(from) || Files.size(file) == 0) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(from);
    return lines.size() == 2 && lines.get(0).equals(url)
        ? Optional.of(new Rest(Files.size(file), lines.get(1)))
        : Optional.empty();
  }

  /**
   * Bytes that are here, and the version they are of.
   *
   * @param validator an ETag or a date, for {@code If-Range}
   */
  record Rest(long bytes, String validator) {}

  /** Starts over, with bytes of this version; without a name for it nothing can be gone on with. */
  void begin(String url, Optional<String> validator) throws IOException {
    delete();
    Files.createFile(file);
    if (validator.isPresent()) {
      Files.write(from, List.of(url, validator.get()));
    }
  }

  FileChannel append() throws IOException {
    return FileChannel.open(file, StandardOpenOption.APPEND);
  }

  Path file() {
    return file;
  }

  void delete() throws IOException {
    Files.deleteIfExists(from);
    Files.deleteIfExists(file);
  }

  /** The bytes went elsewhere. */
  void moved() throws IOException {
    Files.deleteIfExists(from);
  }

  private static void removeForgotten(Path folder) throws IOException {
    FileTime oldest = FileTime.from(Instant.now().minus(KEPT));
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, "*{" + PART + "," + FROM + "}")) {
      for (Path each : files) {
        if (Files.getLastModifiedTime(each).compareTo(oldest) < 0) {
          Files.deleteIfExists(each);
        }
      }
    } catch (NoSuchFileException e) {
      // Another run removed it first.
      return;
    }
  }
}
