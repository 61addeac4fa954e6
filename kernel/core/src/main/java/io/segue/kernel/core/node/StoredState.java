package io.segue.kernel.core.node;

import io.segue.kernel.api.node.StateInspection;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.api.store.StoreReader;
import io.segue.kernel.core.content.ContentStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What the node says about its stored state, read through views, so that blocks go on. Thread
 * safety: any thread.
 */
final class StoredState implements StateInspection {
  /** Where a checkpoint has the bundles that a start from it needs. */
  static final String ARTIFACTS = "artifacts";

  private final StateStore store;
  private final ContentStore contents;

  StoredState(StateStore store, ContentStore contents) {
    this.store = store;
    this.contents = contents;
  }

  @Override
  public List<StoreStatus> stores(long height) {
    List<StoreStatus> stores = new ArrayList<>();
    try (StateView view = view(height)) {
      store
          .roots(view.height())
          .forEach(
              (name, root) ->
                  stores.add(new StoreStatus(name, view.store(name).size(), hex(root))));
    }
    return stores;
  }

  @Override
  public List<StoreCheck> verifyStores(long height, VerifyProgress progress) {
    List<StoreCheck> checks = new ArrayList<>();
    try (StateView view = view(height)) {
      SortedMap<String, byte[]> roots = store.roots(view.height());
      long total = roots.keySet().stream().mapToLong(name -> view.store(name).size()).sum();
      long before = 0;
      for (Map.Entry<String, byte[]> entry : roots.entrySet()) {
        String name = entry.getKey();
        StoreReader reader = view.store(name);
        long start = before;
        byte[] root = store.rootOf(reader, read -> progress.at(name, start + read, total));
        checks.add(new StoreCheck(name, reader.size(), hex(entry.getValue()), hex(root)));
        before += reader.size();
      }
    }
    return checks;
  }

  @Override
  public void checkpoint(Path directory) throws IOException {
    if (!directory.isAbsolute()) {
      throw new IOException(
          "a checkpoint goes into a folder with an absolute path, and "
              + directory
              + " is none; name it from / on");
    }
    if (Files.exists(directory)) {
      throw new IOException(
          "a checkpoint goes into a new folder, and "
              + directory
              + " is there already; name another one, or remove it");
    }
    store.checkpoint(directory);
    contents.copyTo(directory.resolve(ARTIFACTS));
  }

  private StateView view(long height) {
    if (store.height() < 0) {
      throw new IllegalStateException(
          "nothing is committed yet; ask again when the chain has started");
    }
    return store.view(height == 0 ? store.height() : height);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
