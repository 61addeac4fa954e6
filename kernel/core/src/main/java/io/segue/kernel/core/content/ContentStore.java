package io.segue.kernel.core.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.segue.kernel.admission.artifact.Content;
import io.segue.kernel.admission.artifact.GenerationManifest;
import io.segue.kernel.admission.artifact.RefusedException;
import io.segue.kernel.admission.artifact.Sha256;
import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bytes by their digest, in one folder that only the owner can open.
 *
 * <pre>
 * {@code <sha256>}             an artifact or a bundle
 * {@code <sha256>.manifest}    the manifest of the generation with this digest
 * {@code <sha256>.previous}    digest of the generation before that one; empty for the first
 * {@code <sha256>.artifact}    digest of the artifact that brought it
 * {@code incoming-*}           being written; removed at the next start
 * </pre>
 *
 * A file appears whole or not at all, and is synced before it appears. What is read is verified.
 *
 * <p>Thread safety: any thread; two that put the same bytes leave one file.
 */
public final class ContentStore {
  private static final Logger LOG = LoggerFactory.getLogger(ContentStore.class);
  private static final String INCOMING = "incoming-";
  private static final String MANIFEST = ".manifest";
  private static final String PREVIOUS = ".previous";
  private static final String ARTIFACT = ".artifact";
  private static final String FILE_MODE = "rw-------";
  private static final String FOLDER_MODE = "rwx------";

  private final Path folder;

