package io.segue.bundles.consensus.solo.blockfile;

import java.io.IOException;

/** A block file can't be made or read; the message names file and place, and says what to do. */
public final class BlockFileException extends IOException {
  private static final long serialVersionUID = 1L;

  public BlockFileException(String message) {
    super(message);
  }
}
