package io.segue.bundles.gov;

import io.segue.bundles.gov.deposit.DepositSettlements;
import io.segue.bundles.gov.deposit.Deposits;
import io.segue.bundles.gov.proposal.ProposalLifecycle;
import io.segue.bundles.gov.proposal.Proposals;
import io.segue.bundles.gov.state.GovState;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.proto.gov.Deposit;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.state.Range;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.Module.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What always holds of the state of governance. */
final class GovInvariants {
  private final Addresses addresses;

  GovInvariants(Addresses addresses) {
    this.addresses = addresses;
  }

  Map<String, Invariant> byName() {
    return new TreeMap<>(
        Map.of(
            "module-account", this::moduleAccount,
            "deposits", this::deposits,
            "queues", GovInvariants::queues));
  }

  /**
   * The gov account holds all deposits, and they add up to what is noted; it may hold more, as
   * anybody may send it coins.
   */
  private Optional<String> moduleAccount(Context context) {
    Deposits deposits = new Deposits(context, addresses);
    Coins[] sum = {Coins.NONE};
    GovState.DEPOSITS.forEach(
        context.store(), Range.all(), (key, deposit) -> sum[0] = sum[0].plus(coins(deposit)));
    if (!sum[0].equals(deposits.held())) {
      return Optional.of("deposits add up to " + sum[0] + ", noted is " + deposits.held());
    }
    Coins missing = deposits.missing();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("the gov account lacks " + missing + " of the deposits it holds");
  }

  /**
   * An open proposal's total is the sum of its deposits; a closed one has none, unless they are
   * just being settled; and there are no others.
   */
  private Optional<String> deposits(Context context) {
    KVStore store = context.store();
    Proposals proposals = new Proposals(store);
    DepositSettlements settlements = new DepositSettlements(context, addresses);
    List<String> wrong = new ArrayList<>(1);
    long[] strays = {GovState.DEPOSITS.count(store, Range.all())};
    proposals.forEach(
        proposal -> {
          Coins[] sum = {Coins.NONE};
          GovState.DEPOSITS.forEach(
              store,
              GovState.BY_ACCOUNT.startingWith(proposal.getId()),
              (key, deposit) -> {
                sum[0] = sum[0].plus(coins(deposit));
                strays[0]--;
              });
          Coins expected =
              ProposalLifecycle.open(proposal)
                  ? Coins.strict(proposal.getTotalDepositList())
                  : Coins.NONE;
          if (wrong.isEmpty() && !sum[0].equals(expected) && !settlements.has(proposal.getId())) {
            wrong.add(
                "deposits on proposal "
                    + proposal.getId()
                    + " add up to "
                    + sum[0]
                    + ", expected "
                    + expected);
          }
        });
    settlements.forEach(
        settlement -> {
          if (proposals.find(settlement.getProposalId()).isEmpty()) {
            strays[0] -=
                GovState.DEPOSITS.count(
                    store, GovState.BY_ACCOUNT.startingWith(settlement.getProposalId()));
          }
        });
    if (wrong.isEmpty() && strays[0] != 0) {
      wrong.add(strays[0] + " deposits are on no proposal");
    }
    return wrong.stream().findFirst();
  }

  /** Every open proposal waits in its queue, and nothing else does. */
  private static Optional<String> queues(Context context) {
    Proposals proposals = new Proposals(context.store());
    List<String> wrong = new ArrayList<>();
    long[] open = {0};
    proposals.forEach(
        proposal -> {
          open[0] += ProposalLifecycle.open(proposal) ? 1 : 0;
          if (wrong.isEmpty() && !queuedRightly(proposals, proposal)) {
            wrong.add("proposal " + proposal.getId() + " is not in its queue");
          }
        });
    if (wrong.isEmpty() && proposals.queued() != open[0]) {
      wrong.add(proposals.queued() + " proposals wait, " + open[0] + " are open");
    }
    return wrong.stream().findFirst();
  }

  private static boolean queuedRightly(Proposals proposals, Proposal proposal) {
    return proposals.queuedRightly(proposal)
        && proposals.inVoting(proposal.getId()) == ProposalLifecycle.inVoting(proposal);
  }

  private static Coins coins(Deposit deposit) {
    return Coins.strict(deposit.getAmountList());
  }
}
