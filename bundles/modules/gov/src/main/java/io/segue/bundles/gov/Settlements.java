package io.segue.bundles.gov;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Budget;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.proto.gov.Params;
import io.segue.bundles.sdk.proto.gov.Settlement;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Proposals that are closed, and whose deposits go where they belong: back, away, or in parts. As
 * many as the budget allows go at once, the others at the ends of the next blocks, the proposal of
 * the lowest number first. Votes that nobody counted are removed in the same way.
 */
final class Settlements {
  private final KVStore store;
  private final Deposits deposits;
  private final Ballots ballots;

  Settlements(Context context, Addresses addresses) {
    this.store = context.store();
    this.deposits = new Deposits(context, addresses);
    this.ballots = new Ballots(context, addresses);
  }

  /** Every depositor gets back what is his. */
  static Settlement refund(long proposalId) {
    return settlement(proposalId, Dec.ZERO.pointed(), "");
  }

  /** All deposits are burned. */
  static Settlement burn(long proposalId) {
    return settlement(proposalId, Dec.ONE.pointed(), "");
  }

  /** Depositors get back what the rules leave of a proposal that is cancelled. */
  static Settlement cancellation(long proposalId, Params params) {
    return settlement(proposalId, params.getProposalCancelRatio(), params.getProposalCancelDest());
  }

  /** Settles a proposal that was just closed, as far as the budget goes. */
  void begin(Settlement settlement, Budget budget) {
    if (!settle(settlement, budget)) {
      put(settlement);
    }
  }

  /**
   * Goes on with what was begun earlier, one row at least.
   *
   * @return whether nothing is left
   */
  boolean goOn(Budget budget) {
    byte[] from = GovKeys.SETTLEMENTS;
    boolean any = false;
    while (true) {
      Optional<Settlement> next = first(from);
      if (next.isEmpty()) {
        return true;
      }
      if (any && !budget.left() || !settle(next.get(), budget)) {
        return false;
      }
      any = true;
      from = GovKeys.settlement(next.get().getProposalId());
      store.delete(from);
    }
  }

  /** The one whose turn is next. */
  Optional<Settlement> first() {
    return first(GovKeys.SETTLEMENTS);
  }

  /** Whether a proposal is being settled. */
  boolean has(long proposalId) {
    return store.has(GovKeys.settlement(proposalId));
  }

  void put(Settlement settlement) {
    store.set(GovKeys.settlement(settlement.getProposalId()), settlement.toByteArray());
  }

  /** All that are begun, by number. */
  void forEach(Consumer<Settlement> visitor) {
    try (KVIterator entries = store.prefix(GovKeys.SETTLEMENTS)) {
      while (entries.next()) {
        visitor.accept(Proto.stored(Settlement.parser(), entries.value()));
      }
    }
  }

  private boolean settle(Settlement settlement, Budget budget) {
    return deposits.settle(settlement, budget)
        && ballots.discard(settlement.getProposalId(), budget);
  }

  private Optional<Settlement> first(byte[] from) {
    byte[] end = KVStore.prefixEnd(GovKeys.SETTLEMENTS);
    try (KVIterator entries = store.iterate(from, end)) {
      return entries.next()
          ? Optional.of(Proto.stored(Settlement.parser(), entries.value()))
          : Optional.empty();
    }
  }

  private static Settlement settlement(long proposalId, String ratio, String destination) {
    return Settlement.newBuilder()
        .setProposalId(proposalId)
        .setChargeRatio(ratio)
        .setChargeDestination(destination)
        .build();
  }
}
