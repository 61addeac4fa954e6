package io.segue.kernel.core.check;

import io.segue.kernel.api.module.Tx;
import io.segue.kernel.core.exec.TxRunner;
import io.segue.kernel.core.gas.KernelRules;
import io.segue.kernel.core.module.ModuleSet;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that passed CheckTx, as the code of one generation decoded them, so that they are
 * decoded once for all checks of them, and for a proposal. A block decodes what it executes itself:
 * code could change what it is handed, and which node has checked a transaction must not show in a
 * result.
 *
 * <p>A transaction has one place, by its bytes, and the last one that came keeps it. Thread safety:
 * any thread.
 */
final class DecodedTxs {
  /** How many are kept at most: some ten megabytes of usual ones, the ones of past blocks too. */
  static final int PLACES = 1 << 11;

  /** Bytes of the largest one that is kept. */
  static final int MAX_BYTES = 2048;

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
    Decoded kept = places.get(place(raw));
    return kept != null && Arrays.equals(kept.raw, raw)
        ? kept.tx
        : TxRunner.decode(modules, rules, raw, false);
  }

  /** Keeps a transaction that passed, which has a price: anybody can send what is decoded. */
  void keep(byte[] raw, Tx tx) {
    if (raw.length <= MAX_BYTES) {
      places.lazySet(place(raw), new Decoded(raw, tx));
    }
  }

  private static int place(byte[] raw) {
    return Arrays.hashCode(raw) & PLACES - 1;
  }
}
