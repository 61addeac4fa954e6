package io.segue.bundles.gov;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.proto.gov.Deposit;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.kernel.api.module.Context;
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
            "deposits", GovInvariants::deposits,
            "queues", GovInvariants::queues));
  }

  /** The gov account holds all deposits; it may hold more, as anybody may send it coins. */
  private Optional<String> moduleAccount(Context context) {
    Coins missing = new Deposits(context, addresses).missing();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("the gov account lacks " + missing + " of the deposits it holds");
  }

  /** An open proposal's total is the sum of its deposits; a closed one has none. */
  private static Optional<String> deposits(Context context) {
    Map<Long, Coins> sums = new TreeMap<>();
    AccountRows.deposits(context.store())
        .forEach(deposit -> sums.merge(deposit.getProposalId(), coins(deposit), Coins::plus));
    List<String> wrong = new ArrayList<>();
    new Proposals(context.store())
        .forEach(
            proposal -> {
              Coins sum = sums.getOrDefault(proposal.getId(), Coins.NONE);
              Coins expected =
                  Life.open(proposal) ? Coins.strict(proposal.getTotalDepositList()) : Coins.NONE;
              if (!sum.equals(expected)) {
                wrong.add(
                    "deposits on proposal "
                        + proposal.getId()
                        + " add up to "
                        + sum
                        + ", expected "
                        + expected);
              }
              sums.remove(proposal.getId());
            });
    sums.forEach((id, sum) -> wrong.add("deposits of " + sum + " on no proposal: " + id));
    return wrong.stream().findFirst();
  }

  /** Every open proposal waits in its queue, and nothing else does. */
  private static Optional<String> queues(Context context) {
    Proposals proposals = new Proposals(context.store());
    List<String> wrong = new ArrayList<>();
    long[] open = {0};
    proposals.forEach(
        proposal -> {
          open[0] += Life.open(proposal) ? 1 : 0;
          if (!queuedRightly(proposals, proposal)) {
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
        && proposals.inVoting(proposal.getId()) == Life.inVoting(proposal);
  }

  private static Coins coins(Deposit deposit) {
    return Coins.strict(deposit.getAmountList());
  }
}
