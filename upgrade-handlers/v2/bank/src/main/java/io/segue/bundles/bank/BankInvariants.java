package io.segue.bundles.bank;

import io.segue.bundles.sdk.state.Pair;
import io.segue.bundles.sdk.state.Range;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.Module.Invariant;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What always holds of the bank's state. */
final class BankInvariants {
  private final BankState state;

  BankInvariants(BankState state) {
    this.state = state;
  }

  Map<String, Invariant> all() {
    Map<String, Invariant> all = new TreeMap<>();
    all.put("total-supply", this::totalSupply);
    all.put("positive-balances", this::positiveBalances);
    all.put("index", this::index);
    return all;
  }

  /** All balances of a denomination add up to its supply. */
  private Optional<String> totalSupply(Context context) {
    SortedMap<String, BigInteger> sums = new TreeMap<>();
    state
        .balances
        .rows()
        .forEach(
            context.store(),
            Range.all(),
            (key, amount) -> sums.merge(key.first(), amount, BigInteger::add));
    SortedMap<String, BigInteger> supply = state.supplies(context.store());
    return sums.equals(supply)
        ? Optional.empty()
        : Optional.of("balances add up to " + sums + ", the supply is " + supply);
  }

  /** No balance is 0 or less. */
  private Optional<String> positiveBalances(Context context) {
    return state
        .balances
        .rows()
        .firstKey(context.store(), Range.all(), (key, amount) -> amount.signum() <= 0)
        .map(key -> text(key.second(), key.first()) + " is not positive");
  }

  /** Every balance has its index entry, and every index entry its balance. */
  private Optional<String> index(Context context) {
    KVStore store = context.store();
    return state
        .balances
        .rows()
        .firstKey(
            store,
            Range.all(),
            (key, amount) -> !state.holdings.has(store, Pair.of(key.second(), key.first())))
        .map(key -> text(key.second(), key.first()) + " has no index entry")
        .or(
            () ->
                state
                    .holdings
                    .firstKey(
                        store,
                        Range.all(),
                        key ->
                            !state.balances.rows().has(store, Pair.of(key.second(), key.first())))
                    .map(key -> text(key.first(), key.second()) + " has an index entry alone"));
  }

  private static String text(byte[] address, String denom) {
    return "the balance in " + denom + " of " + HexFormat.of().formatHex(address);
  }
}
