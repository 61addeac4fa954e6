package io.segue.bundles.consensus.solo.store;

import java.io.IOException;
import java.nio.file.Path;

/** A record whose checksum does not fit its bytes. */
final class DamagedRecordException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedRecordException(Path file, long offset) {
    super(
        "the record at offset "
            + offset
            + " of "
            + file
            + " is damaged; restore data/blocks and data/state together from a backup");
  }
}
