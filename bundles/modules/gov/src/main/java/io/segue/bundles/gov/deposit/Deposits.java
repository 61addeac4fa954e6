package io.segue.bundles.gov.deposit;

import io.segue.bundles.gov.proposal.ProposalLifecycle;
import io.segue.bundles.gov.state.GovEvents;
import io.segue.bundles.gov.state.GovState;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Budget;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.proto.gov.Deposit;
import io.segue.bundles.sdk.proto.gov.Params;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.proto.gov.Settlement;
import io.segue.bundles.sdk.state.Pair;
import io.segue.bundles.sdk.state.Range;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The deposits on proposals: they come in, and go back or are burned when a proposal's fate is
 * decided. The coins lie in the {@link GovAccount} as long as the rows are here.
 */
public final class Deposits {
  private final Context context;
  private final KVStore store;
  private final Addresses addresses;
  private final GovAccount account;

  public Deposits(Context context, Addresses addresses) {
    this.context = context;
    this.store = context.store();
    this.addresses = addresses;
    this.account = new GovAccount(context);
  }

  /**
   * Takes a deposit in, and opens the voting where that is enough.
   *
   * @return what becomes of the proposal; the caller saves it
   */
  public Proposal add(Proposal proposal, Params params, byte[] depositor, Coins deposit) {
    DepositRules rules = new DepositRules(params);
    rules.requireDenoms(deposit);
    rules.requireShare(deposit, proposal.getExpedited());
    account.take(depositor, deposit);
    Coins total = Coins.strict(proposal.getTotalDepositList()).plus(deposit);
    Proposal grown =
        proposal.toBuilder().clearTotalDeposit().addAllTotalDeposit(total.toProto()).build();
    record(proposal.getId(), depositor, deposit);
    context.emit(
        GovEvents.deposited(addresses.account(depositor), deposit.toString(), proposal.getId()));
    boolean opens =
        ProposalLifecycle.inDeposit(proposal) && rules.opensVoting(total, proposal.getExpedited());
    return opens ? ProposalLifecycle.votingStarted(grown, params, context.time()) : grown;
  }

  /**
   * Gives the deposits on a proposal back, but for what is charged, as far as the budget goes.
   *
   * @return whether none is left
   */
  boolean settle(Settlement settlement, Budget budget) {
    Dec ratio = Dec.parse(settlement.getChargeRatio());
    Coins[] charges = {Coins.NONE};
    boolean all =
        GovState.DEPOSITS.drain(
            store,
            GovState.BY_ACCOUNT.startingWith(settlement.getProposalId()),
            budget,
            (key, row) -> {
              Coins deposit = coins(row);
              Coins charge = part(deposit, ratio);
              account.pay(key.second(), deposit.minus(charge));
              release(deposit);
              charges[0] = charges[0].plus(charge);
            });
    String destination = settlement.getChargeDestination();
    if (destination.isEmpty()) {
      account.burn(charges[0]);
    } else {
      account.pay(addresses.parseAccount(destination), charges[0]);
    }
    return all;
  }

  /** All coins that lie here as deposits, as they are summed up when one comes or goes. */
  public Coins held() {
    List<Coins.Amount> amounts = new ArrayList<>();
    GovState.HELD.forEach(
        store, Range.all(), (denom, sum) -> amounts.add(new Coins.Amount(denom, sum)));
    return Coins.of(amounts);
  }

  /** Deposits that the gov account can't pay back; none as long as nobody spends them. */
  public Coins missing() {
    List<Coins.Amount> missing = new ArrayList<>();
    for (Coins.Amount held : held()) {
      BigInteger lack = held.amount().subtract(account.balance(held.denom()));
      if (lack.signum() > 0) {
        missing.add(new Coins.Amount(held.denom(), lack));
      }
    }
    return Coins.of(missing);
  }

  /** Records a deposit whose coins are here. */
  public void record(long proposalId, byte[] depositor, Coins deposit) {
    for (Coins.Amount coin : deposit) {
      hold(coin.denom(), held(coin.denom()).add(coin.amount()));
    }
    Pair<Long, byte[]> key = Pair.of(proposalId, depositor);
    Coins before = GovState.DEPOSITS.find(store, key).map(Deposits::coins).orElse(Coins.NONE);
    GovState.DEPOSITS.set(
        store,
        key,
        Deposit.newBuilder()
            .setProposalId(proposalId)
            .setDepositor(addresses.account(depositor))
            .addAllAmount(before.plus(deposit).toProto())
            .build());
  }

  private void release(Coins deposit) {
    for (Coins.Amount coin : deposit) {
      hold(coin.denom(), held(coin.denom()).subtract(coin.amount()));
    }
  }

  private BigInteger held(String denom) {
    return GovState.HELD.getOr(store, denom, BigInteger.ZERO);
  }

  private void hold(String denom, BigInteger sum) {
    if (sum.signum() == 0) {
      GovState.HELD.remove(store, denom);
    } else {
      GovState.HELD.set(store, denom, sum);
    }
  }

  private static Coins part(Coins coins, Dec ratio) {
    List<Coins.Amount> parts = new ArrayList<>();
    for (Coins.Amount amount : coins) {
      BigInteger part = Dec.of(amount.amount()).times(ratio).truncate();
      parts.add(new Coins.Amount(amount.denom(), part));
    }
    return Coins.of(parts);
  }

  private static Coins coins(Deposit deposit) {
    return Coins.strict(deposit.getAmountList());
  }
}
