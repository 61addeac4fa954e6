package io.segue.bundles.consensus.solo.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** DurableFolders whose files are still there after the end of the machine. */
final class DurableFolders {
  private DurableFolders() {}

  /** Makes a folder where it is absent, and has its parent remember it. */
  static void create(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null && !Files.isDirectory(folder)) {
      create(parent);
      Files.createDirectories(folder);
      force(parent);
    }
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder)) {
      channel.force(true);
    }
  }
}
