package io.segue.kernel.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file system of a few bytes at a folder, for tests of what a full disk does: a {@code tmpfs},
 * where this process may mount one. Where it may not, {@link #permitted} says so, and a test does
 * with another fault.
 */
public final class SmallDisk implements AutoCloseable {
  private static final int PIECE_BYTES = 4096;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Whether this process may mount. */
  public static boolean permitted() {
    try {
      Path folder = Files.createTempDirectory("small-disk");
      try (SmallDisk disk = at(folder, 1 << 20)) {
        return true;
      } finally {
        Files.delete(folder);
      }
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Mounts a disk.
   *
   * @throws IOException where that is not permitted
   */
  public static SmallDisk at(Path folder, long sizeBytes) throws IOException {
    Files.createDirectories(folder);
    run("mount", "-t", "tmpfs", "-o", "size=" + sizeBytes, "tmpfs", folder.toString());
    return new SmallDisk(folder);
  }

  /** Uses up what is left of it; a disk that is full already has no room meanwhile. */
  public void fill() throws IOException {
    try (OutputStream out =
        Files.newOutputStream(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      byte[] piece = new byte[PIECE_BYTES];
      for (long left = Long.MAX_VALUE; left > 0; left -= PIECE_BYTES) {
        out.write(piece);
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No space left")) {
        throw e;
      }
    }
  }

  /** Gives back what {@link #fill} took. */
  public void free() throws IOException {
    Files.deleteIfExists(filler());
  }

  /** Unmounts it; what still has files open there keeps them. */
  @Override
  public void close() throws IOException {
    run("umount", "--lazy", folder.toString());
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (InputStream out = process.getInputStream()) {
      String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
