package io.segue.bundles.store.rocksdb;

import io.segue.bundles.store.rocksdb.database.Pruning;
import io.segue.bundles.store.rocksdb.database.StoreOptions;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.testkit.StateStoreBulkContract;
import io.segue.kernel.testkit.StateStoreHistoryContract;
import io.segue.kernel.testkit.StateStoreResumeContract;
import io.segue.kernel.testkit.StateStoreRollbackContract;
import io.segue.kernel.testkit.StateStoreVectorsContract;
import io.segue.kernel.testkit.StateStoreWritesContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a state store, kept by the one on RocksDB. */
class RocksStateStoreTest {
  @Nested
  class Writes extends StateStoreWritesContract {
    private final Folder folder = new Folder();

    @TempDir Path directory;

    @Override
    protected StateStore create(int keepHeights) {
      return folder.create(directory, keepHeights);
    }

    @Override
    protected StateStore reopen(StateStore store) {
      return folder.reopen(store);
    }
  }

  @Nested
  class History extends StateStoreHistoryContract {
    private final Folder folder = new Folder();

    @TempDir Path directory;

    @Override
    protected StateStore create(int keepHeights) {
      return folder.create(directory, keepHeights);
    }

    @Override
    protected StateStore reopen(StateStore store) {
      return folder.reopen(store);
    }
  }

  @Nested
  class Bulk extends StateStoreBulkContract {
    private final Folder folder = new Folder();

    @TempDir Path directory;

    @Override
    protected StateStore create(int keepHeights) {
      return folder.create(directory, keepHeights);
    }

    @Override
    protected StateStore reopen(StateStore store) {
      return folder.reopen(store);
    }
  }

  @Nested
  class Resume extends StateStoreResumeContract {
    private final Folder folder = new Folder();

    @TempDir Path directory;

    @Override
    protected StateStore create(int keepHeights) {
      return folder.create(directory, keepHeights);
    }

    @Override
    protected StateStore reopen(StateStore store) {
      return folder.reopen(store);
    }
  }

  @Nested
  class UndoesACommit extends StateStoreRollbackContract {
    private final Folder folder = new Folder();

    @TempDir Path directory;

    @Override
    protected StateStore create(int keepHeights) {
      return folder.create(directory, keepHeights);
    }

    @Override
    protected StateStore reopen(StateStore store) {
      return folder.reopen(store);
    }
  }

  @Nested
  class OfVectors extends StateStoreVectorsContract {
    private final Folder folder = new Folder();

    @TempDir Path directory;

    @Override
    protected StateStore create(int keepHeights) {
      return folder.create(directory, keepHeights);
    }

    @Override
    protected StateStore reopen(StateStore store) {
      return folder.reopen(store);
    }
  }

  /** Makes a folder for each store, and opens it again. */
  private static final class Folder {
    private Path path = Path.of("");
    private int keepHeights;
    private int count;

    StateStore create(Path parent, int heights) {
      path = parent.resolve("state" + ++count);
      keepHeights = heights;
      return open();
    }

    StateStore reopen(StateStore store) {
      store.close();
      return open();
    }

    private StateStore open() {
      return RocksStateStore.open(path, StoreOptions.defaults().with(Pruning.exactly(keepHeights)));
    }
  }
}
