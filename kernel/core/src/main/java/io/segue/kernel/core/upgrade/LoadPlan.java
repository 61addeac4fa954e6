package io.segue.kernel.core.upgrade;

import io.segue.kernel.api.upgrade.StoreLoad;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The loads of one upgrade, checked against the stores there are before any of them begins: each
 * load finds the store it names, and none makes a store that is there already.
 */
final class LoadPlan {
  private final List<StoreLoad> loads;
  private final List<String> sources = new ArrayList<>();

  /** What each store is at this point: where it comes from, and its root where it is committed. */
  private final SortedMap<String, String> stores = new TreeMap<>();

  /**
   * @param roots names and roots of the committed stores
   * @throws StoreLoadException for the first load that can't be done
   */
  LoadPlan(List<StoreLoad> loads, Map<String, byte[]> roots) {
    this.loads = List.copyOf(loads);
    roots.forEach((name, root) -> stores.put(name, "root " + HexFormat.of().formatHex(root)));
    this.loads.forEach(this::take);
  }

  List<StoreLoad> loads() {
    return loads;
  }

  /** All that a load reads from, in words: equal words stand for equal entries. */
  String source(int position) {
    return sources.get(position);
  }

  /** A load in words, as {@code rename bank to assets}. */
  static String describe(StoreLoad load) {
    String what = load.getClass().getSimpleName().toLowerCase(Locale.ROOT) + " " + load.store();
    return load instanceof StoreLoad.Rename rename ? what + " to " + rename.newName() : what;
  }

  private void take(StoreLoad load) {
    String mark = "load " + (sources.size() + 1) + ", " + describe(load);
    if (load instanceof StoreLoad.Custom) {
      sources.add(stores.toString());
      stores.put(load.store(), mark);
    } else if (load instanceof StoreLoad.Add) {
      requireAbsent(load.store(), mark);
      sources.add("");
      stores.put(load.store(), mark);
    } else {
      String source = stores.get(load.store());
      if (source == null) {
        throw refused(mark, "there is no store " + load.store() + " then, only " + stores.keySet());
      }
      sources.add(source);
      if (load instanceof StoreLoad.Rename rename) {
        requireAbsent(rename.newName(), mark);
        stores.remove(load.store());
        stores.put(rename.newName(), source);
      } else if (load instanceof StoreLoad.Delete) {
        stores.remove(load.store());
      } else {
        stores.put(load.store(), mark);
      }
    }
  }

  private void requireAbsent(String name, String mark) {
    String source = stores.get(name);
    if (source != null) {
      throw refused(
          mark,
          "there is a store "
              + name
              + " already"
              + (source.startsWith("load ") ? ", from " + source : ""));
    }
  }

  private static StoreLoadException refused(String mark, String reason) {
    return new StoreLoadException(
        mark
            + ", can't be done: "
            + reason
            + "; the handler's prepare must name stores as they are at that point",
        null);
  }
}
