package io.segue.kernel.testkit;

import io.segue.kernel.api.store.StateStore;
import org.junit.jupiter.api.Nested;

/** The contract of a state store, kept by the one in memory. */
class InMemoryStoreTest {
  @Nested
  class Writes extends StateStoreWritesContract {
    @Override
    protected StateStore create(int keepHeights) {
      return new InMemoryStore(keepHeights);
    }

    @Override
    protected StateStore reopen(StateStore store) {
      return store;
    }
  }

  @Nested
  class History extends StateStoreHistoryContract {
    @Override
    protected StateStore create(int keepHeights) {
      return new InMemoryStore(keepHeights);
    }

    @Override
    protected StateStore reopen(StateStore store) {
      return store;
    }
  }

  @Nested
  class Bulk extends StateStoreBulkContract {
    @Override
    protected StateStore create(int keepHeights) {
      return new InMemoryStore(keepHeights);
    }

    @Override
    protected StateStore reopen(StateStore store) {
      return store;
    }
  }

  @Nested
  class Resume extends StateStoreResumeContract {
    @Override
    protected StateStore create(int keepHeights) {
      return new InMemoryStore(keepHeights);
    }

    @Override
    protected StateStore reopen(StateStore store) {
      return store;
    }
  }

  @Nested
  class UndoesACommit extends StateStoreRollbackContract {
    @Override
    protected StateStore create(int keepHeights) {
      return new InMemoryStore(keepHeights);
    }

    @Override
    protected StateStore reopen(StateStore store) {
      return store;
    }
  }

  @Nested
  class OfVectors extends StateStoreVectorsContract {
    @Override
    protected StateStore create(int keepHeights) {
      return new InMemoryStore(keepHeights);
    }

    @Override
    protected StateStore reopen(StateStore store) {
      return store;
    }
  }
}
