package io.segue.kernel.core.check;

import io.segue.kernel.api.module.Tx;
import io.segue.kernel.core.exec.TxRunner;
import io.segue.kernel.core.gas.KernelRules;
import io.segue.kernel.core.module.ModuleSet;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Transactions as the code of one generation decoded them, so that those that wait are decoded once
 * for CheckTx, for each time they are checked again, and for a proposal. A block decodes what it
 * executes itself: code could change what it is handed, and which node has checked a transaction
 * must not show in a result.
 *
 * <p>A transaction has one place, by its bytes, and the last one that came keeps it. Thread safety:
 * any thread.
 */
final class DecodedTxs {
  /** How many are kept at most. */
  static final int PLACES = 1 << 13;

  /** Bytes of the largest one that is kept. */
  static final int MAX_BYTES = 4096;

  private final ModuleSet modules;
  private final KernelRules rules;
  private final AtomicReferenceArray<@Nullable Decoded> places = new AtomicReferenceArray<>(PLACES);

  private record Decoded(byte[] raw, Tx tx) {}

  DecodedTxs(ModuleSet modules, KernelRules rules) {
    this.modules = modules;
    this.rules = rules;
  }

  boolean isOf(ModuleSet modules, KernelRules rules) {
    return this.modules == modules && this.rules.equals(rules);
  }

  /** As {@link TxRunner#decode}. */
  Tx decode(byte[] raw) {
    int place = Arrays.hashCode(raw) & PLACES - 1;
    Decoded kept = places.get(place);
    if (kept != null && Arrays.equals(kept.raw, raw)) {
      return kept.tx;
    }
    Tx tx = TxRunner.decode(modules, rules, raw, false);
    if (raw.length <= MAX_BYTES) {
      places.set(place, new Decoded(raw, tx));
    }
    return tx;
  }
}
