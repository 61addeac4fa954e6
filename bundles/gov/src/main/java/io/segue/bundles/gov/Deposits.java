package io.segue.bundles.gov;

import io.segue.bundles.gov.AccountRows.Row;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.proto.gov.Deposit;
import io.segue.bundles.sdk.proto.gov.Params;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.kernel.api.module.Context;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The deposits on proposals: they come in, and go back or are burned when a proposal's fate is
 * decided. The coins lie in the {@link Treasury} as long as the rows are here.
 */
final class Deposits {
  private final Context context;
  private final Addresses addresses;
  private final AccountRows<Deposit> rows;
  private final Treasury treasury;

  Deposits(Context context, Addresses addresses) {
    this.context = context;
    this.addresses = addresses;
    this.rows = AccountRows.deposits(context.store());
    this.treasury = new Treasury(context);
  }

  /**
   * Takes a deposit in, and opens the voting where that is enough.
   *
   * @return what becomes of the proposal; the caller saves it
   */
  Proposal add(Proposal proposal, Params params, byte[] depositor, Coins deposit) {
    DepositRules rules = new DepositRules(params);
    rules.requireDenoms(deposit);
    rules.requireShare(deposit, proposal.getExpedited());
    treasury.take(depositor, deposit);
    Coins total = Coins.strict(proposal.getTotalDepositList()).plus(deposit);
    Proposal grown =
        proposal.toBuilder().clearTotalDeposit().addAllTotalDeposit(total.toProto()).build();
    record(proposal.getId(), depositor, deposit);
    context.emit(
        GovEvents.deposited(addresses.account(depositor), deposit.toString(), proposal.getId()));
    boolean opens = Life.inDeposit(proposal) && rules.opensVoting(total, proposal.getExpedited());
    return opens ? Life.votingStarted(grown, params, context.time()) : grown;
  }

  /** Gives all deposits on a proposal back. */
  void refund(long proposalId) {
    for (Row<Deposit> row : rows.of(proposalId)) {
      treasury.pay(row.account(), coins(row.value()));
      rows.remove(proposalId, row.account());
    }
  }

  /** Burns all deposits on a proposal. */
  void burn(long proposalId) {
    Coins all = Coins.NONE;
    for (Row<Deposit> row : rows.of(proposalId)) {
      all = all.plus(coins(row.value()));
      rows.remove(proposalId, row.account());
    }
    treasury.burn(all);
  }

  /** Gives back what cancelling a proposal leaves; the rest goes where the rules say. */
  void refundCancelled(long proposalId, Params params) {
    Dec ratio = Dec.parse(params.getProposalCancelRatio());
    Coins charges = Coins.NONE;
    for (Row<Deposit> row : rows.of(proposalId)) {
      Coins deposit = coins(row.value());
      Coins charge = part(deposit, ratio);
      treasury.pay(row.account(), deposit.minus(charge));
      rows.remove(proposalId, row.account());
      charges = charges.plus(charge);
    }
    String destination = params.getProposalCancelDest();
    if (destination.isEmpty()) {
      treasury.burn(charges);
    } else {
      treasury.pay(addresses.parseAccount(destination), charges);
    }
  }

  /** All coins that lie here as deposits. */
  Coins held() {
    List<Coins.Amount> amounts = new ArrayList<>();
    rows.forEach(deposit -> amounts.addAll(coins(deposit).amounts()));
    return Coins.of(amounts);
  }

  /** Deposits that the gov account can't pay back; none as long as nobody spends them. */
  Coins missing() {
    List<Coins.Amount> missing = new ArrayList<>();
    for (Coins.Amount held : held()) {
      BigInteger lack = held.amount().subtract(treasury.balance(held.denom()));
      if (lack.signum() > 0) {
        missing.add(new Coins.Amount(held.denom(), lack));
      }
    }
    return Coins.of(missing);
  }

  private void record(long proposalId, byte[] depositor, Coins deposit) {
    Coins before = rows.find(proposalId, depositor).map(Deposits::coins).orElse(Coins.NONE);
    rows.put(
        proposalId,
        depositor,
        Deposit.newBuilder()
            .setProposalId(proposalId)
            .setDepositor(addresses.account(depositor))
            .addAllAmount(before.plus(deposit).toProto())
            .build());
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
