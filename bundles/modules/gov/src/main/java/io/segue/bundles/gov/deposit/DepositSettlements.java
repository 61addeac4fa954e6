package io.segue.bundles.gov.deposit;

import io.segue.bundles.gov.proposal.Votes;
import io.segue.bundles.gov.state.GovState;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Budget;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.proto.gov.Params;
import io.segue.bundles.sdk.proto.gov.Settlement;
import io.segue.bundles.sdk.state.Pair;
import io.segue.bundles.sdk.state.Range;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Proposals that are closed, and whose deposits go where they belong: back, away, or in parts. As
 * many as the budget allows go at once, the others at the ends of the next blocks, the proposal of
 * the lowest number first. Votes that nobody counted are removed in the same way.
 */
public final class DepositSettlements {
  private final KVStore store;
  private final Deposits deposits;
  private final Votes votes;

  public DepositSettlements(Context context, Addresses addresses) {
    this.store = context.store();
    this.deposits = new Deposits(context, addresses);
    this.votes = new Votes(context, addresses);
  }

  /** Every depositor gets back what is his. */
  public static Settlement refund(long proposalId) {
    return settlement(proposalId, Dec.ZERO.pointed(), "");
  }

  /** All deposits are burned. */
  public static Settlement burn(long proposalId) {
    return settlement(proposalId, Dec.ONE.pointed(), "");
  }

  /** Depositors get back what the rules leave of a proposal that is cancelled. */
  public static Settlement cancellation(long proposalId, Params params) {
    return settlement(proposalId, params.getProposalCancelRatio(), params.getProposalCancelDest());
  }

  /** Settles a proposal that was just closed, as far as the budget goes. */
  public void begin(Settlement settlement, Budget budget) {
    if (!settle(settlement, budget)) {
      put(settlement);
    }
  }

  /**
   * Goes on with what was begun earlier, one row at least.
   *
   * @return whether nothing is left
   */
  public boolean goOn(Budget budget) {
    Range<Long> rest = Range.all();
    boolean any = false;
    while (true) {
      Optional<Settlement> next = first(rest);
      if (next.isEmpty()) {
        return true;
      }
      if (any && !budget.left() || !settle(next.get(), budget)) {
        return false;
      }
      any = true;
      long id = next.get().getProposalId();
      GovState.SETTLEMENTS.remove(store, id);
      rest = Range.from(id);
    }
  }

  /** The one whose turn is next. */
  public Optional<Settlement> first() {
    return first(Range.all());
  }

  /** Whether a proposal is being settled. */
  public boolean has(long proposalId) {
    return GovState.SETTLEMENTS.has(store, proposalId);
  }

  public void put(Settlement settlement) {
    GovState.SETTLEMENTS.set(store, settlement.getProposalId(), settlement);
  }

  /** All that are begun, by number. */
  public void forEach(Consumer<Settlement> visitor) {
    GovState.SETTLEMENTS.forEach(
        store, Range.all(), (id, settlement) -> visitor.accept(settlement));
  }

  private boolean settle(Settlement settlement, Budget budget) {
    return deposits.settle(settlement, budget) && votes.discard(settlement.getProposalId(), budget);
  }

  private Optional<Settlement> first(Range<Long> range) {
    return GovState.SETTLEMENTS.entries(store, range, 1).stream().map(Pair::second).findFirst();
  }

  private static Settlement settlement(long proposalId, String ratio, String destination) {
    return Settlement.newBuilder()
        .setProposalId(proposalId)
        .setChargeRatio(ratio)
        .setChargeDestination(destination)
        .build();
  }
}