  private ContentStore(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens a store, making its folder where it is absent and removing what a killed node left half
   * written.
   */
  public static ContentStore open(Path folder) throws IOException {
    Files.createDirectories(folder);
    restrict(folder, FOLDER_MODE);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, INCOMING + "*")) {
      for (Path path : left) {
        LOG.info("removing {}, which was never completed", path);
        Files.delete(path);
      }
    }
    return new ContentStore(folder);
  }

  /** The folder; a sidecar puts what it brings here, under its digest. */
  public Path folder() {
    return folder;
  }

  /** Whether there is a file under a digest; its bytes are verified when they are read. */
  public boolean contains(String sha256) {
    return Files.isRegularFile(file(sha256), LinkOption.NOFOLLOW_LINKS);
  }

  /** Puts bytes under their digest. */
  public void put(Content content) throws IOException {
    String sha256 = content.sha256();
    if (intact(sha256)) {
      // It came again: whoever removes what is old and unused must not take it for old.
      Files.setLastModifiedTime(file(sha256), FileTime.from(Instant.now()));
    } else {
      write(file(sha256), content.bytes());
    }
  }

  /**
   * Reads a file and puts what is in it; the file is read once.
   *
   * @throws GenerationException as {@link #read(Path, long)}
   */
  public Content take(Path source, long maxBytes) throws IOException, GenerationException {
    Content content = read(source, maxBytes);
    put(content);
    return content;
  }

  /**
   * Reads a file, wherever it lies.
   *
   * @throws GenerationException {@link HoldReason#ARTIFACT} where it is larger than {@code
   *     maxBytes}
   */
  public static Content read(Path source, long maxBytes) throws IOException, GenerationException {
    try (InputStream in = Files.newInputStream(source)) {
      byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE, maxBytes + 1));
      if (bytes.length > maxBytes) {
        throw new GenerationException(
            HoldReason.ARTIFACT,
            source + " is refused: it is larger than the limit of " + maxBytes + " bytes");
      }
      return Content.of(bytes);
    }
  }

  /**
   * The bytes under a digest, verified.
   *
   * @throws GenerationException {@link HoldReason#MISSING}, {@link HoldReason#WRONG_DIGEST} or
   *     {@link HoldReason#STORAGE}
   */
  public Content get(String sha256) throws GenerationException {
    return new Content(read(file(sha256), sha256), sha256);
  }

  /** Removes the bytes under a digest; nothing happens where there are none. */
  public void remove(String sha256) throws IOException {
    Files.deleteIfExists(file(sha256));
  }

  /**
   * Puts a generation's manifest.
   *
   * @param previous digest of the generation before it; empty for the first
   * @param artifact digest of what brought it
   */
  public void putManifest(GenerationManifest manifest, Optional<String> previous, String artifact)
      throws IOException {
    writeText(beside(manifest.digest(), ARTIFACT), artifact);
    writeText(beside(manifest.digest(), PREVIOUS), previous.orElse(""));
    writeText(beside(manifest.digest(), MANIFEST), manifest.text());
  }

  /** The manifest of the generation with a digest, verified; errors as {@link #get}. */
  public GenerationManifest manifest(String digest) throws GenerationException {
    String text = new String(read(beside(digest, MANIFEST), digest), UTF_8);
    try {
      return GenerationManifest.parse(text);
    } catch (RefusedException e) {
      throw GenerationException.of(e);
    }
  }

  /** Digest of the generation before the one with {@code digest}; empty for the first. */
  public Optional<String> previous(String digest) throws GenerationException {
    Path path = beside(digest, PREVIOUS);
    String previous = new String(read(path), UTF_8);
    if (!previous.isEmpty() && !Sha256.isHex(previous)) {
      throw new GenerationException(
          HoldReason.WRONG_DIGEST,
          path + " is damaged: '" + previous + "' is no digest; deploy the artifact again");
    }
    return Optional.of(previous).filter(p -> !p.isEmpty());
  }

  /** Digest of the artifact that brought a generation; empty where that is not known. */
  public Optional<String> artifact(String digest) throws GenerationException {
    Path path = beside(digest, ARTIFACT);
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(new String(read(path), UTF_8)).filter(Sha256::isHex)
        : Optional.empty();
  }

  /** Lays all that is kept beside a checkpoint; links where that can be. */
  public void copyTo(Path target) throws IOException {
    Files.createDirectories(target);
    for (Path file : files()) {
      if (!file.getFileName().toString().startsWith(INCOMING)) {
        link(file, target.resolve(file.getFileName()));
      }
    }
  }

  /** Takes what a checkpoint brought along; nothing where it brought nothing. */
  public void takeFrom(Path source) throws IOException {
    if (Files.isDirectory(source)) {
      for (Path file : new ContentStore(source).files()) {
        link(file, folder.resolve(file.getFileName()));
      }
    }
  }

  /** Files never change once they are there, so that two folders may share one. */
  private static void link(Path file, Path target) throws IOException {
    if (Files.exists(target)) {
      return;
    }
    try {
      Files.createLink(target, file);
    } catch (FileSystemException | UnsupportedOperationException e) {
      Files.copy(file, target);
    }
  }

  /** Every file, whatever its name. */
  List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(files::add);
    }
    return files;
  }

  /** Removes a generation's manifest, not its bundles: others may share them. */
  public void removeManifest(String digest) throws IOException {
    Files.deleteIfExists(beside(digest, MANIFEST));
    Files.deleteIfExists(beside(digest, PREVIOUS));
    Files.deleteIfExists(beside(digest, ARTIFACT));
  }

  private boolean intact(String sha256) {
    try {
      return contains(sha256) && Sha256.of(Files.readAllBytes(file(sha256))).equals(sha256);
    } catch (IOException e) {
      LOG.warn("{} can't be read and is written again: {}", file(sha256), e.toString());
      return false;
    }
  }

  private byte[] read(Path path, String sha256) throws GenerationException {
    byte[] bytes = read(path);
    String actual = Sha256.of(bytes);
    if (!actual.equals(sha256)) {
      throw new GenerationException(
          HoldReason.WRONG_DIGEST,
          path
              + " is damaged: its digest is "
              + actual
              + "; delete it and deploy the artifact again (upgrade:deploy)");
    }
    return bytes;
  }

  private static byte[] read(Path path) throws GenerationException {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new GenerationException(
          HoldReason.MISSING,
          path.getFileName()
              + " is not in the content store "
              + path.getParent()
              + "; deploy the artifact that holds it (upgrade:deploy)");
    }
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new GenerationException(
          HoldReason.STORAGE,
          path + " can't be read: " + FailureText.of(e) + "; check the disk and its permissions",
          e);
    }
  }

  private void writeText(Path target, String text) throws IOException {
    if (!Files.isRegularFile(target) || !Files.readString(target).equals(text)) {
      write(target, text.getBytes(UTF_8));
    }
  }

  private void write(Path target, byte[] bytes) throws IOException {
    Path incoming = incoming();
    try {
      try (FileChannel channel = FileChannel.open(incoming, StandardOpenOption.WRITE)) {
        Channels.newOutputStream(channel).write(bytes);
        channel.force(true);
      }
      publish(incoming, target);
    } finally {
      Files.deleteIfExists(incoming);
    }
  }

  private Path incoming() throws IOException {
    Path incoming = Files.createTempFile(folder, INCOMING, "");
    restrict(incoming, FILE_MODE);
    return incoming;
  }

  private void publish(Path incoming, Path target) throws IOException {
    Files.move(incoming, target, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private Path file(String sha256) {
    return beside(sha256, "");
  }

  private Path beside(String sha256, String suffix) {
    if (!Sha256.isHex(sha256)) {
      throw new IllegalArgumentException(
          "'" + sha256 + "' is no digest: 64 lower-case hex digits are asked for");
    }
    return folder.resolve(sha256 + suffix);
  }

  private static void restrict(Path path, String mode) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(PosixFilePermissions.fromString(mode));
    }
  }
}
