package io.segue.bundles.store.rocksdb.database;

/** What the store reads is not what it wrote. */
public final class DamagedStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DamagedStoreException(String what) {
    super(
        "the state store is damaged: "
            + what
            + "; stop the node and put a checkpoint or a snapshot in its place, or remove"
            + " data/state: the node makes it again from data/blocks where all of them are kept");
  }
}
