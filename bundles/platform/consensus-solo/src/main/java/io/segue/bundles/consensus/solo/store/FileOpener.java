package io.segue.bundles.consensus.solo.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/** Opens the files of a block store; tests give one whose disk fails. Any thread. */
@FunctionalInterface
public interface FileOpener {
  /** As {@link FileChannel#open(Path, OpenOption...)}. */
  FileChannel open(Path file, OpenOption... options) throws IOException;
}
