package io.segue.kernel.core.check;

import io.segue.kernel.api.store.StateView;
import io.segue.kernel.core.exec.BlockHeader;
import io.segue.kernel.core.gas.KernelRules;
import io.segue.kernel.core.module.ModuleSet;
import io.segue.kernel.core.overlay.CheckOverlay;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the last commit made visible, for what is asked before the next block is decided, and who
 * uses it. Any thread.
 */
final class QueryState {
  private static final Logger LOG = LoggerFactory.getLogger(QueryState.class);

  final ModuleSet modules;
  final KernelRules rules;

  /** Height of the next block, time of the last one. */
  final BlockHeader next;

  final String minimumGasPrices;

  /** The committed state. */
  final StateView view;

  /** The same with the writes of the transactions that wait. */
  final CheckOverlay overlay;

  /** By {@link #modules}. */
  final DecodedTxs decoded;

  private final Runnable unused;

  /** Those who run on it, and one for as long as it is the current one. */
  private final AtomicInteger users = new AtomicInteger(1);

  QueryState(
      ModuleSet modules,
      KernelRules rules,
      BlockHeader next,
      String minimumGasPrices,
      StateView view,
      DecodedTxs decoded,
      Runnable unused) {
    this.modules = modules;
    this.rules = rules;
    this.next = next;
    this.minimumGasPrices = minimumGasPrices;
    this.view = view;
    this.overlay = new CheckOverlay(view);
    this.decoded = decoded;
    this.unused = unused;
  }

  /** Whether it may be used; false where the last one has left. */
  boolean enter() {
    return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  void leave() {
    if (users.decrementAndGet() == 0) {
      try {
        unused.run();
      } catch (RuntimeException e) {
        LOG.warn("What CheckTx and proposals no longer use can't be given back", e);
      }
    }
  }
}
