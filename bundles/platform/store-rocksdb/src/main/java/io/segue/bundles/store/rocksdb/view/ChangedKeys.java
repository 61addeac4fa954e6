package io.segue.bundles.store.rocksdb.view;

import io.segue.bundles.store.rocksdb.change.ChangeSet;
import io.segue.bundles.store.rocksdb.change.ChangeSetCache;
import io.segue.bundles.store.rocksdb.change.ChangeSetCursor;
import io.segue.bundles.store.rocksdb.commit.HeightRecord;
import io.segue.bundles.store.rocksdb.database.Cursor;
import io.segue.bundles.store.rocksdb.database.MergingCursor;
import io.segue.bundles.store.rocksdb.database.PinnedRows;
import io.segue.kernel.api.store.StateStore.KeyVisitor;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys that changed after a height, of the stores that exist now, under their present names. Of
 * a store whose number is younger than the height, these are all of its keys.
 */
public final class ChangedKeys {
  private final PinnedHeight since;
  private final ChangeSetCache sections;

  /**
   * @param since the height; its view is held open by the caller
   */
  public ChangedKeys(PinnedHeight since, ChangeSetCache sections) {
    this.since = since;
    this.sections = sections;
  }

  public void visit(KeyVisitor visitor) {
    since
        .committed()
        .index()
        .stores()
        .forEach((name, entry) -> visit(name, entry.number(), visitor));
  }

  private void visit(String name, int number, KeyVisitor visitor) {
    RocksView view = since.view();
    Cursor cursor = view.open(() -> new MergingCursor(layers(number), false));
    while (view.read(cursor::next)) {
      visitor.visit(name, view.read(cursor::key));
    }
    view.close(cursor);
  }

  private List<Cursor> layers(int number) {
    PinnedRows rows = since.committed().rows();
    List<Cursor> layers = new ArrayList<>();
    for (HeightRecord later : since.later()) {
      HeightRecord.Entry entry = later.byNumber(number);
      if (entry == null) {
        continue;
      }
      if (entry.changed()) {
        ChangeSet section = new ChangeSet(rows, later.height(), number, sections);
        layers.add(new ChangeSetCursor(section, new byte[0], null, false));
      }
      if (entry.born()) {
        layers.add(rows.cursor(number, new byte[0], null, false));
      }
    }
    return layers;
  }
}
